#!/bin/bash
# tidy.sh FLAG... - clang-tidy and cppcheck over all of src, with the compiler's flags.
# Says which file is being looked at; ends with 1 when there is any finding.
set -euo pipefail
cd "$(dirname "$0")/../.."
mapfile -t C < <(git ls-files 'src/*.c')
export n=${#C[@]} log
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

look() { # FILE FLAG...
    local file=$1 out
    shift
    out=$(clang-tidy --quiet "$file" -- "$@" 2> /dev/null) || touch "$log/bad"
    mktemp "$log/done.XXXXXX" > /dev/null
    printf '%3d of %d  %s\n' "$(find "$log" -name 'done.*' | wc -l)" "$n" "$file"
    [ -z "$out" ] || printf '%s\n' "$out"
}
export -f look
printf '%s\0' "${C[@]}" | xargs -0 -P2 -I{} bash -c 'look "$@"' look {} "$@"

echo "cppcheck"
mapfile -t own < <(printf '%s\n' "$@" | grep -E '^-[ID]')
cppcheck -q -j2 --std=c11 --enable=warning,performance,portability,style --inline-suppr \
    --suppress='*:/usr/*' --error-exitcode=1 --template='{file}:{line}: {id}: {message}' \
    "${own[@]}" src || touch "$log/bad"
[ ! -e "$log/bad" ]
