-- name: REDIRECT_OF_ITEM   in: item_id   rows: many
SELECT address FROM redirect WHERE item_id = $1 ORDER BY address;

-- An address once given up leads to its item for ever: rows are never dropped.
-- name: REDIRECT_ADD   in: address item_id   rows: 0
INSERT INTO redirect (address, item_id)
VALUES (CAST($1 AS TEXT), CAST($2 AS BIGINT))
ON CONFLICT (address) DO NOTHING;
