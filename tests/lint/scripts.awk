# scripts.awk - what JavaScript of ours that browsers run does without, and how wide its
# lines, and how long its functions and files may be.
function fail(msg) { print FILENAME ":" FNR ": " msg; bad = 1 }
function refuse(words, reason,    n, i, word) {
    n = split(words, word, " ")
    for (i = 1; i <= n; i++)
        if (line ~ "(^|[^A-Za-z_$])" word[i] "($|[^A-Za-z_$])") fail(word[i] ": " reason)
}
FNR == 1 { start = 0 }
FNR == 401 { fail("a file of over 400 lines") }
{
    wide = $0
    gsub(/[\200-\277]/, "", wide) # bytes that go on with a character
    if (length(wide) > 90) fail("longer than 90 columns")
    line = $0
    sub(/^[ \t]*(\/\/|\/\*|\*).*/, "", line)
    sub(/[ \t]\/\/ .*/, "", line)
    gsub(/'([^'\\]|\\.)*'|"([^"\\]|\\.)*"/, "Q", line)
    if (line ~ /(innerHTML|outerHTML)[ \t]*[+]?=[^=]/) fail("innerHTML: text becomes elements; use nodes")
    refuse("insertAdjacentHTML createContextualFragment", "text becomes elements; use nodes")
    refuse("eval Function", "the page's policy forbids it")
    refuse("alert confirm prompt", "no keyboard or screen reader is at home there; use a <dialog>")
    refuse("cssText", "the page's policy forbids it; use a class")
    if (line ~ /document\.write|console\./) fail("not here")
}
# A function of its own, or one of a class; what is within one has more blanks before it.
/^(export |async |static )*(function|class) / || /^  [a-zA-Z#]+\(.*\) \{$/ { if (!/^(export )?class/) start = FNR }
/^ ? ?\}/ {
    if (start && FNR - start - 1 > 40) fail("a function of " FNR - start - 1 " lines")
    if (/^\}|^  \}$/) start = 0
}
END { exit bad }
