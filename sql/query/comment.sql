-- name: COMMENT_ADD   in: item_id revision at person_id author text   rows: 0
INSERT INTO comment (item_id, revision, at, person_id, author, text)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT),
        CAST($5 AS TEXT), CAST($6 AS TEXT));

-- name: COMMENT_RESOLVE   in: at by id item_id   rows: 0..1
UPDATE comment SET resolved_at = CAST($1 AS BIGINT), resolved_by = CAST($2 AS TEXT)
WHERE id = $3 AND item_id = $4 AND resolved_at IS NULL RETURNING id;

-- name: COMMENT_OF_ITEM   in: item_id before limit   rows: many
SELECT id, revision, at, author, text, resolved_at, resolved_by FROM comment
WHERE item_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3;

-- name: COMMENT_COUNT_OPEN   in: item_id   rows: 1
SELECT COUNT(*) FROM comment WHERE item_id = $1 AND resolved_at IS NULL;
