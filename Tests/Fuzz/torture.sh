#!/usr/bin/env bash
# Fuzzes what takes bytes from strangers with libFuzzer and AddressSanitizer.
# usage: torture.sh [SECONDS-FOR-EACH-TARGET [TARGET …]]
#        torture.sh merge [TARGET …]   puts into Tests/Fuzz/corpus what reaches code that nothing
#                                      else there does, smallest files first
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-60}
shift || true
targets=("$@")
((${#targets[@]})) ||
    targets=(csv xml json archive decimal toml profile factors record chunk note)
readonly scratch=.build-fuzz seconds targets

# SwiftPM knows no fuzz product: what libFuzzer needs of the compiler is asked for piece by piece, and
# the part of it that leaves `main` to the program is linked. Both come with the compiler.
build() {
    local resources libfuzzer coverage
    resources=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
    libfuzzer="$resources/clang/lib/linux/libclang_rt.fuzzer_no_main-$(uname -m).a"
    coverage=edge,indirect-calls,trace-cmp,inline-8bit-counters,pc-table
    TONNE_FUZZ=1 swift build --configuration release --scratch-path $scratch --product tonne-fuzz \
        --sanitize=address -Xswiftc -sanitize-coverage=$coverage \
        -Xcxx -fsanitize=fuzzer-no-link -Xlinker "$libfuzzer" -Xlinker -lstdc++ "$@"
}

# Files of the project that a target can begin with, beside what is kept for it.
copy_seeds() {
    local target=$1 seeds=$2 names=() name profile
    rm -rf "$seeds" && mkdir -p "$seeds"
    case "$target" in
    csv) names=('*.csv') ;;
    xml) names=('*.xml') ;;
    json) names=('*.json') ;;
    toml) names=('*.toml') ;;
    factors) names=('*-factors.csv') ;;
    profile)
        for profile in importers/profiles/*.toml; do
            name=$(basename "$profile" .toml)
            { cat "$profile" && printf '\0' && cat "importers/profiles/Fixtures/$name.csv"; } \
                >"$seeds/$name"
        done
        ;;
    esac
    for name in "${names[@]}"; do
        find importers Examples Tests/FunctionalTests/Fixtures -name "$name" -size -32k \
            -exec cp --backup=numbered '{}' "$seeds" ';'
    done
}

# Without these a crash hangs behind the symboliser.
run() {
    local target=$1
    shift
    TONNE_FUZZ_TARGET=$target SWIFT_BACKTRACE=enable=no \
        ASAN_OPTIONS=symbolize=0:detect_leaks=0:quarantine_size_mb=32 \
        nice "$fuzz" -max_len=65536 -timeout=25 -rss_limit_mb=1536 \
        -artifact_prefix="$scratch/$target-" "$@" </dev/null
}

statistic() { sed -n "s/^stat::$1: *//p" "$2"; }

fuzz_target() {
    local target=$1 work="$scratch/corpus/$1" seeds="$scratch/seeds/$1" log="$scratch/$1.log"
    mkdir -p "$work"
    copy_seeds "$target" "$seeds"
    printf 'fuzz: %-8s ' "$target"
    if run "$target" -max_total_time="$seconds" -print_final_stats=1 \
        "$work" "Tests/Fuzz/corpus/$target" "$seeds" >"$log" 2>&1; then
        printf '%8d runs, %6d a second, %4d MB at most, %5d ways through the code\n' \
            "$(statistic number_of_executed_units "$log")" \
            "$(statistic average_exec_per_sec "$log")" \
            "$(statistic peak_rss_mb "$log")" \
            "$(sed -n 's/.* ft: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)"
    else
        echo "FAILED: see $log; the input is $(sed -n 's/.*Test unit written to //p' "$log")"
        return 1
    fi
}

merge_target() {
    local target=$1 kept="Tests/Fuzz/corpus/$1" merged="$scratch/merged/$1"
    copy_seeds "$target" "$scratch/seeds/$target"
    rm -rf "$merged" && mkdir -p "$merged"
    # The seeds are there anyway, and come first, so that nothing is kept which they reach.
    cp --backup=numbered "$scratch/seeds/$target"/* "$merged" 2>/dev/null || true
    run "$target" -merge=1 -max_len=1024 "$merged" "$kept" "$scratch/corpus/$target" \
        >"$scratch/$target-merge.log" 2>&1
    find "$merged" -regextype egrep -regex '.*/[0-9a-f]{40}' -printf '%s %p\n' | sort -n |
        awk 'NR <= 24 { print $2 }' | xargs -r cp -t "$kept"
    printf 'fuzz: %-8s %3d files kept\n' "$target" "$(find "$kept" -type f | wc -l)"
}

mkdir -p $scratch
echo "fuzz: building, which takes minutes the first time"
build >$scratch/build.log 2>&1 || {
    grep --invert-match 'Cannot export local symbol' $scratch/build.log | tail -n 50
    exit 1
}
fuzz="$(build --show-bin-path 2>/dev/null)/tonne-fuzz"

found=0
for target in "${targets[@]}"; do
    if [[ $seconds == merge ]]; then merge_target "$target"; else fuzz_target "$target" || found=1; fi
done
exit $found
