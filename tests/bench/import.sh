#!/bin/bash
# import.sh [N] - `byline import` of N items against the sqlite3 shell fed one file of
# INSERTs for all the same rows into the same schema. Prints seconds and the ratio.
set -euo pipefail
n=${1:-100000}
byline=${BYLINE:-build/release/byline}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
node tests/bench/make-items.mjs "$n" > "$dir/items.jsonl"
settings=(--set "database=$dir/a/news.db" --set "accounts=$dir/a/accounts.db" --set "media_dir=$dir/media" --set "originals_dir=$dir/originals" --set "templates_dir=$dir/t")
"$byline" init "${settings[@]}" 2> /dev/null
start=$(date +%s.%N)
"$byline" import --create-sections "${settings[@]}" "$dir/items.jsonl" 2> /dev/null
ours=$(echo "$(date +%s.%N) - $start" | bc)
{
    echo "BEGIN;"
    sqlite3 "$dir/a/news.db" .dump | grep '^INSERT INTO' |
        grep -Ev '^INSERT INTO (site_state|sqlite_schema|.?desk_words)'
    # FTS5 makes its own tables of these.
    sqlite3 "$dir/a/news.db" "SELECT 'INSERT INTO desk_words (rowid, title, tags) VALUES (' ||
        rowid || ',' || quote(title) || ',' || quote(tags) || ');' FROM desk_words"
    echo "COMMIT;"
} > "$dir/rows.sql"
settings=(--set "database=$dir/b/news.db" --set "accounts=$dir/b/accounts.db" --set "media_dir=$dir/media" --set "originals_dir=$dir/originals" --set "templates_dir=$dir/t")
"$byline" init "${settings[@]}" 2> /dev/null
start=$(date +%s.%N)
sqlite3 "$dir/b/news.db" < "$dir/rows.sql"
shell=$(echo "$(date +%s.%N) - $start" | bc)
echo "items $n: byline import $ours s, sqlite3 shell $shell s, ratio $(echo "scale=2; $shell / $ours" | bc)"
