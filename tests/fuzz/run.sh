#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Fuzzes for so many minutes in all, each target for its share; 0 replays the corpora only. Installs
# what it needs, builds with clang under AddressSanitizer and UndefinedBehaviorSanitizer, keeps what
# is new in build/fuzz, tells executions and coverage of each target, exits 1 when one broke and
# says how to see it again. Safe to repeat: each run starts from what the ones before found.
#   sh tests/fuzz/run.sh MINUTES [TARGET…]
set -eu
cd "$(dirname "$0")/../.."
. cmake/setup.sh

usage() {
    echo "usage: sh tests/fuzz/run.sh MINUTES [TARGET…]    0 minutes: replay the corpora only" >&2
    exit 2
}

minutes=${1-}
case "$minutes" in
'' | *[!0-9]*) usage ;;
esac
shift
known=$(cd tests/fuzz/corpus && echo *)
targets=${*:-$known}
count=0
for target in $targets; do
    [ -d "tests/fuzz/corpus/$target" ] || {
        echo "no target $target; there are:" $known >&2
        exit 2
    }
    count=$((count + 1))
done

# shellcheck disable=SC2086
install_packages $QUYTRINH_PACKAGES $QUYTRINH_CI_PACKAGES
# shellcheck disable=SC2046
build fuzz $(printf 'fuzz_%s ' $targets)

# Every keyword in both dialects: what no mutation of bytes would hit upon by itself. libFuzzer
# reads ASCII, so other bytes are spelt.
words=build/fuzz/keywords.dict
{
    sed -n 's/^QUYTRINH_KEYWORD([^,]*, [^,]*, "\([^"]*\)", "\([^"]*\)",.*/\1|\2/p' \
        include/quytrinh/language/keywords.inc | tr '|' '\n' | sort -u | sed 's/.*/"&"/'
    printf '"%s"\n' '\x0a' '\x0a  ' '→' QT.01 '\"\"' OK NOK
} | LC_ALL=C awk '
    BEGIN { for (i = 128; i < 256; ++i) spelt[sprintf("%c", i)] = sprintf("\\x%02x", i) }
    {
        out = ""
        for (i = 1; i <= length($0); ++i) {
            one = substr($0, i, 1)
            out = out (one in spelt ? spelt[one] : one)
        }
        print out
    }' >"$words"

# number <log> <pattern with one group>: the last such number.
number() { sed -n "s/$2/\\1/p" "$1" | tail -1; }

failed=
summary=build/fuzz/summary.txt
printf '%-10s %10s %8s %13s %12s  %s\n' target executions seconds 'edges reached' 'of all edges' \
    verdict >"$summary"
seconds=$((minutes * 60 / count))
for target in $targets; do
    say "fuzzing: $target"
    new=build/fuzz/new/$target broke=build/fuzz/broke/$target log=build/fuzz/$target.log
    mkdir -p "$new" "$broke"
    limit="-max_total_time=$seconds"
    [ "$minutes" -gt 0 ] || limit=-runs=0
    # Whoever reads texts begins with those that ship and those of the tests.
    texts="procedures tests/golden/diagnostics/bad tests/golden/check/bad"
    [ "$target" != c_calls ] || texts=
    begun=$(date +%s)
    verdict=passed
    # shellcheck disable=SC2086
    "build/fuzz/bin/fuzz_$target" "$limit" -dict="$words" -max_len=8192 -timeout=30 \
        -rss_limit_mb=3000 -print_final_stats=1 -artifact_prefix="$broke/" \
        "$new" "tests/fuzz/corpus/$target" $texts >"$log" 2>&1 || {
        verdict=BROKE
        failed="$failed $target"
        tail -40 "$log"
    }
    runs=$(number "$log" 'stat::number_of_executed_units: *\([0-9]*\).*')
    # A run that broke has no statistics; its lines begin with the number of the execution.
    [ -n "$runs" ] || runs=$(number "$log" '^#\([0-9]*\)[^0-9].*')
    edges=$(number "$log" '.* cov: \([0-9]*\) .*')
    all=$(number "$log" '.*Loaded 1 PC tables (\([0-9]*\) PCs).*')
    share=$(awk -v e="${edges:-0}" -v a="${all:-0}" \
        'BEGIN { if (a > 0) printf "%.0f %%", 100 * e / a }')
    printf '%-10s %10s %8s %13s %12s  %s\n' "$target" "${runs:-?}" "$(($(date +%s) - begun))" \
        "${edges:-?}" "$share" "$verdict" >>"$summary"
done

say "executions"
cat "$summary"
[ -n "$failed" ] || exit 0
for target in $failed; do
    for input in build/fuzz/broke/"$target"/*; do
        [ -f "$input" ] && echo "see it again:  build/fuzz/bin/fuzz_$target $input"
    done
done
echo "mended, it goes to tests/fuzz/corpus/<target>/ under a name that says what it was" >&2
exit 1
