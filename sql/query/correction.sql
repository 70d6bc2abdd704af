-- Corrections are added and read. No statement changes or deletes one.

-- name: CORRECTION_ADD   in: item_id lang at tie person_id author text   rows: 0..1
-- No row: it is there already.
INSERT INTO correction (item_id, lang, at, tie, person_id, author, text)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS BIGINT),
        CAST($5 AS BIGINT), CAST($6 AS TEXT), CAST($7 AS TEXT))
ON CONFLICT (item_id, at, tie) DO NOTHING
RETURNING id;

-- name: CORRECTION_OF_ITEM   in: item_id limit   rows: many
SELECT at, author, text FROM correction WHERE item_id = $1
ORDER BY at DESC, tie DESC LIMIT $2;

-- Of the items that are visible.

-- name: CORRECTION_BEFORE   in: lang when tie now limit   rows: many
SELECT c.at, c.tie, c.author, c.text, i.lang, i.section_id, i.slug, i.title
FROM correction c JOIN item i ON i.id = c.item_id
WHERE c.lang = $1 AND (c.at, c.tie) < ($2, $3)
  AND i.visible_from <= $4 AND i.visible_until > $4
ORDER BY c.at DESC, c.tie DESC LIMIT $5;

-- name: CORRECTION_AFTER   in: lang when tie now limit   rows: many
SELECT c.at, c.tie, c.author, c.text, i.lang, i.section_id, i.slug, i.title
FROM correction c JOIN item i ON i.id = c.item_id
WHERE c.lang = $1 AND (c.at, c.tie) > ($2, $3)
  AND i.visible_from <= $4 AND i.visible_until > $4
ORDER BY c.at, c.tie LIMIT $5;
