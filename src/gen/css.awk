# css.awk - CSS without comments and needless white space. Strings are left alone: our
# style sheet has none with two blanks or a brace in them.
{ text = text $0 "\n" }
END {
    while (match(text, /\/\*[^*]*\*+([^\/*][^*]*\*+)*\//))
        text = substr(text, 1, RSTART - 1) substr(text, RSTART + RLENGTH)
    gsub(/[ \t\n]+/, " ", text)
    gsub(/ ?[{] ?/, "{", text)
    gsub(/;? ?[}] ?/, "}", text)
    gsub(/ ?; ?/, ";", text)
    gsub(/, /, ",", text)
    gsub(/: /, ":", text)
    sub(/^ /, "", text)
    print text
}
