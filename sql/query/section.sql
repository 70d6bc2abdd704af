-- name: SECTION_ALL   in: -   rows: many   slow: a site has at most 200 sections
SELECT id, parent_id, position, slug, four_eyes FROM section
ORDER BY parent_id IS NOT NULL, position, slug;

-- name: SECTION_NAMES   in: -   rows: many   slow: a site has at most 200 sections
SELECT section_id, lang, name FROM section_name;

-- name: SECTION_ADD   in: parent_id position slug   rows: 1
INSERT INTO section (parent_id, position, slug)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT)) RETURNING id;

-- name: SECTION_SET_NAME   in: section_id lang name   rows: 0
INSERT INTO section_name (section_id, lang, name)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT))
ON CONFLICT (section_id, lang) DO UPDATE SET name = excluded.name;

-- name: SECTION_DROP_NAME   in: section_id lang   rows: 0
DELETE FROM section_name WHERE section_id = $1 AND lang = $2;

-- name: SECTION_MOVE   in: parent_id position id   rows: 0
UPDATE section SET parent_id = CAST($1 AS BIGINT), position = CAST($2 AS BIGINT)
WHERE id = $3;

-- name: SECTION_SET_SLUG   in: slug id   rows: 0
UPDATE section SET slug = CAST($1 AS TEXT) WHERE id = $2;

-- name: SECTION_DROP   in: id   rows: 0
DELETE FROM section WHERE id = $1;

-- name: SECTION_DROP_NAMES   in: section_id   rows: 0
DELETE FROM section_name WHERE section_id = $1;

-- name: SECTION_DROP_ALIASES   in: section_id   rows: 0
DELETE FROM section_alias WHERE section_id = $1;

-- name: SECTION_IN_USE   in: section_id   rows: 1
-- An item is also where its newest text would move it.
SELECT EXISTS (SELECT 1 FROM item WHERE section_id = $1)
    OR EXISTS (SELECT 1 FROM desk WHERE section_id = $1);

-- name: SECTION_BY_ALIAS   in: slug   rows: 0..1
SELECT section_id FROM section_alias WHERE slug = $1;

-- name: SECTION_ADD_ALIAS   in: slug section_id   rows: 0
INSERT INTO section_alias (slug, section_id)
VALUES (CAST($1 AS TEXT), CAST($2 AS BIGINT))
ON CONFLICT (slug) DO UPDATE SET section_id = excluded.section_id;

-- name: SECTION_DROP_ALIAS   in: slug   rows: 0
DELETE FROM section_alias WHERE slug = $1;

-- name: SECTION_SET_FOUR_EYES   in: four_eyes id   rows: 0
UPDATE section SET four_eyes = $1 WHERE id = $2;
