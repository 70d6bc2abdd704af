#!/bin/bash
# run.sh - the project's own rules. Each check prints "ok", or what breaks it and "not ok".
#
# A rule that cannot fail is no rule: behind every check stand examples that it must
# refuse, and for the reason given.
set -u
cd "$(dirname "$0")/../.."
here=$PWD/tests/lint
root=$PWD
B=$(realpath "${B:-build/release}")
export LC_ALL=C
failed=0

say() { # NAME CODE OUTPUT
    [ "$2" -eq 0 ] && { echo "ok - $1"; return; }
    printf '%s\n' "$3" | head -30
    echo "not ok - $1"
    failed=1
}

check() { # NAME COMMAND...
    local name=$1 out code
    shift
    out=$("$@" 2>&1)
    code=$?
    say "$name" $code "$out"
}

# refuses NAME REASON FILE TEXT [FILE TEXT]... -- COMMAND...
# In a folder that holds nothing but these files, the command must fail and say REASON.
refuses() {
    local name=$1 reason=$2 dir out code
    shift 2
    dir=$(mktemp -d)
    for (( ; $# > 0; )); do
        [ "$1" != -- ] || { shift; break; }
        mkdir -p "$dir/$(dirname "$1")"
        printf -- "$2" > "$dir/$1"
        shift 2
    done
    out=$(cd "$dir" && "$@" 2>&1)
    code=$?
    rm -rf "$dir"
    case $code:$out in
    0:*) say "refuses $name" 1 "it was accepted" ;;
    *"$reason"*) say "refuses $name" 0 ;;
    *) say "refuses $name" 1 "refused for another reason: $out" ;;
    esac
}

mapfile -t C < <(git ls-files 'src/*.[ch]' 'src/*.cc' ':!src/gen')
mapfile -t TEST_C < <(git ls-files 'tests/*.[ch]')
mapfile -t TEXT < <(git grep -I --name-only '')
mapfile -t MD < <(git ls-files '*.md')
mapfile -t SCRIPTS < <(git grep -I --name-only -E '^#!/bin/(ba)?sh' -- ':!*.md')

. tests/lint/code.sh
. tests/lint/data.sh
. tests/lint/docs.sh
. tests/lint/needs.sh
exit $failed
