#!/bin/bash
# run.sh BUILD_DIR SECONDS [NAME...] - libFuzzer over the named targets, or over all, each
# for so many seconds. What was learned stays in BUILD_DIR/corpus/NAME for the next time;
# an input that ended a target is in BUILD_DIR/found. Ends with 1 when there is any.
set -euo pipefail
B=$1
seconds=$2
shift 2
[ $# -gt 0 ] || set -- $(cd tests/fuzz && ls fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')
mkdir -p "$B/found"
n=0 bad=0
for name; do
    n=$((n + 1))
    printf '%2d of %d  %-10s for %s s\n' $n $# "$name" "$seconds"
    mkdir -p "$B/corpus/$name"
    "$B/fuzz/$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 \
        -artifact_prefix="$B/found/$name-" "$B/corpus/$name" "tests/fuzz/corpus/$name" 2>&1 |
        grep --line-buffered -vE '^INFO|NEW|REDUCE|RELOAD|INITED|READ' || :
    [ "${PIPESTATUS[0]}" -eq 0 ] || bad=1
done
exit $bad
