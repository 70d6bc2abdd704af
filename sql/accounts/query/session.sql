-- name: SESSION_ADD   in: token_hash person_id is_whole began_at seen_at address agent   rows: 0
INSERT INTO session (token_hash, person_id, is_whole, began_at, seen_at, address, agent)
VALUES (CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT),
        CAST($5 AS BIGINT), CAST($6 AS TEXT), CAST($7 AS TEXT));

-- name: SESSION_BY_TOKEN   in: token_hash seen_since began_since   rows: 0..1
SELECT id, person_id, is_whole, began_at, seen_at, address, agent FROM session
WHERE token_hash = $1 AND seen_at > $2 AND began_at > $3;

-- name: SESSION_SEEN   in: seen_at id   rows: 0
UPDATE session SET seen_at = CAST($1 AS BIGINT) WHERE id = $2;

-- name: SESSION_SET_TOKEN   in: token_hash id   rows: 0
UPDATE session SET token_hash = CAST($1 AS TEXT) WHERE id = $2;

-- name: SESSION_OF_PERSON   in: person_id seen_since began_since limit   rows: many
SELECT id, person_id, is_whole, began_at, seen_at, address, agent FROM session
WHERE person_id = $1 AND seen_at > $2 AND began_at > $3 AND is_whole = 1
ORDER BY seen_at DESC LIMIT $4;

-- name: SESSION_END   in: token_hash   rows: 0
DELETE FROM session WHERE token_hash = $1;

-- name: SESSION_END_ONE   in: id person_id   rows: 0..1
DELETE FROM session WHERE id = $1 AND person_id = $2 RETURNING id;

-- name: SESSION_END_ALL   in: person_id   rows: 0
DELETE FROM session WHERE person_id = $1;

-- name: SESSION_DROP_IDLE   in: seen_until   rows: 0
DELETE FROM session WHERE seen_at <= $1;

-- name: SESSION_DROP_OLD   in: began_until   rows: 0
DELETE FROM session WHERE began_at <= $1;

-- name: SESSION_OF_DISABLED   in: -   rows: many   slow: only `byline check` asks
SELECT p.login FROM session s JOIN person p ON p.id = s.person_id
WHERE p.is_disabled = 1 ORDER BY p.login LIMIT 1;
