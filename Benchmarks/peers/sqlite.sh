#!/usr/bin/env bash
# The sqlite3 command line: .import, postings by SQL, report. usage: sqlite.sh DATADIR OUT
set -euo pipefail
book=$(mktemp -u "$2/sqlite.XXXXXX.db")
trap 'rm -f "$book" "$book"-*' EXIT
sqlite3 "$book" <<SQL
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144; PRAGMA temp_store=memory;
CREATE TABLE raw(meter_id TEXT, start TEXT, "end" TEXT, kwh TEXT);
CREATE TABLE raw_factor(zone TEXT, start TEXT, g TEXT);
CREATE TABLE meter(meter_id TEXT PRIMARY KEY, facility TEXT, zone TEXT);
BEGIN;
.import --csv --skip 1 $1/readings.csv raw
.import --csv --skip 1 $1/grid_factors.csv raw_factor
.import --csv --skip 1 $1/meters.csv meter
CREATE TABLE factor(zone TEXT, start INT, mg INT, PRIMARY KEY(zone, start)) WITHOUT ROWID;
INSERT INTO factor SELECT zone, unixepoch(start), CAST(round(g * 1000) AS INT) FROM raw_factor;
CREATE TABLE account(id INTEGER PRIMARY KEY, name TEXT UNIQUE);
INSERT INTO account(name) SELECT DISTINCT facility FROM meter ORDER BY 1;
INSERT INTO account(name) SELECT meter_id FROM meter ORDER BY 1;
CREATE TABLE entry(id INTEGER PRIMARY KEY, meter INT, start INT, month TEXT, wh INT, factor INT, mg INT, debit INT);
INSERT INTO entry(meter, start, month, wh, factor, mg, debit)
 SELECT source.id, unixepoch(r.start), substr(r.start, 1, 7), CAST(round(r.kwh * 1000) AS INT), f.mg,
   (CAST(round(r.kwh * 1000) AS INT) * f.mg + 500) / 1000, object.id
 FROM raw r JOIN meter m ON m.meter_id = r.meter_id
 JOIN factor f ON f.zone = m.zone AND f.start = unixepoch(r.start)
 JOIN account object ON object.name = m.facility JOIN account source ON source.name = m.meter_id;
CREATE TABLE posting(entry INT, account INT, mg INT);
INSERT INTO posting SELECT id, debit, mg FROM entry UNION ALL SELECT id, meter, -mg FROM entry;
COMMIT;
.output $2/sqlite.csv
.mode csv
SELECT a.name, e.month, sum(p.mg) FROM posting p JOIN entry e ON e.id = p.entry
 JOIN account a ON a.id = p.account WHERE a.name LIKE 'FAC-%' GROUP BY 1, 2 ORDER BY 1, 2;
SQL
