#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Everything that GCC builds must also pass the front end of clang 14: adapter, program, tests,
# examples; the library itself is compiled by clang in the preset fuzz.
# `sh tests/structure/clang.sh`, after a build of the preset dev, whose list of commands is read.
set -eu
cd "$(dirname "$0")/../.."
. cmake/setup.sh

compiler=clang++-14
command -v $compiler >/dev/null || fail "$compiler is missing"
commands=build/dev/compile_commands.json
[ -f $commands ] || fail "$commands is missing: build the preset dev first"

# The preset fuzz compiles these modules with clang to the end, with the same warnings.
compiled='base|time|model|language|check|engine|render|codec|procedures|store|runtime|testing'
# One line a source: its own -D and -I options. A source compiled twice is read once.
sed -n 's/^  "command": "\(.*\)",$/\1/p' $commands | sed 's/\\\(.\)/\1/g' |
    sed -E 's/^[^ ]+ (.*)-Og .* -c (.*)$/\1\2/' |
    grep -v '/CMakeFiles/' | grep -vE "/src/($compiled)/[a-z0-9_]+\.cpp\$" |
    sort -u >build/clang.sources
[ "$(wc -l <build/clang.sources)" -ge 10 ] || fail "no sources found in $commands"
say "clang 14: the front end reads $(wc -l <build/clang.sources) sources"
# The options carry quotes for a shell, so a shell reads them; one refusal does not hide the next.
tr '\n' '\0' <build/clang.sources | xargs -0 -P "$(jobs_for_build)" -I{} sh -c "
    $compiler -std=c++20 -fsyntax-only -Wall -Wextra -Wpedantic \
        -Wno-missing-field-initializers {} ||
        { echo 'clang refuses the above' >&2; exit 1; }"
