# nginx.awk - a file as PIECE(SITE, text); one with lines "@@NAME" as a piece for each.
function quoted(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); return "    \"" s "\\n\"\n" }
function flush_piece() { if (name != "") printf "PIECE(%s,\n%s)\n", name, text; text = "" }
FNR == 1 { flush_piece(); name = "SITE" }
/^@@/ { if (text != "") flush_piece(); name = substr($0, 3); next }
{ text = text quoted($0) }
END { flush_piece() }
