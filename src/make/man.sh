#!/bin/sh
# man.sh - the manual page of byline, made from what `byline help` says on standard input.
set -eu
cat <<'ROFF'
.TH BYLINE 1
.SH NAME
byline \- the news site of a press office
.SH SYNOPSIS
.B byline
.I command
[options] [arguments]
.SH DESCRIPTION
Byline serves news pages over FastCGI behind a web server, out of an SQLite database.
Started by a web server as a CGI program it answers one request.
.PP
.B byline
.I command
.B \-\-help
explains a command and its options,
.B byline settings
every setting.
.SH COMMANDS
ROFF
awk '/^  [a-z]/ { gsub(/-/, "\\-"); name = $1; $1 = ""; printf ".TP\n.B %s\n%s\n", name, substr($0, 2) }'
cat <<'ROFF'
.SH FILES
.TP
.I /etc/byline/byline.conf
the settings; see also the environment variable BYLINE_CONFIG
.TP
.I /etc/byline/templates
templates and interface strings of your own
.TP
.I /var/lib/byline
database and photos
.TP
.I /run/byline
sockets
.SH SEE ALSO
OPERATING.md and the other documents in the folder doc/byline
ROFF
