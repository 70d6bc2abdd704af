# data.sh - rules for statements, templates, language files and all text; read by run.sh.

sql() { awk -f "$root/src/gen/sql.awk" "$@" > /dev/null; }
called() { awk -f "$here/statements.awk" "$@"; }
bad_sql() { # NAME REASON TEXT
    refuses "$1" "$2" item.sql "$3" -- sql item.sql
}
head='-- name: ITEM_X   in: a b   rows: many\n'

check "statements: named, and in the plain dialect" sql sql/query/*.sql sql/accounts/query/*.sql
bad_sql "a statement without a name" "without a name" 'SELECT 1;\n'
bad_sql "a name used before" "named twice" "${head}SELECT \$1, \$2;\n${head}SELECT \$1, \$2;\n"
bad_sql "a name of another subject" "does not begin with ITEM_" '-- name: A   in: -   rows: 1\nSELECT 1;\n'
bad_sql "parameters out of order" 'appears before $1' "${head}SELECT \$2, \$1;\n"
bad_sql "parameters that are not listed" '3 parameters, but 2' "${head}SELECT \$1, \$2, \$3;\n"
bad_sql "named parameters" 'parameters are $1' "${head}SELECT a FROM item WHERE a = :a AND b = \$1;\n"
bad_sql "a cast by colons" "CAST(x AS TEXT)" "${head}SELECT \$1::text, \$2;\n"
bad_sql "SELECT *" "columns are listed" "${head}SELECT * FROM item WHERE a = \$1 AND b = \$2;\n"
bad_sql "table.*" "columns are listed" "${head}SELECT i.* FROM item i WHERE a = \$1 AND b = \$2;\n"
for clock in 'now()' "strftime('%%s')" "datetime('now')" CURRENT_TIMESTAMP CURRENT_DATE 'unixepoch()'; do
    bad_sql "$clock in SQL" "no clock in SQL" "${head}SELECT $clock, \$1, \$2;\n"
done
bad_sql "INSERT OR" "ON CONFLICT" "${head}INSERT OR IGNORE INTO item (a, b) VALUES (\$1, \$2);\n"

check "statements: every one is called" called sql/query/*.sql sql/accounts/query/*.sql src/store/*.c
refuses "a statement nobody calls" "nobody calls ITEM_X" item.sql "$head" \
    a.c 'query_start(st, Q_ITEM_X_Y, &q, err, "");\n' -- called item.sql a.c

bad_template() { # NAME REASON TEXT
    refuses "$1" "$2" a.tpl "$3" -- "$B/gen/tpl_lint" a.tpl
}
first='{{%%AUTOESCAPE context="HTML"}}\n'
check "templates: the safe subset" "$B/gen/tpl_lint" templates/*/*.tpl
bad_template "a template that does not escape" "AUTOESCAPE" '<p>{{TITLE}}</p>\n'
bad_template ":none" "modifier" "$first<p>{{TITLE:none}}</p>\n"
bad_template "a value in a script" "script" "$first<script>{{TITLE}}</script>\n"

keys() { awk -f "$here/keys.awk" "$@"; }
check "language files have the same keys" keys templates/lang/en.ini templates/lang/*.ini
refuses "a language file without a key" "[strings] b is missing" \
    en.ini '[strings]\na = 1\nb = 2\n' ru.ini '[strings]\na = 1\n' -- keys en.ini ru.ini
refuses "a key of no master" "[strings] b is not in en.ini" \
    en.ini '[strings]\na = 1\n' ru.ini '[strings]\na = 1\nb = 2\n' -- keys en.ini ru.ini

shown() { awk -f "$here/strings.awk" "$@"; }
mapfile -t SHOWING < <(git ls-files 'src/*.def')
check "language files: every string is shown" shown templates/lang/en.ini templates/*/*.tpl "${C[@]}" "${SHOWING[@]}"
refuses "a string that nobody shows" "nobody shows b" \
    en.ini '[strings]\na = 1\nb = 2\n' a.tpl '<p>{{S_A}}</p>\n' -- shown en.ini a.tpl

text() { awk -f "$here/text.awk" "$@"; }
check "text: done, and of no one machine" text "${TEXT[@]}"
refuses "a note to do something" "not done" a.md 'TO''DO: all of it\n' -- text a.md
refuses "a path of one machine" "one machine" a.sh 'cd /ho''me/ann/byline\n' -- text a.sh
refuses "half a merge" "half done" a.c '<<<''<<<< HEAD\n' -- text a.c
