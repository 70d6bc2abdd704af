#!/bin/bash
# run.sh - the project's own rules. Each check prints "ok" or what breaks it and "not ok".
set -u
cd "$(dirname "$0")/../.."
failed=0
check() { # NAME COMMAND...
    local name=$1 out
    shift
    if out=$("$@" 2>&1); then echo "ok - $name"; else
        printf '%s\n' "$out" | head -30
        echo "not ok - $name"
        failed=1
    fi
}
# A rule that cannot fail is no rule: the same check on a bad example must refuse it.
refuses() { # NAME FILE TEXT COMMAND...
    local name=$1 dir
    dir=$(mktemp -d)
    mkdir -p "$dir/$(dirname "$2")"
    printf "$3" > "$dir/$2"
    cp src/LAYERS "$dir/"
    if (cd "$dir" && "${@:4}") > /dev/null 2>&1; then echo "not ok - $name finds a bad example"; failed=1
    else echo "ok - $name finds a bad example"; fi
    rm -rf "$dir"
}
here=$PWD/tests/lint
mapfile -t C < <(find src -name '*.[ch]' -not -path 'src/gen/*' | sort)

headers() {
    local bad=0 h
    for h in $(find src -name '*.h' | sort); do
        gcc -std=gnu17 -D_GNU_SOURCE -Isrc -I"${B:-build/release}/gen" $(pkg-config --cflags sqlite3 jansson) \
            -fsyntax-only -x c "$h" || { echo "$h does not compile alone"; bad=1; }
    done
    return $bad
}

check "layers: nobody includes upwards" awk -f $here/layers.awk src/LAYERS "${C[@]}"
refuses "layers" src/base/a.c '#include "store/item.h"\n' awk -f $here/layers.awk LAYERS src/base/a.c
refuses "layers (system headers)" src/news/a.c '#include <sqlite3.h>\n' awk -f $here/layers.awk LAYERS src/news/a.c
check "words: nothing banned, no line over 90, no function over 80" awk -f $here/words.awk "${C[@]}"
refuses "words" src/news/a.c 'int f(void)\n{\n    strcpy(a, b);\n}\n' awk -f $here/words.awk src/news/a.c
check "headers compile alone" headers
check "format: as clang-format writes it" clang-format --dry-run -Werror $(git ls-files 'src/*.[ch]' 'tests/*.[ch]')
exit $failed
