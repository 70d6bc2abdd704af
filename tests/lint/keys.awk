# keys.awk MASTER.ini OTHER.ini... - a language file has exactly the master's keys.
FNR == 1 { file[++n_files] = FILENAME; section = "" }
/^[ \t]*([;#]|$)/ { next }
/^\[/ { section = $0; next }
{
    key = $0
    sub(/[ \t]*=.*/, "", key)
    key = section " " key
    has[n_files, key] = 1
    keys[key] = 1
}
END {
    for (key in keys)
        for (i = 2; i <= n_files; i++)
            if (((1, key) in has) != ((i, key) in has)) {
                print file[i] ": " key ((1, key) in has ? " is missing" : " is not in " file[1])
                bad = 1
            }
    exit bad
}
