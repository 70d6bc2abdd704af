# docs.sh - rules for the documentation; read by run.sh.

links() { awk -f "$here/links.awk" "$@"; }
check "docs: links lead somewhere" links "${MD[@]}"
refuses "a link to no file" "leads nowhere" docs/a.md '[b](b.md)\n' -- links docs/a.md
refuses "a link to no heading" "no such heading" docs/a.md '# One\n[b](../docs/a.md#two)\n' -- links docs/a.md

# Decisions are numbered 1, 2, 3 …, in the file's name and in its first line.
numbered() {
    awk 'FNR == 1 {
        name = FILENAME
        sub(/.*\//, "", name)
        if (name + 0 != ++n || $1 != "#" || $2 != n ".") { print FILENAME ": should be number " n; bad = 1 }
    } END { exit bad }' "$@"
}
check "docs: decisions are numbered in a row" numbered docs/decisions/*.md
refuses "two decisions of one number" "0001-b.md: should be number 2" \
    0001-a.md '# 1. A\n' 0001-b.md '# 1. B\n' -- numbered 0001-a.md 0001-b.md

# What there is: "make TARGET", "byline COMMAND", "byline COMMAND --option".
known_commands() {
    awk '/^[a-z][a-z -]*:([^=]|$)/ { sub(/:.*/, ""); for (i = 1; i <= NF; i++) print "make " $i }' Makefile src/make/*.mk src/gen/*.mk
    local command
    for command in $("$B/byline" help | awk '/^  [a-z]/ { print $1 }'); do
        echo "byline $command"
        "$B/byline" help "$command" | awk -v c="$command" '/^  --/ { print "byline " c " " $1 }'
    done
}
known=$(mktemp)
known_commands > "$known"
commands() { awk -f "$here/commands.awk" "$known" "$@"; }
# COMMANDS.md is the program's own word, and its summaries are sentences ("make a …").
mapfile -t TOLD < <(git ls-files '*.md' ':!docs/COMMANDS.md')
check "docs: the commands they name are there" commands "${TOLD[@]}" Makefile .ci/run "${C[@]}"
refuses "a make target that is not there" 'no `make fly`' a.md 'Say `make fly`.\n' -- commands a.md
refuses "a command that is not there" 'no `byline fly`' a.md '    sudo byline fly\n' -- commands a.md
refuses "an option that is not there" '`byline init` has no --fly' \
    a.md '```\nbyline init --demo --fly\n```\n' -- commands a.md
rm -f "$known"

made() { # DIR - what is there is what make docs would write now
    local new f bad=0
    new=$(mktemp -d)
    "$root/src/make/docs.sh" "$B/byline" "$new"
    for f in "$new"/*; do
        diff -u "$1/${f##*/}" "$f" || bad=1
    done
    rm -rf "$new"
    [ $bad -eq 0 ] || { echo "make docs writes them anew"; return 1; }
}
check "docs: those made from tables are up to date" made docs
refuses "a table that is out of date" "make docs writes" docs/ROUTES.md '# Addresses\n' -- made docs

# Every event that the program writes is explained to operators, and no other.
events() {
    cat "$@" | tr '\n' ' ' | grep -oE 'log_event\([^;]*;' |
        grep -oE '^[^"]*"[a-z_]+"( : "[a-z_]+")?' | grep -oE '"[a-z_]+"' | tr -d '"' | sort -u
}
told() { grep -oE '^\| `[a-z_]+` \| (debug|info|warn|error)' "$1" | grep -oE '`[a-z_]+`' | tr -d '`' | sort -u; }
events_told() { # DOCUMENT SOURCE...
    local doc=$1 wrong
    shift
    wrong=$(comm -3 <(events "$@") <(told "$doc"))
    [ -z "$wrong" ] || { echo "written and not told, or told and not written:" $wrong; return 1; }
}
mapfile -t LOGGING < <(printf '%s\n' "${C[@]}" | grep '\.c$')
check "docs: every event of the log is in OPERATING" events_told docs/OPERATING.md "${LOGGING[@]}"
refuses "an event that is not told" "not told, or told and not written: b" \
    a.md '| `a` | info | x |\n' a.c 'log_event(L, "a", 1); log_event(L, x ? "a" : "b", "c");\n' -- events_told a.md a.c
refuses "an event that is not written" "told and not written: b" \
    a.md '| `a` | info | x |\n| `b` | warn | x |\n' a.c 'log_event(L,\n   "a", 1);\n' -- events_told a.md a.c
