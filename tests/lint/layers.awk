# layers.awk - enforces src/LAYERS: awk -f layers.awk src/LAYERS src/*/*.[ch] ...
# A folder may include itself and the folders its row names; a header of the system that a
# row claims may be used by the folders that claim it only.
function fail(msg) { print FILENAME ":" FNR ": " msg; bad = 1 }
FNR == NR {
    if ($0 ~ /^#/ || NF == 0) next
    n = split($0, part, ":")
    layer = part[1]; gsub(/[ \t]/, "", layer)
    known[layer] = 1
    m = split(part[2], list, " ")
    for (i = 1; i <= m; i++) may[layer, list[i]] = 1
    m = split(part[3], list, " ")
    for (i = 1; i <= m; i++) { claimed[list[i]] = 1; owns[layer, list[i]] = 1 }
    next
}
FNR == 1 { split(FILENAME, path, "/"); here = path[2] }
here in known && /^[ \t]*#[ \t]*include[ \t]*"[a-z_]+\// {
    match($0, /"[a-z_]+\//)
    to = substr($0, RSTART + 1, RLENGTH - 2)
    if (to != here && !((here, to) in may) && !((here, "*") in may))
        fail(here " may not include " to)
}
here in known && /^[ \t]*#[ \t]*include[ \t]*</ {
    match($0, /<[^>]+>/)
    to = substr($0, RSTART + 1, RLENGTH - 2)
    for (c in claimed)
        if (index(to, c) == 1 && !((here, c) in owns))
            fail(here " may not use <" to ">")
}
END { exit bad }
