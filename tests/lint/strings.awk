# strings.awk MASTER.ini SOURCE... - every string of the interface is shown somewhere.
FILENAME == ARGV[1] {
    if (/^\[/) section = $0
    if (section == "[strings]" && /^[a-z]/) {
        key = $1
        sub(/=.*/, "", key)
        where["S_" toupper(key)] = FILENAME ":" FNR ": nobody shows " key
    }
    next
}
{
    for (rest = $0; match(rest, /S_[A-Z0-9_]+/); rest = substr(rest, RSTART + RLENGTH))
        used[substr(rest, RSTART, RLENGTH)] = 1
}
END {
    for (key in where)
        if (!(key in used)) { print where[key]; bad = 1 }
    exit bad
}
