# words.awk - what our C does without, and how long functions may be.
function fail(msg) { print FILENAME ":" FNR ": " msg; bad = 1 }
BEGIN {
    n = split("strcpy strcat sprintf strncpy strncat strtok gets atoi atol strtol scanf sscanf fscanf alloca system popen localtime gmtime ctime asctime setlocale tmpnam rand", list, " ")
    for (i = 1; i <= n; i++) banned[list[i]] = 1
    n = split("malloc calloc realloc free", list, " ")
    for (i = 1; i <= n; i++) heap[list[i]] = 1
}
FNR == 1 { in_comment = 0; start = 0 }
{
    if (length($0) > 90 && FILENAME !~ /\.def$/) {
        wide = $0
        gsub(/[\200-\277]/, "", wide) # bytes that go on with a character
        if (length(wide) > 90) fail("longer than 90 columns")
    }
    line = $0
    gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
    if (in_comment && sub(/.*\*\//, "", line)) in_comment = 0
    else if (in_comment) line = ""
    gsub(/\/\*.*\*\//, "", line)
    if (sub(/\/\*.*/, "", line)) in_comment = 1
    if ($0 ~ /(^|[^A-Za-z])(TODO|FIXME|XXX)([^A-Za-z]|$)/) fail("says itself that it is not done")
    rest = line
    while (match(rest, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
        word = substr(rest, RSTART, RLENGTH); gsub(/[ \t(]/, "", word)
        before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : ""
        if (before != ">" && before != ".") {
            if (word in banned) fail(word "() is banned")
            if (word in heap && FILENAME !~ /base\/mem\.c$/) fail(word "() outside base/mem.c")
        }
        rest = substr(rest, RSTART + RLENGTH)
    }
    if (line ~ /^\{/) start = FNR
    if (line ~ /^\}/ && start) {
        if (FNR - start - 1 > 80) fail("a function of " FNR - start - 1 " lines")
        start = 0
    }
}
END { exit bad }
