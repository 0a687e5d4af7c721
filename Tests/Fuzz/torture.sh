#!/usr/bin/env bash
# Fuzzes what takes bytes from strangers with libFuzzer and AddressSanitizer; see README, Tests.
# usage: torture.sh [SECONDS-FOR-EACH-TARGET [TARGET …]]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-60}
shift || true
targets=("$@")
((${#targets[@]})) || targets=(csv xml json archive decimal toml record chunk note)

export TONNE_FUZZ=1
build=(swift build --configuration release --scratch-path .build-fuzz --product tonne-fuzz
    --sanitize=address -Xswiftc -sanitize=fuzzer)
"${build[@]}"
fuzz="$("${build[@]}" --show-bin-path)/tonne-fuzz"

# Without these a crash hangs behind the symboliser.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=symbolize=0:detect_leaks=0
found=0
for target in "${targets[@]}"; do
    work=".build-fuzz/corpus/$target"
    mkdir -p "$work"
    case "$target" in
    csv) seeds=(importers/profiles/Fixtures) ;;
    xml | json) seeds=() ;;
    toml) seeds=(importers/profiles) ;;
    *) seeds=() ;;
    esac
    log=".build-fuzz/$target.log"
    printf 'fuzz: %-8s %s s ' "$target" "$seconds"
    if TONNE_FUZZ_TARGET=$target timeout --kill-after=10 $((seconds + 120)) "$fuzz" \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
        -artifact_prefix=".build-fuzz/$target-" \
        "$work" "Tests/Fuzz/corpus/$target" "${seeds[@]}" </dev/null >"$log" 2>&1; then
        grep -o 'Done [0-9]* runs' "$log" || tail -n 1 "$log"
    else
        echo "FAILED: see $log; the input is .build-fuzz/$target-*"
        found=1
    fi
done
exit $found
