#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Builds the release library and program, walks a whole case of QT.HTKH.03 on a SQLite file, then
# reopens the file in a second process and shows the history. Installs what it needs; safe to
# repeat.
set -eu
cd "$(dirname "$0")/.."
. cmake/setup.sh

# shellcheck disable=SC2086
install_packages $QUYTRINH_PACKAGES
build release quytrinh_core quytrinh_sqlite quytrinh_program example_01_walk

folder=build/release/examples
mkdir -p "$folder"
cases=$folder/walk.db
rm -f "$cases" "$cases-wal" "$cases-shm"

say "first process: a case of QT.HTKH.03 from its request to its report"
build/release/bin/example_01_walk "$cases" >"$folder/walk.out" || {
    cat "$folder/walk.out"
    fail "the example ended early"
}
cat "$folder/walk.out"

# The example ends by naming its case: 26 characters of base32.
case_id=$(grep -oE '\b[a-z2-7]{26}\b' "$folder/walk.out" | tail -n 1)
[ -n "$case_id" ] || fail "the example did not say which case it walked"

say "second process: quytrinh --lang vi history $case_id --store $cases"
# In the language of the walk above, whatever the locale says.
build/release/bin/quytrinh --lang vi history "$case_id" --store "$cases"
