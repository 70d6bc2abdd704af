# words.awk - what our C does without.
function fail(msg) { print FILENAME ":" FNR ": " msg; bad = 1 }
function list(words, into, reason,    n, i, word) {
    n = split(words, word, " ")
    for (i = 1; i <= n; i++) into[word[i]] = reason
}
BEGIN {
    list("strcpy strcat sprintf vsprintf strncpy strncat strtok gets", banned, "no bound")
    list("atoi atol atof strtol strtoll strtoul scanf sscanf fscanf", banned, "use str_to_int")
    list("alloca system popen tmpnam rand", banned, "not here")
    list("localtime gmtime ctime asctime setlocale", banned, "use base/time.h")
    list("FCGX_FPrintF FCGX_VFPrintF", banned, "small fixed buffers; use FCGX_PutStr")
    list("malloc calloc realloc free strdup", heap, "outside base/mem.c")
}
FNR == 1 { in_comment = 0 }
/^[ \t]*#[ \t]*include[ \t]*[<"]fcgi_stdio\.h/ { fail("fcgi_stdio.h: printf into FastCGI") }
{
    line = $0
    gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
    if (in_comment && sub(/.*\*\//, "", line)) in_comment = 0
    else if (in_comment) line = ""
    gsub(/\/\*.*\*\//, "", line)
    if (sub(/\/\*.*/, "", line)) in_comment = 1
    rest = line
    while (match(rest, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
        word = substr(rest, RSTART, RLENGTH); gsub(/[ \t(]/, "", word)
        before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : ""
        if (before != ">" && before != ".") {
            if (word in banned) fail(word "(): " banned[word])
            if (word in heap && FILENAME !~ /base\/mem\.c$/) fail(word "() " heap[word])
        }
        rest = substr(rest, RSTART + RLENGTH)
    }
}
END { exit bad }
