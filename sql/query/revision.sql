-- name: REVISION_LAST   in: item_id   rows: 0..1
SELECT number, state, saved_at, saved_by, content, sha256 FROM revision
WHERE item_id = $1 ORDER BY number DESC LIMIT 1;

-- name: REVISION_ADD   in: item_id number state saved_at saved_by content sha256 previous   rows: 0
INSERT INTO revision (item_id, number, state, saved_at, saved_by, content, sha256,
                      previous_sha256)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS BIGINT),
        CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT));

-- name: REVISION_ALL   in: item_id   rows: many
SELECT number, state, saved_at, saved_by, content, sha256, previous_sha256
FROM revision
WHERE item_id = $1 ORDER BY number;
