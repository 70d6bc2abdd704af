#!/bin/sh
# editor.sh OUT SOURCE... - bundles src/editor, with the packages of its lock file, into OUT,
# unless that is newer than every source. Exit codes: 1 it cannot be made here, and why is
# said; 2 the sources are wrong.
set -eu
out=$1
shift
dir=build/editor

is_older() { # OUT SOURCE... - than one of the sources, or not there
    [ -e "$1" ] || return 0
    [ -n "$(find "$@" -newer "$1")" ]
}
cannot() {
    echo "  NOTE  no editor: $1; the body of an item is a plain text area" >&2
    exit 1
}

is_older "$out" "$@" || exit 0
rm -f "$out"
command -v node > /dev/null && command -v npm > /dev/null || cannot "node or npm is missing"
echo "  GEN   $out"
mkdir -p "$(dirname "$out")"
if is_older "$dir/packages" src/editor/package-lock.json; then
    cp src/editor/package.json src/editor/package-lock.json "$dir"
    npm ci --prefix "$dir" --ignore-scripts --prefer-offline --no-audit --no-fund \
        > "$dir/npm.log" 2>&1 || cannot "npm ci failed, see $dir/npm.log"
    touch "$dir/packages"
fi
NODE_PATH=$dir/node_modules "$dir/node_modules/.bin/esbuild" src/editor/main.mjs --bundle \
    --minify --target=es2021 --charset=utf8 --log-level=warning --outfile="$out" || exit 2
