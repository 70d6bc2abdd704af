#!/bin/bash
# run.sh BYLINE SHARE - a whole site for trying out: demo content, nginx and Byline, all of
# it below DIR (var), on PORT (8080). Ctrl-C ends both. A second run keeps the data.
set -euo pipefail
byline=$(realpath "$1")
share=$(realpath "$2")
dir=${DIR:-var}
port=${PORT:-8080}
PATH=$PATH:/usr/sbin:/sbin

somebody_listens() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
if somebody_listens; then
    echo "port $port is in use: make run PORT=$((port + 1))" >&2
    exit 1
fi

mkdir -p "$dir"
dir=$(realpath "$dir")
socket=$dir/public.sock
# The path of a Unix socket has 107 bytes at most.
[ ${#socket} -le 107 ] || socket=$(mktemp -d)/public.sock
staff_socket=${socket%/*}/staff.sock

if [ ! -e "$dir/byline.conf" ]; then
    cat > "$dir/byline.conf" <<CONF
; Made by make run; yours to change. byline settings prints all there is.
[site]
site_name = Velmara Basin Commission
site_name.ru = Комиссия бассейна Вельмары
site_tagline = One river, five countries, one number
site_tagline.ru = Одна река, пять стран, одно число
time_zone = Europe/Moscow
CONF
fi

# What belongs to this run, not to the file: a second run may have another port.
export BYLINE_CONFIG=$dir/byline.conf
export BYLINE_SITE_URL=http://localhost:$port
export BYLINE_DATABASE=$dir/data/news.db
export BYLINE_ACCOUNTS=$dir/data/accounts.db
export BYLINE_MEDIA_DIR=$dir/media
export BYLINE_ORIGINALS_DIR=$dir/originals
export BYLINE_TEMPLATES_DIR=$dir/templates
export BYLINE_SHARE_DIR=$share
export BYLINE_PUBLIC_SOCKET=$socket
export BYLINE_STAFF_SOCKET=$staff_socket
export BYLINE_CACHE_DIR=$dir/nginx/cache
export BYLINE_NGINX_LISTEN="127.0.0.1:$port"
# An IPv6 loopback is not there in every container.
[ ! -e /proc/net/if_inet6 ] || grep -q ' lo$' /proc/net/if_inet6 && BYLINE_NGINX_LISTEN+=" [::1]:$port" || :

if [ ! -e "$BYLINE_DATABASE" ]; then
    echo "filling $dir with demo content"
    logins=$("$byline" init --demo)
    # The site that is served would do it, too; the first look is at whole pages.
    "$byline" photo rebuild > /dev/null
fi
mkdir -p "$dir/nginx"
"$byline" nginx-conf --dir "$dir/nginx" > "$dir/nginx/nginx.conf"
"$byline" nginx-conf --error-pages "$dir/nginx/errors"
nginx -q -t -c "$dir/nginx/nginx.conf"

# Each in a process group of its own: Ctrl-C comes to this script alone, which tells both
# once. Byline would take the second of two signals as "at once", and tee would be gone
# before the last lines of the log.
set -m
"$byline" serve --pid-file "$dir/byline.pid" 2> >(exec tee -a "$dir/byline.log" >&2) &
serve=$!
nginx -c "$dir/nginx/nginx.conf" -g 'daemon off;' &
nginx=$!

finish() {
    trap - INT TERM HUP EXIT
    kill -TERM "$serve" 2>/dev/null || :
    kill -QUIT "$nginx" 2>/dev/null || :
    wait "$serve" "$nginx" 2>/dev/null || :
    echo "ended"
}
trap 'finish; exit 0' INT TERM HUP
trap finish EXIT

# The number in the file is that of the program once it serves, of this run or another.
is_up() { [ "$(cat "$dir/byline.pid" 2>/dev/null)" = "$serve" ] && somebody_listens; }
both_run() { kill -0 "$serve" && kill -0 "$nginx"; } 2>/dev/null
for _ in $(seq 100); do
    is_up || ! both_run && break
    sleep 0.1
done
if ! is_up || ! both_run; then
    echo "the site did not start; see above, $dir/byline.log, $dir/nginx/nginx-error.log" >&2
    exit 1
fi

cat <<TEXT

  The site is up:   http://127.0.0.1:$port/      in Russian:  http://127.0.0.1:$port/ru/
  The newsroom:     http://localhost:$port/admin/
  Settings:         $dir/byline.conf
  Log:              $dir/byline.log
  Ctrl-C ends it; the data stays in $dir

TEXT
[ -z "${logins:-}" ] || printf '  To sign in at http://localhost:%s/admin/ (shown this once):\n%s\n\n' "$port" "$(sed 's/^/    /' <<< "$logins")"
wait -n "$serve" "$nginx"
