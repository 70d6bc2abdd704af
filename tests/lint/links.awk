# links.awk FILE.md... - a link between our files leads to a file, and to a heading in it.
function tidy(path) { # a/b/../c is a/c
    gsub(/(^|\/)\.\//, "/", path)
    while (sub(/[^\/]+\/\.\.\//, "", path)) {}
    sub(/^\/+/, "", path)
    return path
}
function anchor(heading) { # as GitHub makes them
    sub(/^#+ +/, "", heading)
    heading = tolower(heading)
    gsub(/[^a-z0-9 _\200-\377-]/, "", heading)
    gsub(/ /, "-", heading)
    return heading
}
FNR == 1 {
    dir = FILENAME
    if (!sub(/[^\/]*$/, "", dir)) dir = ""
    fenced = 0
}
/^```/ { fenced = !fenced }
fenced || /^    / { next }
/^#+ / { anchors[FILENAME "#" anchor($0)] = 1 }
{
    rest = $0
    gsub(/`[^`]*`/, "", rest)
    for (; match(rest, /\]\([^) ]+\)/); rest = substr(rest, RSTART + RLENGTH)) {
        to = substr(rest, RSTART + 2, RLENGTH - 3)
        if (to ~ /^[a-z]+:/) continue
        links[++n] = to ~ /^#/ ? FILENAME to : tidy(dir to)
        where[n] = FILENAME ":" FNR ": " to
    }
}
END {
    for (i = 1; i <= n; i++) {
        path = links[i]
        sub(/#.*/, "", path)
        if (system("test -e '" path "'") != 0) { print where[i] " leads nowhere"; bad = 1 }
        else if (links[i] ~ /#/ && !(links[i] in anchors)) { print where[i] ": no such heading"; bad = 1 }
    }
    exit bad
}
