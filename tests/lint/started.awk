# started.awk SCRIPT... - the commands that shell scripts and Makefiles start, one a line.
#
# The first word of whatever stands behind a separator, once comments, here documents and
# quoted text are gone. Words with a substitution in them, assignments and functions of the
# scripts themselves are left out.
function unquoted(text,    out, part) {
    while (match(text, /'[^']*'|"([^"\\]|\\.)*"/)) {
        part = substr(text, RSTART, RLENGTH)
        out = out substr(text, 1, RSTART - 1) (part ~ /^".*[$][(]/ ? part : "Q")
        text = substr(text, RSTART + RLENGTH)
    }
    return out text
}
function take(text,    part, n, i, word) {
    text = unquoted(text)
    gsub(/\\\n/, " ", text)
    gsub(/[$][(]/, "\n", text)
    n = split(text, part, /[\n;|&()`]+/)
    for (i = 1; i <= n; i++) {
        word = part[i]
        do {
            gsub(/^[ \t"@+-]+|^[A-Za-z_][A-Za-z_0-9]*[+]?=[^ \t]*/, "", word)
        } while (sub(/^(if|then|else|elif|do|while|until|!|[{]|exec|env|command|sudo|nohup|xargs|timeout|[0-9]+|-[^ \t]*)[ \t]+/, "", word))
        sub(/[ \t].*/, "", word)
        if (word ~ /^[a-z][a-z0-9_.+-]*$/) found[word] = 1
    }
}
FNR == 1 { take(text); text = ""; document = ""; is_make = FILENAME ~ /(Makefile|\.mk)$/ }
document != "" { if ($0 == document) document = ""; next }
is_make && !/^\t/ && !/[$][(]shell / { next }
is_make {
    sub(/.*[$][(]shell /, "")
    gsub(/[$][$]/, "$")
    gsub(/[$][@<^*]|[$][(][A-Z_]+[)]/, "X")
}
match($0, /^[a-z_]+\(\)/) { ours[substr($0, 1, RLENGTH - 2)] = 1; $0 = substr($0, RLENGTH + 1) }
match($0, /<<'?[A-Z]+/) { document = substr($0, RSTART + 2, RLENGTH - 2); sub(/'/, "", document) }
{ sub(/(^|[ \t])#.*/, ""); text = text $0 "\n" }
END {
    take(text)
    for (word in found) if (!(word in ours)) print word
}
