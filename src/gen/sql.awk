# sql.awk - turns sql/query/*.sql into rows QUERY(name, where, n_params, slow, sql) and
# sql/migrate/*.sql (with -v migrate=1) into rows MIGRATION(number, file, sql).
#
# Refused: a statement without a name or with one used before, parameters that do not
# first appear as $1, $2, $3 …, "::" casts, and a clock in SQL (now is a parameter).

function fail(msg) { print FILENAME ":" FNR ": " msg > "/dev/stderr"; bad = 1; exit 1 }
function quoted(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); gsub(/\n/, "\\n\"\n    \"", s)
                     return "\"" s "\"" }

function check_params(sql,    seen, n, m) {
    while (match(sql, /\$[0-9]+/)) {
        n = substr(sql, RSTART + 1, RLENGTH - 1) + 0
        if (n == seen + 1) seen = n
        else if (n > seen) fail(name ": $" n " appears before $" (seen + 1))
        sql = substr(sql, RSTART + RLENGTH)
    }
    return seen + 0
}

function flush_query(    n) {
    if (sql == "") return
    if (name == "") fail("a statement without a name")
    if (sql ~ /::/ || tolower(sql) ~ /strftime|current_time|datetime\(|now\(/)
        fail(name ": \"::\" and clocks are not allowed in statements")
    n = check_params(sql)
    printf "QUERY(%s, \"%s:%d\", %d, \"%s\", %s)\n", name, FILENAME, line, n, slow, quoted(sql)
    name = sql = slow = ""
}

migrate { text[FILENAME] = text[FILENAME] $0 "\n"; next }

/^-- name: / {
    if (sql != "") fail("the statement before " $3 " does not end in ';'")
    name = $3; line = FNR
    if (name in names) fail(name " is named twice")
    names[name] = 1
    slow = match($0, /slow: .*/) ? substr($0, RSTART + 6) : ""
    next
}
/^--/ { next }
/^[ \t]*$/ { next }
{
    sql = sql (sql == "" ? "" : "\n") $0
    if ($0 ~ /;[ \t]*$/) flush_query()
}

END {
    if (bad) exit 1
    if (sql != "") { print FILENAME ": the last statement does not end in ';'" > "/dev/stderr"; exit 1 }
    for (i = 1; migrate && i < ARGC; i++) {
        f = ARGV[i]
        if (!(f in text)) continue
        base = f; sub(/.*\//, "", base)
        printf "MIGRATION(%d, \"%s\", %s)\n", substr(base, 1, 4) + 0, base, quoted(text[f])
    }
}
