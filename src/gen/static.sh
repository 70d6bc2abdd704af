#!/bin/sh
# static.sh SHARE FILE... - copies each file static/DIR/NAME.EXT, in whatever folder, to
# SHARE/DIR/NAME.DIGEST.EXT and prints its row STATIC("DIR/NAME.EXT", "/static/..."). The
# address of a file that could not be made is "".
set -eu
share=$1
shift
rm -rf "$share"
here=$(dirname "$0")
for file; do
    name=${file##*static/}
    [ -e "$file" ] || { printf 'STATIC("%s", "")\n' "$name"; continue; }
    mkdir -p "$share/$(dirname "$name")"
    case $name in
    *.css) awk -f "$here/css.awk" "$file" > "$share/new" ;;
    *) cp "$file" "$share/new" ;;
    esac
    digest=$(sha256sum "$share/new" | cut -c1-10)
    hashed=${name%.*}.$digest.${name##*.}
    case $name in
    *.css | *.js | *.svg) gzip -9 -n -c "$share/new" > "$share/$hashed.gz" ;;
    esac
    # Browsers ask for /favicon.ico without being told.
    case $name in img/favicon.ico) cp "$share/new" "$share/favicon.ico" ;; esac
    mv "$share/new" "$share/$hashed"
    chmod 644 "$share/$hashed"
    printf 'STATIC("%s", "/static/%s")\n' "$name" "$hashed"
done
