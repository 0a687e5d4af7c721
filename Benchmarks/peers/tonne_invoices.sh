#!/usr/bin/env bash
# tonne: invoices read, matched, posted. usage: tonne_invoices.sh DATADIR OUT
set -euo pipefail
here=$(cd "$(dirname "$0")/../workload/invoices_book" && pwd)
export TONNE_BOOK=$2/tonne_invoices.tonne TONNE_ACTOR=bench
rm -f "$TONNE_BOOK" "$TONNE_BOOK"-*
{
    tonne init --name invoices
    tonne apply "$here/organisation.toml"
    tonne apply "$here/rules.toml"
    tonne factors load "$here/factors.csv"
    tonne import "$1/invoices"
    tonne post
} >"$2/tonne_invoices.log"
tonne query --format csv "SELECT account, sum(CAST(amount AS INTEGER)) FROM balance
  WHERE account LIKE 'object:%' AND commodity LIKE 'mg %' GROUP BY 1" >"$2/tonne_invoices.csv"
