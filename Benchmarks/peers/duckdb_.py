"""DuckDB, a database on disk. usage: duckdb_.py DATADIR OUT"""
import os
import sys
import tempfile

import duckdb

data, out = sys.argv[1:3]
path = tempfile.mktemp(dir=out, suffix=".duckdb")
book = duckdb.connect(path, config={"threads": 2})
book.execute(f"""
CREATE TABLE meter AS SELECT * FROM read_csv('{data}/meters.csv', header=true);
CREATE TABLE factor AS
  SELECT zone, epoch(CAST(start AS TIMESTAMPTZ))::BIGINT s, CAST(round(g * 1000) AS BIGINT) mg
  FROM read_csv('{data}/grid_factors.csv', header=true,
    columns={{'zone': 'VARCHAR', 'start': 'VARCHAR', 'g': 'DECIMAL(12,3)'}});
CREATE TABLE account AS SELECT row_number() OVER () id, name
  FROM (SELECT DISTINCT facility AS name FROM meter UNION ALL SELECT meter_id FROM meter);
CREATE TABLE entry AS
  SELECT row_number() OVER () AS id, source.id meter, epoch(CAST(r.start AS TIMESTAMPTZ))::BIGINT AS s,
    r.start[1:7] AS month, CAST(round(r.kwh * 1000) AS BIGINT) wh, f.mg factor,
    (CAST(round(r.kwh * 1000) AS BIGINT) * f.mg + 500) // 1000 AS mg, object.id debit
  FROM read_csv('{data}/readings.csv', header=true, columns={{'meter_id': 'VARCHAR',
    'start': 'VARCHAR', 'end': 'VARCHAR', 'kwh': 'DECIMAL(12,3)'}}) r JOIN meter m USING (meter_id)
  JOIN factor f ON f.zone = m.zone AND f.s = epoch(CAST(r.start AS TIMESTAMPTZ))::BIGINT
  JOIN account object ON object.name = m.facility JOIN account source ON source.name = m.meter_id;
CREATE TABLE posting AS
  SELECT id entry, debit account, mg FROM entry UNION ALL SELECT id, meter, -mg FROM entry;
CHECKPOINT;
COPY (SELECT a.name, e.month, sum(p.mg)::BIGINT FROM posting p JOIN entry e ON e.id = p.entry
  JOIN account a ON a.id = p.account WHERE a.name LIKE 'FAC-%' GROUP BY 1, 2 ORDER BY 1, 2)
  TO '{out}/duckdb.csv' (HEADER false);
""")
book.close()
os.remove(path)
