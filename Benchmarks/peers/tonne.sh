#!/usr/bin/env bash
# tonne: hourly factors, readings, entries, report; the whole job. usage: tonne.sh DATADIR OUT [PROGRAM]
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
tonne=${3:-tonne}
export TONNE_BOOK=$2/tonne.tonne TONNE_ACTOR=bench TONNE_PROFILES=$here/workload/profiles
rm -f "$TONNE_BOOK" "$TONNE_BOOK"-*
"$tonne" init --name workload >"$2/tonne.log"
"$tonne" apply "$1/organisation.toml" >>"$2/tonne.log"
"$tonne" factors load "$1/grid_factors.csv" --series "$1/grid_factors.toml" >>"$2/tonne.log"
"$tonne" factors load "$1/factors.csv" >>"$2/tonne.log"
readings=$1/${READINGS:-readings.csv}
[ -e "$readings" ] || readings=$1/readings
"$tonne" import "$readings" >>"$2/tonne.log"
"$tonne" post >>"$2/tonne.log"
# A query gives at most 10,000 rows: more come page by page.
page=10000 rows=$page skip=0
: >"$2/tonne.csv"
while [ "$rows" -eq "$page" ]; do
    "$tonne" query --format csv "SELECT upper(facility), month, sum(CAST(amount AS INTEGER)) FROM balance
      WHERE account LIKE 'object:%' AND commodity = 'mg CO2e@AR5' AND basis = 'location'
      GROUP BY 1, 2 ORDER BY 1, 2 LIMIT $page OFFSET $skip" >"$2/page.csv"
    rows=$(($(wc -l <"$2/page.csv") - 1))
    [ "$skip" -eq 0 ] && head -n 1 "$2/page.csv" >"$2/tonne.csv"
    tail -n +2 "$2/page.csv" >>"$2/tonne.csv"
    skip=$((skip + page))
done
