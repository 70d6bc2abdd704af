# commands.awk KNOWN FILE... - the commands that texts name are there.
#
# KNOWN has lines "make TARGET", "byline COMMAND" and "byline COMMAND --option". Looked at
# are code between backticks, and in Markdown indented and fenced lines too. Words in
# capitals stand for something else and are left alone.
function fail(msg) { print FILENAME ":" FNR ": " msg; bad = 1 }
FNR == 1 { n_files++; fenced = 0 }
n_files == 1 { known[$0] = 1; next }

function ends_command(word) { return word ~ /^([|&;)>]|2>|#|\\$)/ }
function make_targets(word, i, n) {
    for (; i <= n && !ends_command(word[i]); i++)
        if (word[i] ~ /^[a-z-]+$/ && word[i] !~ /^-/ && !("make " word[i] in known))
            fail("there is no `make " word[i] "`")
}
function byline_words(word, i, n,    command, option) {
    while (word[i] ~ /^--(config|set)$/) i += 2
    command = "byline " word[i]
    if (word[i] !~ /^[a-z-]+$/) return
    if (!(command in known)) fail("there is no `" command "`")
    for (i++; i <= n && !ends_command(word[i]); i++)
        if (match(word[i], /^--[a-z-]+/)) {
            option = substr(word[i], 1, RLENGTH)
            if (!(command " " option in known)) fail("`" command "` has no " option)
        }
}
function code(text,    word, n, i) {
    n = split(text, word, " ")
    for (i = 1; i < n; i++) {
        sub(/^ExecStart=/, "", word[i])
        if (i > 1 && word[i - 1] !~ /^(sudo|&&|\|\||;|\||--|\$|env|exec)$|=|;$/) continue
        if (word[i] == "make") make_targets(word, i + 1, n)
        if (word[i] ~ /^(.*\/)?byline$/) byline_words(word, i + 1, n)
    }
}

FILENAME ~ /\.md$/ && /^```/ { fenced = !fenced; next }
FILENAME ~ /\.md$/ && (fenced || /^    /) { code($0); next }
{
    rest = $0
    while (match(rest, /`[^`]+`/)) {
        span = substr(rest, RSTART + 1, RLENGTH - 2)
        rest = substr(rest, RSTART + RLENGTH) # before code(), which matches too
        code(span)
    }
}
END { exit bad }
