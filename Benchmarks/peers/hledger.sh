#!/usr/bin/env bash
# hledger, the journal given ready-made. usage: hledger.sh DATADIR OUT
set -euo pipefail
hledger -f "$1/journal.ledger" balance Expenses >"$2/hledger.txt"
