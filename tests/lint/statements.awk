# statements.awk sql/query/*.sql src/store/*.c - every statement is called by somebody.
/^-- name: / && FILENAME ~ /\.sql$/ { where[$3] = FILENAME ":" FNR }
FILENAME ~ /\.c$/ {
    for (rest = $0; match(rest, /(^|[^A-Za-z0-9_])Q_[A-Z0-9_]+/); rest = substr(rest, RSTART + RLENGTH)) {
        name = substr(rest, RSTART, RLENGTH)
        sub(/^.*Q_/, "", name)
        used[name] = 1
    }
}
END {
    for (name in where)
        if (!(name in used)) { print where[name] ": nobody calls " name; bad = 1 }
    exit bad
}
