-- name: TOKEN_ADD   in: token_hash person_id name scope is_limited made_at expires_at   rows: 1
INSERT INTO token (token_hash, person_id, name, scope, is_limited, made_at, expires_at)
VALUES (CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT),
        CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS BIGINT))
RETURNING id;

-- name: TOKEN_ADD_SECTION   in: token_id section_id   rows: 0
INSERT INTO token_section (token_id, section_id)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT)) ON CONFLICT DO NOTHING;

-- name: TOKEN_BY_HASH   in: token_hash   rows: 0..1
SELECT id, person_id, name, scope, is_limited, made_at, expires_at, used_at FROM token
WHERE token_hash = $1;

-- name: TOKEN_OF_PERSON   in: person_id limit   rows: many
SELECT id, person_id, name, scope, is_limited, made_at, expires_at, used_at FROM token
WHERE person_id = $1 ORDER BY made_at DESC, id DESC LIMIT $2;

-- name: TOKEN_SECTIONS   in: token_id   rows: many
SELECT section_id FROM token_section WHERE token_id = $1 ORDER BY section_id;

-- name: TOKEN_USED   in: used_at id   rows: 0
UPDATE token SET used_at = CAST($1 AS BIGINT) WHERE id = $2;

-- name: TOKEN_END_ONE   in: id person_id   rows: 0..1
DELETE FROM token WHERE id = $1 AND person_id = $2 RETURNING name;

-- name: TOKEN_END_ALL   in: person_id   rows: 0
DELETE FROM token WHERE person_id = $1;

-- name: TOKEN_DROP_SECTION   in: section_id   rows: 0
DELETE FROM token_section WHERE section_id = $1;
