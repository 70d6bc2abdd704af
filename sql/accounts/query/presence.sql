-- name: PRESENCE_OF   in: item_id person_id   rows: 0..1
SELECT began_at, until FROM presence WHERE item_id = $1 AND person_id = $2;

-- name: PRESENCE_SET   in: item_id person_id began_at until   rows: 0
INSERT INTO presence (item_id, person_id, began_at, until)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT))
ON CONFLICT (item_id, person_id) DO UPDATE SET began_at = EXCLUDED.began_at,
    until = EXCLUDED.until;

-- name: PRESENCE_OTHERS   in: item_id person_id now limit   rows: many
SELECT p.name, r.began_at FROM presence r JOIN person p ON p.id = r.person_id
WHERE r.item_id = $1 AND r.person_id <> $2 AND r.until > $3
ORDER BY r.person_id LIMIT $4;

-- name: PRESENCE_DROP   in: item_id person_id   rows: 0
DELETE FROM presence WHERE item_id = $1 AND person_id = $2;

-- name: PRESENCE_DROP_OLD   in: now   rows: 0
DELETE FROM presence WHERE until <= $1;
