# text.awk - what no file of ours holds: a note that it is not done, a place on somebody's
# machine, a merge left half done. (The patterns are written so as not to find themselves.)
function fail(msg) { print FILENAME ":" FNR ": " msg; bad = 1 }
/(^|[^A-Za-z])(TO[D]O|FIX[M]E|XX[X])([^A-Za-z]|$)/ { fail("says itself that it is not done") }
/(^|[^A-Za-z0-9_.~-])\/(hom[e]|User[s]|roo[t]|wor[k]|tmp\/w-[a-z]+)\// { fail("a path of one machine") }
/^(<<<<<<[<]|>>>>>>[>])( |$)/ { fail("a merge left half done") }
END { exit bad }
