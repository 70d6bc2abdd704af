-- name: WORKING_KEEP   in: person_id draft item_id typed_at title form   rows: 0..1
-- No row: the form is done with, or what is kept was typed later.
INSERT INTO working_copy (person_id, draft, item_id, typed_at, title, form)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS BIGINT),
        CAST($5 AS TEXT), CAST($6 AS TEXT))
ON CONFLICT (person_id, draft) DO UPDATE SET typed_at = EXCLUDED.typed_at,
    title = EXCLUDED.title, form = EXCLUDED.form
WHERE working_copy.form <> '' AND working_copy.typed_at <= EXCLUDED.typed_at
RETURNING draft;

-- name: WORKING_CLOSE   in: person_id draft now   rows: 0
-- Leaves a mark, so that what is still on its way from the browser does not open it again.
INSERT INTO working_copy (person_id, draft, item_id, typed_at, title, form)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), 0, CAST($3 AS BIGINT), '', '')
ON CONFLICT (person_id, draft) DO UPDATE SET typed_at = EXCLUDED.typed_at,
    title = '', form = '';

-- name: WORKING_DROP_DONE   in: until   rows: 0
DELETE FROM working_copy WHERE form = '' AND typed_at < $1;

-- name: WORKING_AT   in: person_id draft   rows: 0..1
SELECT draft, item_id, typed_at, title, form FROM working_copy
WHERE person_id = $1 AND draft = $2 AND form <> '';

-- name: WORKING_OF_PERSON   in: person_id limit   rows: many
SELECT draft, item_id, typed_at, title FROM working_copy
WHERE person_id = $1 AND form <> '' ORDER BY typed_at DESC LIMIT $2;

-- name: WORKING_OF_ITEM   in: person_id item_id limit   rows: many
SELECT draft, item_id, typed_at, title FROM working_copy
WHERE person_id = $1 AND item_id = $2 AND form <> '' ORDER BY typed_at DESC LIMIT $3;
