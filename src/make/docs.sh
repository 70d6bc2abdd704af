#!/bin/sh
# docs.sh BYLINE DIR - writes the documents that are tables of the program into DIR.
set -eu
byline=$1
dir=$2

cat > "$dir/ROUTES.md" <<'MD'
# Addresses

Made by `make docs` from `src/web/routes.def`; `byline routes` prints the same. What is not
here does not exist. `[/LANG]` stands for the prefix of every language but the default one;
a word with a colon for any word of its kind, `:rest` for all that follows. Pages are kept
by nginx to the end of the second they were made in.

MD
"$byline" routes --markdown >> "$dir/ROUTES.md"

cat > "$dir/SETTINGS.md" <<'MD'
# Settings

Made by `make docs` from `src/conf/settings.def`; `byline settings` prints a commented file
with the same. A name in the environment is in capitals behind `BYLINE_`, as
`BYLINE_ITEMS_PER_PAGE`; one per language has the code behind it: `site_name.ru`,
`BYLINE_SITE_NAME_RU`.

MD
"$byline" settings --markdown >> "$dir/SETTINGS.md"

{
    cat <<'MD'
# Commands

Made by `make docs` from what `byline COMMAND --help` says. Exit codes: 0 done, 1 failed,
2 wrong use. What was asked for goes to standard output, all else to standard error.
`--config`, `--set` and `--help` belong to every command.
MD
    for command in $("$byline" help | awk '/^  [a-z]/ { print $1 }'); do
        printf '\n## byline %s\n\n' "$command"
        # Without the options of every command, and the heading when there are no others.
        "$byline" help "$command" | awk '
            /^  --config FILE/ { exit }
            /^$/ || /^Options:$/ { held = held $0 "\n"; next }
            { printf "%s", indented(held); held = ""; print "    " $0 }
            function indented(s) { sub(/Options:/, "    Options:", s); return s }'
    done
} > "$dir/COMMANDS.md"
