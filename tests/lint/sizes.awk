# sizes.awk - how wide lines, and how long functions and files of C may be.
function fail(msg) { print FILENAME ":" FNR ": " msg; bad = 1 }
FNR == 1 { start = 0 }
FNR == 801 { fail("a file of over 800 lines") }
length($0) > 90 && FILENAME !~ /\.def$/ {
    wide = $0
    gsub(/[\200-\277]/, "", wide) # bytes that go on with a character
    # A test's data stays in one piece.
    if (FILENAME ~ /^tests\//) gsub(/"([^"\\]|\\.)*"/, "\"\"", wide)
    if (length(wide) > 90) fail("longer than 90 columns")
}
/^\{/ { start = FNR }
/^\}/ {
    if (start && FNR - start - 1 > 80) fail("a function of " FNR - start - 1 " lines")
    start = 0
}
END { exit bad }
