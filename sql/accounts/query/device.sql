-- name: DEVICE_OF   in: token_hash person_id seen_since   rows: 0..1
SELECT seen_at FROM device WHERE token_hash = $1 AND person_id = $2 AND seen_at > $3;

-- name: DEVICE_ADD   in: token_hash person_id seen_at   rows: 0
INSERT INTO device (token_hash, person_id, seen_at)
VALUES (CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT))
ON CONFLICT (token_hash) DO UPDATE SET seen_at = excluded.seen_at;

-- name: DEVICE_DROP_ALL   in: person_id   rows: 0
DELETE FROM device WHERE person_id = $1;

-- name: DEVICE_DROP_OLD   in: seen_until   rows: 0
DELETE FROM device WHERE seen_at <= $1;
