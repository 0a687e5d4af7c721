#!/usr/bin/env bash
# ledger 3, the journal given ready-made. usage: ledger.sh DATADIR OUT
set -euo pipefail
ledger -f "$1/journal.ledger" balance Expenses >"$2/ledger.txt"
