# needs.sh - the rows of src/make/deps.sh against what the tree uses; read by run.sh.
#
# A header or command is had when a row of the groups names it, or its package. Besides,
# there are what every Debian has (Essential, or Priority required), make and git (README),
# and what comes with a compiler.

ALWAYS="make git libc6-dev linux-libc-dev libgcc-12-dev libstdc++-12-dev"
# Used by deps.sh where it is there.
OPTIONAL="systemctl"

# packages GROUP... - the packages that are there then, one a line
packages() {
    "$root/src/make/deps.sh" list | awk -v groups=" $* " 'index(groups, " " $1 " ") { print $3 }'
    printf '%s\n' $ALWAYS
    dpkg-query -W -f='${Package} ${Essential} ${Priority}\n' | awk '$2 == "yes" || $3 == "required" { print $1 }'
}

# probes GROUP... - what the rows look for
probes() { "$root/src/make/deps.sh" list | awk -v groups=" $* " 'index(groups, " " $1 " ") { print $2 }'; }

# owners PATH... - lines "PATH PACKAGE", for paths that a package has
owners() {
    dpkg -S "$@" 2> /dev/null | awk -F': ' '{ sub(/:.*/, "", $1); print $2, $1 }'
}

# missing GROUPS - lines "NAME PATH..." on standard input; says those that nobody brings
missing() {
    local lines
    lines=$(cat)
    owners $(printf '%s\n' "$lines" | cut -d' ' -f2-) |
        awk -v groups="$1" '
            FILENAME == ARGV[1] { had[$1] = 1; next }
            FILENAME == ARGV[2] { probed[$1] = 1; next }
            FILENAME == "-" { owner[$1] = $2; next }
            ($1 in probed) { next }
            {
                package = ""
                for (i = 2; i <= NF; i++) {
                    if ($i in probed) next
                    if ($i in owner) package = owner[$i]
                }
                if (package in had) next
                print $1 " is used, but no row of " groups " brings " (package == "" ? "it" : package)
                bad = 1
            }
            END { exit bad }' <(packages $1) <(probes $1) - <(printf '%s\n' "$lines")
}

# headers_of GROUPS FILE... - headers of the system
headers_of() {
    local groups=$1 own multi
    shift
    own=$(gcc -print-file-name=include)
    multi=/usr/include/$(gcc -print-multiarch)
    sed -nE 's/^[ \t]*#[ \t]*include[ \t]*<([^>]+)>.*/\1/p' "$@" | sort -u |
        while read -r h; do
            echo "$h" "/usr/include/$h" "$multi/$h" "$own/$h" /usr/include/c++/*/"$h"
        done | missing "$groups"
}

# commands_of GROUPS FILE... - what scripts start; in JavaScript, what they name as the
# program. Only words that are commands here count, so that text is not taken for one.
commands_of() {
    local groups=$1 word path file
    shift
    for file; do
        case $file in
        *.mjs) sed -nE "s/.*\b(spawn|spawnSync|execFile|execFileSync)\('([a-z][a-z0-9_.+-]*)'.*/\2/p" "$file" ;;
        *) awk -f "$here/started.awk" "$file" ;;
        esac
    done | sort -u | while read -r word; do
        case $(type -t "$word") in builtin | keyword) continue ;; esac
        path=$(type -P "$word") || continue
        case " $OPTIONAL " in *" $word "*) continue ;; esac
        echo "$word" "$path" "/bin/$word" "/sbin/$word" "$(realpath "$path")"
    done | missing "$groups"
}

libraries_of() { # GROUPS MAKEFILE - pkg-config's names and -l
    local name
    {
        for name in $(sed -nE 's/^(PHOTO_)?PKGS *:= *//p' "$2"); do
            echo "$name" "$(pkg-config --variable=pcfiledir "$name" 2> /dev/null)/$name.pc"
        done
        for name in $(grep -oE '(^| )-l[a-z_]+' "$2" | sort -u); do
            echo "$name" "$(realpath -s "$(gcc -print-file-name="lib${name#-l}.so")")"
        done
    } | missing "$1"
}

mapfile -t GEN < <(git ls-files 'src/gen/*.mk' 'src/gen/*.sh' ':!src/gen/editor.sh' 'src/make/*.mk' src/make/docs.sh src/make/man.sh)
check "needs: build brings the headers of src" headers_of build "${C[@]}" $(git ls-files 'src/gen/*.c')
check "needs: test brings the headers of tests" headers_of "build test" $(git ls-files 'tests/unit/*.[ch]')
check "needs: fuzz and bench bring their headers" headers_of "build fuzz bench" $(git ls-files 'tests/fuzz/*.[ch]' 'tests/bench/*.c')
check "needs: libraries" libraries_of "build test" Makefile
check "needs: build brings the commands of the build" commands_of build "${GEN[@]}" src/make/deps.sh
check "needs: editor brings the commands of make editor" commands_of "build editor" src/gen/editor.sh
check "needs: run brings the commands of make run" commands_of "build run" src/make/run.sh
check "needs: lint brings the commands of make lint" commands_of "build lint" $(git ls-files 'tests/lint/*.sh' ':!tests/lint/tidy.sh')
check "needs: tidy and fuzz bring theirs" commands_of "build tidy fuzz" tests/lint/tidy.sh tests/fuzz/run.sh
check "needs: bench brings the commands of make bench" commands_of "build run bench" $(git ls-files 'tests/bench/*.sh' 'tests/bench/*.mjs')
check "needs: test brings the commands of the tests" commands_of "build run lint test" .ci/run $(git ls-files 'tests/*.sh' 'tests/*.mjs' ':!tests/lint' ':!tests/bench' ':!tests/fuzz')
# tests/docs types what stands there.
check "needs: test brings the commands of the quick start" commands_of "build run lint test" \
    <(sed -n '/^```sh$/,/^```$/{/^```/!p}' docs/API.md)
check "needs: the Makefile's commands are somewhere" commands_of "build run lint test bench tidy fuzz" Makefile
refuses "a header that no row brings" "nowhere.h is used" a.c '#include <nowhere.h>\n' -- headers_of build a.c
refuses "a header of another group" "cmocka.h is used" a.c '#include <cmocka.h>\n' -- headers_of build a.c
refuses "a command of another group" "clang-format is used, but no row of build" \
    a.sh 'x=$(clang-format "$1") || exit 1\n' -- commands_of build a.sh
refuses "a library that no row brings" "-lnowhere is used" Makefile 'LIBS = -lnowhere\n' -- libraries_of build Makefile
