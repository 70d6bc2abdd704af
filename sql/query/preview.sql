-- name: PREVIEW_ADD   in: token_sha256 item_id revision made_at person_id made_by expires_at   rows: 1
INSERT INTO preview_link (token_sha256, item_id, revision, made_at, person_id, made_by,
                          expires_at)
VALUES (CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT),
        CAST($5 AS BIGINT), CAST($6 AS TEXT), CAST($7 AS BIGINT))
RETURNING id;

-- name: PREVIEW_REVOKE   in: at by id item_id   rows: 0..1
UPDATE preview_link SET revoked_at = CAST($1 AS BIGINT), revoked_by = CAST($2 AS TEXT)
WHERE id = $3 AND item_id = $4 AND revoked_at IS NULL RETURNING id;

-- name: PREVIEW_BY_TOKEN   in: token_sha256   rows: 0..1
SELECT id, revision, made_at, made_by, expires_at, revoked_at, revoked_by, 0, item_id
FROM preview_link WHERE token_sha256 = $1;

-- name: PREVIEW_OF_ITEM   in: item_id limit   rows: many
SELECT id, revision, made_at, made_by, expires_at, revoked_at, revoked_by,
       (SELECT COUNT(*) FROM preview_opening o WHERE o.link_id = l.id), item_id
FROM preview_link l WHERE item_id = $1 ORDER BY id DESC LIMIT $2;

-- name: PREVIEW_OPENED   in: link_id item_id at address   rows: 0
INSERT INTO preview_opening (link_id, item_id, at, address)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS TEXT));

-- name: PREVIEW_OPENINGS   in: item_id limit   rows: many
SELECT link_id, at, address FROM preview_opening
WHERE item_id = $1 ORDER BY id DESC LIMIT $2;
