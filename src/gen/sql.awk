# sql.awk - turns sql/query/*.sql and sql/accounts/query/*.sql into rows
# QUERY(db, name, where, n_params, slow, sql) and a migrate folder's files (with -v migrate=1)
# into rows MIGRATION(number, file, sql).
#
# Refused: a statement without a name, with one used before or one that does not begin with
# its file's, parameters that do not first appear as $1, $2, $3 … or are not those of the
# "in:" list, and the dialect's other words (see BEGIN).

BEGIN {
    refuse("::", "a cast is CAST(x AS TEXT)")
    refuse("strftime|julianday|unixepoch|current_|(^|[^a-z_])(now|date|time|datetime) *\\(",
           "there is no clock in SQL: now is a parameter")
    refuse("(select|distinct|returning)[ \n]+\\*|\\.\\*|,[ \n]*\\*", "columns are listed, not *")
    refuse("(insert|update)[ \n]+or[ \n]|replace[ \n]+into", "write ON CONFLICT")
    refuse("[?]|[@:][a-z]", "parameters are $1, $2 …")
}
function refuse(pattern, why) { pattern_of[++n_refused] = pattern; why_of[n_refused] = why }

function fail(msg) { print FILENAME ":" FNR ": " msg > "/dev/stderr"; bad = 1; exit 1 }
function quoted(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); gsub(/\n/, "\\n\"\n    \"", s)
                     return "\"" s "\"" }

function check_dialect(sql,    i) {
    sql = tolower(sql)
    gsub(/'[^']*'/, "''", sql)
    for (i = 1; i <= n_refused; i++)
        if (sql ~ pattern_of[i]) fail(name ": " why_of[i])
}

# How many parameters the line "-- name: X   in: a b   rows: 1" names; "-" is none.
function count_in(line,    word, n) {
    if (!sub(/.* in: +/, "", line) || !sub(/ +rows: .*/, "", line))
        fail(name ": say in: and rows: behind the name")
    return line == "-" ? 0 : split(line, word, " ")
}

function subject(    file) {
    file = FILENAME
    gsub(/.*\/|\.sql$/, "", file)
    return toupper(file) "_"
}

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
    check_dialect(sql)
    n = check_params(sql)
    if (n != n_in) fail(name ": " n " parameters, but " n_in " behind \"in:\"")
    printf "QUERY(%s, %s, \"%s:%d\", %d, \"%s\", %s)\n",
           FILENAME ~ /accounts\// ? "STORE_ACCOUNTS" : "STORE_NEWS",
           name, FILENAME, line, n, slow, quoted(sql)
    name = sql = slow = ""
}

migrate { text[FILENAME] = text[FILENAME] $0 "\n"; next }

/^-- name: / {
    if (sql != "") fail("the statement before " $3 " does not end in ';'")
    name = $3; line = FNR
    if (name in names) fail(name " is named twice")
    if (index(name, subject()) != 1) fail(name " does not begin with " subject())
    names[name] = 1
    n_in = count_in($0)
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
