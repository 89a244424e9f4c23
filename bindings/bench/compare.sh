# SPDX-License-Identifier: BSL-1.0
# compare <language>…: commands through each language beside the same commands in C++, for
# bindings/run.sh. bindings/README.md has the protocol.
walk=$root/bindings/bench/walk.json
walks=${QUYTRINH_BENCH_WALKS:-500}
pairs=${QUYTRINH_BENCH_PAIRS:-5}

# measured <language>: `pairs` lines "<ns a command> <ns of its JSON> <ns a command in C++>".
measured() (
    language=$1
    # shellcheck disable=SC1090
    . "bindings/$language/run.sh"
    set_up >&2
    n=0
    while [ "$n" -lt "$pairs" ]; do
        base=$(build/release/bin/quytrinh_bench --walks cpp "$walk" "$walks")
        subject=$(bench "$walk" "$walks")
        echo "$subject $base" | awk 'NF != 6 || $1 <= 0 || $1 != $4 { exit 1 }
            { printf "%.0f %.0f %.0f\n", $2 / $1, $3 / $1, $5 / $4 }' ||
            fail "$language printed “$subject”, C++ “$base”: <commands> <ns> <ns of JSON>"
        n=$((n + 1))
    done
)

compare() {
    build release quytrinh_c quytrinh_bench
    results=$root/build/bindings-bench
    mkdir -p "$results"
    for language in "$@"; do
        measured "$language" >"$results/$language"
    done
    say "a command on a memory store; medians of $pairs pairs of $walks walks"
    printf '| language | a command, µs | its JSON, µs | C++, µs '
    echo '| (a command − JSON) / C++ | gate | met |'
    echo "|---|---|---|---|---|---|---|"
    missed=0
    for language in "$@"; do
        gate=1.5
        [ "$language" != c ] || gate=1.3
        for column in 1 2 3; do
            sort -n "$results/$language" -k "$column,$column" |
                awk -v c="$column" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'
        done >"$results/$language.medians"
        ratio=$(awk '{ printf "%.3f\n", ($1 - $2) / $3 }' "$results/$language" | sort -n |
            awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }')
        awk -v name="$language" -v ratio="$ratio" -v gate="$gate" '{ v[NR] = $1 / 1000 }
            END { met = ratio <= gate
                  printf "| %s | %.1f | %.1f | %.1f | %.2f | ≤ %s | %s |\n", name, v[1], v[2],
                         v[3], ratio, gate, met ? "yes" : "**no**"
                  exit !met }' "$results/$language.medians" || missed=1
    done
    return $missed
}
