-- Words of titles and tags on the desk: SQLite's FTS5, so not for PostgreSQL as it stands.

-- name: WORDS_ADD   in: when item_id title tags   rows: 0
INSERT INTO desk_words (rowid, title, tags)
VALUES ($1 * 536870912 + $2, replace(replace($3, 'ё', 'е'), 'Ё', 'Е'),
        replace(replace($4, 'ё', 'е'), 'Ё', 'Е'));

-- name: WORDS_DROP   in: item_id   rows: 0
-- Before the line of the item changes: it says where its words are.
DELETE FROM desk_words
WHERE rowid = (SELECT d.changed_at * 536870912 + d.item_id FROM desk d
               WHERE d.item_id = $1);

-- name: WORDS_MOVE   in: when item_id   rows: 0
-- Likewise, when nothing but the time changes.
UPDATE desk_words SET rowid = $1 * 536870912 + $2
WHERE rowid = (SELECT d.changed_at * 536870912 + d.item_id FROM desk d
               WHERE d.item_id = $2);

-- name: WORDS_DROP_STALE   in: -   rows: 0   slow: only `byline check` asks
DELETE FROM desk_words
WHERE rowid NOT IN (SELECT d.changed_at * 536870912 + d.item_id FROM desk d);

-- name: WORDS_FILL   in: -   rows: 0   slow: only `byline check` asks, to mend what an older program left out
INSERT INTO desk_words (rowid, title, tags)
SELECT d.changed_at * 536870912 + d.item_id, replace(replace(d.title, 'ё', 'е'), 'Ё', 'Е'),
       COALESCE((SELECT char(57344) || ' ' ||
                        group_concat(replace(replace(t.value, 'ё', 'е'), 'Ё', 'Е'),
                                     ' ' || char(57344) || ' ') || ' ' || char(57344)
                 FROM json_each(r.content, '$.item.tags') t), '')
FROM desk d
JOIN revision r ON r.item_id = d.item_id
    AND r.number = (SELECT MAX(n.number) FROM revision n WHERE n.item_id = d.item_id)
WHERE NOT EXISTS (SELECT 1 FROM desk_words w
                  WHERE w.rowid = d.changed_at * 536870912 + d.item_id);

-- name: WORDS_VERSION   in: -   rows: 1
SELECT words_version FROM site_state WHERE one = 1;

-- name: WORDS_SET_VERSION   in: version   rows: 0
UPDATE site_state SET words_version = $1 WHERE one = 1;

-- name: WORDS_REBUILD   in: -   rows: 0
INSERT INTO desk_words (desk_words) VALUES ('rebuild');

-- Down the rowids, newest change first, and up. The time is compared too: words that an
-- older program left behind are of no line.

-- name: WORDS_LIST   in: match when item_id limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM desk_words w
CROSS JOIN desk d ON d.item_id = (w.rowid & 536870911)
    AND d.changed_at = w.rowid / 536870912
JOIN item i ON i.id = d.item_id
WHERE w.desk_words MATCH $1 AND w.rowid < $2 * 536870912 + $3
ORDER BY w.rowid DESC LIMIT $4;

-- name: WORDS_LIST_UP   in: match when item_id limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM desk_words w
CROSS JOIN desk d ON d.item_id = (w.rowid & 536870911)
    AND d.changed_at = w.rowid / 536870912
JOIN item i ON i.id = d.item_id
WHERE w.desk_words MATCH $1 AND w.rowid > $2 * 536870912 + $3
ORDER BY w.rowid LIMIT $4;
