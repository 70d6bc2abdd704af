#!/bin/bash
# run.sh BUILD_DIR SUITE... - runs suites of tests; the last line is "N passed, N failed".
#
# Every suite prints lines "ok ..." and "not ok ..." (TAP); what fails is shown again at
# the end. A program that ends badly without saying so counts as one failure.
set -u
B=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
at_once=$(nproc)
export CMOCKA_MESSAGE_OUTPUT=TAP
export BYLINE=$PWD/$B/byline SHARE=$PWD/$B/share B

run() ( # NAME COMMAND...
    local name=$1 out code
    shift
    out=$("$@" 2>&1)
    code=$?
    exec 9>> "$log" # what one program said is not mixed with what another one says
    flock 9
    printf '%s\n' "$out" | grep -E '^ *(not )?ok\b' | sed "s|^ *||; s|\$| [$name]|" >> "$log"
    if [ $code -ne 0 ] || printf '%s\n' "$out" | grep -qE '^ *not ok\b'; then
        printf '%s\n' "$out"
        printf '%s\n' "$out" | grep -qE '^ *not ok\b' || echo "not ok - ended with $code [$name]" >> "$log"
        echo "FAILED  $name"
    else
        echo "passed  $name"
    fi
)

# Files of a suite run side by side, as many as there are processors.
side_by_side() {
    while [ "$(jobs -rp | wc -l)" -ge "$at_once" ]; do wait -n; done
    run "$@" &
}

suite_lint() { [ ! -e tests/lint/run.sh ] || run lint tests/lint/run.sh; }
suite_unit() { for t in "$B"/tests/test_*; do [ ! -x "$t" ] || side_by_side "unit/${t##*/}" "$t"; done; wait; }
# Without libFuzzer: the corpus and changed copies of it, under the sanitizers.
suite_fuzz() {
    local t name
    mkdir -p build/asan/found
    for t in build/asan/fuzz/*; do
        name=${t##*/}
        [ ! -x "$t" ] || side_by_side "fuzz/$name" "$t" "tests/fuzz/corpus/$name" "build/asan/found/$name"
    done
    wait
}
suite_docs() { node_modules; node_tests docs; }
suite_sql() { [ ! -e tests/sql/postgres.sh ] || run sql/postgres tests/sql/postgres.sh; }
# As the lock file says, also when it has changed since.
node_modules() { [ tests/node_modules/.package-lock.json -nt tests/package-lock.json ] || npm ci --prefix tests --ignore-scripts --no-audit --no-fund --no-progress >/dev/null; }
# A file whose site a failed test left open would never end: the limit is for that alone.
node_tests() { for t in tests/"$1"/*.test.mjs; do [ ! -e "$t" ] || side_by_side "$1/${t##*/}" timeout -k 10 900 node --test --test-reporter=tap "$t"; done; wait; }
suite_cli() { node_tests cli; }
suite_http() { node_modules; node_tests http; }
suite_browser() { node_modules; node_tests browser; }

for suite; do
    echo "== $suite"
    if declare -F "suite_$suite" >/dev/null; then
        before=$(wc -l < "$log")
        "suite_$suite"
        [ "$(wc -l < "$log")" -gt "$before" ] || echo "not ok - no test ran [$suite]" >> "$log"
    else
        echo "not ok - there is no such suite [$suite]" >> "$log"
    fi
done
grep '^not ok' "$log" && echo
passed=$(grep -c '^ok' "$log")
failed=$(grep -c '^not ok' "$log")
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
