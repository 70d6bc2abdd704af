-- name: TRANSLATION_SET   in: item_id source_id reflects stale_since   rows: 0
INSERT INTO translation (item_id, source_id, reflects, stale_since)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT))
ON CONFLICT (item_id) DO UPDATE SET source_id = EXCLUDED.source_id,
    reflects = EXCLUDED.reflects, stale_since = EXCLUDED.stale_since;

-- name: TRANSLATION_DROP   in: item_id   rows: 0
-- What it is a translation of, and what is one of it.
DELETE FROM translation WHERE item_id = $1 OR source_id = $1;

-- name: TRANSLATION_OF   in: item_id   rows: 0..1
SELECT item_id, source_id, reflects, stale_since FROM translation WHERE item_id = $1;

-- name: TRANSLATION_BY_SOURCE   in: source_id   rows: many
SELECT item_id, source_id, reflects, stale_since FROM translation WHERE source_id = $1;

-- name: TRANSLATION_GROUP   in: group limit   rows: many
-- All items of a group, as the newsroom sees them. An item that an older program added
-- has no line on the desk yet.
SELECT i.id, i.public_id, i.lang, i.section_id, COALESCE(d.title, i.title),
       COALESCE(d.state, 'draft'), COALESCE(d.author_id, 0), i.visible_from,
       i.visible_until, i.withdrawn_at, COALESCE(t.source_id, 0),
       COALESCE(t.reflects, 0), t.stale_since
FROM item i
LEFT JOIN desk d ON d.item_id = i.id
LEFT JOIN translation t ON t.item_id = i.id
WHERE i.group_key = $1 LIMIT $2;
