-- name: SITE_STATE   in: -   rows: 1
SELECT version, changed_at FROM site_state WHERE one = 1;

-- name: SITE_CHANGED   in: now   rows: 0
UPDATE site_state SET version = version + 1, changed_at = CAST($1 AS BIGINT) WHERE one = 1;

-- name: SITE_LAST_END   in: now   rows: 1
-- The last time up to now at which an item ceased to be visible by itself.
SELECT MAX(visible_until) FROM item
WHERE visible_until <= $1 AND visible_until < 253402300800;

-- name: SITE_LAST_EMBARGO_END   in: now   rows: 1
SELECT MAX(visible_from) FROM item WHERE visible_from <= $1 AND embargo_until IS NOT NULL;

-- name: SITE_LAST_PIN_END   in: now   rows: 1
SELECT MAX(pinned_until) FROM item WHERE pinned_until <= $1 AND pinned_until IS NOT NULL;

-- name: SITE_LAST_RIGHTS_END   in: now   rows: 1
SELECT MAX(expires_at) FROM item_photo
WHERE expires_at <= $1 AND expires_at < 253402300800;

-- name: SITE_LAST_PUBLISHED   in: lang now   rows: 1
SELECT MAX(published_at) FROM item WHERE lang = $1 AND published_at <= $2;
