# tpl_names.awk - makes tpl_names.h: the names of all templates, of what stands in them
# and of the interface strings.
#
# awk -f tpl_names.awk templates/lang/en.ini templates/site/*.tpl …
#
# The order of the templates is the order of the arguments. Refused: a string that
# en.ini does not have, a file that is not named templates/FOLDER/NAME.tpl.

function fail(msg) { print FILENAME ":" FNR ": " msg > "/dev/stderr"; bad = 1; exit 1 }
function constant(path) {
    gsub(/[^A-Za-z0-9]/, "_", path)
    return "TPL_" toupper(path)
}
function use(name, how) {
    if (!(name in seen)) { seen[name] = 1; names[n_names++] = name }
    if (!((file, name, how) in uses)) {
        uses[file, name, how] = 1
        rows = rows sprintf(" \\\n    X(%s, T_%s, TPL_AS_%s)", file, name, how)
    }
}
function value(name, line) {
    if (name !~ /^S_/) use(name, "VALUE")
    else if (!(name in strings)) fail("en.ini has no string " tolower(substr(name, 3)))
}

FILENAME ~ /\.ini$/ {
    if ($0 ~ /^\[/) in_strings = ($0 ~ /^\[strings\]/)
    else if (in_strings && match($0, /^[a-z][a-z0-9_]*[ \t]*=/)) {
        key = substr($0, 1, RLENGTH - 1); sub(/[ \t]+$/, "", key)
        strings["S_" toupper(key)] = 1
        string_rows = string_rows sprintf(" \\\n    X(S_%s, \"%s\")", toupper(key), key)
    }
    next
}
FNR == 1 {
    path = FILENAME
    if (!sub(/^(.*\/)?templates\//, "", path) || path !~ /^[a-z0-9_]+\/[a-z0-9_]+\.tpl$/)
        fail("a template is named templates/FOLDER/NAME.tpl")
    file = constant(substr(path, 1, length(path) - 4))
    file_rows = file_rows sprintf(" \\\n    X(%s, \"%s\")", file, path)
}
{
    for (line = $0; match(line, /[{][{][#>]?[A-Z][A-Z0-9_]*/); line = substr(line, RSTART + RLENGTH)) {
        name = substr(line, RSTART + 2, RLENGTH - 2)
        if (sub(/^#/, "", name)) use(name, "SECTION")
        else if (sub(/^>/, "", name)) use(name, "INCLUDE")
        else value(name)
    }
}
END {
    if (bad) exit 1
    for (i = 0; i < n_names; i++)
        name_rows = name_rows sprintf(" \\\n    X(T_%s, \"%s\")", names[i], names[i])
    print "/* Made by tpl_names.awk from templates/. */\n#ifndef TPL_NAMES_H\n#define TPL_NAMES_H\n"
    print "/* X(constant, file below templates/) */\n#define TPL_FILES(X)" file_rows "\n"
    print "/* X(constant, name) */\n#define TPL_NAMES(X)" name_rows "\n"
    print "/* X(constant, key in templates/lang) */\n#define TPL_STRINGS(X)" string_rows "\n"
    print "/* X(file, name, TPL_AS_VALUE, TPL_AS_SECTION or TPL_AS_INCLUDE) */"
    print "#define TPL_USES(X)" rows "\n"
    print "#define TPL_CONSTANT_(id, text) id,"
    print "enum tpl_file { TPL_FILES(TPL_CONSTANT_) TPL__MAX };"
    print "enum tpl_name { TPL_NAMES(TPL_CONSTANT_) T__MAX };"
    print "enum tpl_string { TPL_STRINGS(TPL_CONSTANT_) S__MAX };\n\n#endif"
}
