-- name: TAG_OF_ITEM   in: item_id   rows: many
SELECT t.name FROM item_tag it JOIN tag t ON t.id = it.tag_id
WHERE it.item_id = $1 ORDER BY it.position;

-- name: TAG_BY_NAME   in: name   rows: 0..1
SELECT id FROM tag WHERE name = $1;

-- name: TAG_BY_SLUG   in: slug   rows: 0..1
SELECT id FROM tag WHERE slug = $1;

-- name: TAG_ADD   in: name slug   rows: 1
INSERT INTO tag (name, slug) VALUES (CAST($1 AS TEXT), CAST($2 AS TEXT)) RETURNING id;

-- name: TAG_ADD_TO_ITEM   in: item_id position tag_id   rows: 0
INSERT INTO item_tag (item_id, position, tag_id)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT));

-- name: TAG_DROP_FROM_ITEM   in: item_id   rows: 0
DELETE FROM item_tag WHERE item_id = $1;
