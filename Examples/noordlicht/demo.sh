#!/usr/bin/env bash
# The main job on the example: a year of bills, feeds and invoices in, the annual statement out.
# usage: demo.sh PATH-OF-TONNE
set -euo pipefail
cd "$(dirname "$0")"
tonne=${1:-tonne}
mkdir -p out
rm -f out/noordlicht.tonne out/noordlicht.tonne-wal out/noordlicht.tonne-shm
export TONNE_BOOK=out/noordlicht.tonne TONNE_ACTOR=demo

bold= plain=
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\033[1m' plain=$'\033[0m'; fi
say() { printf '\n%s$ tonne %s%s\n' "$bold" "$*" "$plain"; }
run() { say "$@"; "$tonne" "$@"; }

run init --name noordlicht
run apply organisation.toml
run apply rules.toml
run factors load
run factors load factors/noordlicht-factors.csv
run import electricity/*.* gas/*.csv diesel/*.csv invoices/*.xml
run post --through 2025-12
run verify
echo
echo "The same files once more: nothing is booked twice."
run import electricity/*.* gas/*.csv diesel/*.csv invoices/*.xml
for format in html json csv; do
    run statement 2025 --format "$format" --output "out/statement-2025.$format"
done
run statement 2025 --format text --output out/statement-2025.txt
echo
cat out/statement-2025.txt
echo
echo "The statement is in Examples/noordlicht/out: statement-2025.html, .json, .csv and .txt"
