#!/usr/bin/env bash
# beancount, the journal given ready-made. usage: beancount.sh DATADIR OUT
set -euo pipefail
bean-check --no-cache "$1/journal.beancount" >"$2/beancount.txt"
