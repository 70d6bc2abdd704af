-- Sets of files that are given out of photos; see the table rendition.

-- name: RENDITION_USES   in: photo_id   rows: many
-- The uses of a photo in approved texts, each as it is shown; columns as PHOTO_OF_ITEM.
SELECT p.sha256, p.ext, p.width_px, p.height_px, p.bytes, ip.credit,
       CASE WHEN ip.has_photo_credit = 1 AND ip.credit_url = '' THEN p.credit_url
            ELSE ip.credit_url END,
       CASE WHEN ip.organisation = '' THEN p.organisation ELSE ip.organisation END,
       CASE WHEN ip.creator = '' THEN p.creator ELSE ip.creator END,
       CASE WHEN ip.copyright = '' THEN p.copyright ELSE ip.copyright END,
       CASE WHEN ip.licence = '' THEN p.licence ELSE ip.licence END,
       CASE WHEN ip.licence_url = '' THEN p.licence_url ELSE ip.licence_url END,
       CASE WHEN ip.acquire_url = '' THEN p.acquire_url ELSE ip.acquire_url END,
       CASE WHEN ip.usage_terms = '' THEN p.usage_terms ELSE ip.usage_terms END,
       CASE WHEN ip.caption = '' AND ip.has_no_caption = 0 THEN p.caption
            ELSE ip.caption END,
       CASE WHEN ip.headline = '' THEN p.headline ELSE ip.headline END,
       CASE WHEN ip.source = '' THEN p.source ELSE ip.source END,
       CASE WHEN ip.taken_at = '' THEN p.taken_at ELSE ip.taken_at END,
       CASE WHEN ip.source_type = '' THEN p.source_type ELSE ip.source_type END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.alt ELSE ip.alt END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.is_decorative
            ELSE ip.is_decorative END,
       CASE WHEN ip.focal = '' THEN p.focal ELSE ip.focal END,
       ip.expires_at, ip.item_id, ip.position, COALESCE(ip.rendition_id, 0)
FROM item_photo ip JOIN photo p ON p.id = ip.photo_id
WHERE ip.photo_id = $1;

-- name: RENDITION_BY_DIGEST   in: digest   rows: 0..1
SELECT id, made_at FROM rendition WHERE digest = $1;

-- name: RENDITION_SUM   in: digest   rows: 0..1
SELECT sum FROM rendition WHERE digest = $1;

-- name: RENDITION_ADD   in: photo_id digest sum now   rows: 1
INSERT INTO rendition (photo_id, digest, sum, made_at)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS BIGINT))
RETURNING id;

-- name: RENDITION_SET_MADE   in: now sum id   rows: 0
UPDATE rendition SET made_at = $1, sum = $2 WHERE id = $3;

-- name: RENDITION_OF_PHOTO   in: photo_id   rows: 0..1
SELECT COALESCE(rendition_id, 0) FROM photo WHERE id = $1;

-- name: RENDITION_SET_PHOTO   in: rendition_id photo_id   rows: 0
UPDATE photo SET rendition_id = $1 WHERE id = $2;

-- name: RENDITION_SET_USE   in: rendition_id item_id position   rows: 0
UPDATE item_photo SET rendition_id = $1 WHERE item_id = $2 AND position = $3;

-- name: RENDITION_REVIVE   in: photo_id   rows: 0
-- What is given out again goes on.
UPDATE rendition SET retired_at = NULL
WHERE photo_id = $1 AND retired_at IS NOT NULL
  AND (EXISTS (SELECT 1 FROM photo p WHERE p.id = $1 AND p.rendition_id = rendition.id)
       OR EXISTS (SELECT 1 FROM item_photo ip
                  WHERE ip.photo_id = $1 AND ip.rendition_id = rendition.id));

-- name: RENDITION_RETIRE   in: now photo_id   rows: 0
-- What nothing refers to any more.
UPDATE rendition SET retired_at = CAST($1 AS BIGINT)
WHERE photo_id = $2 AND retired_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM photo p WHERE p.id = $2 AND p.rendition_id = rendition.id)
  AND NOT EXISTS (SELECT 1 FROM item_photo ip
                  WHERE ip.photo_id = $2 AND ip.rendition_id = rendition.id);

-- name: RENDITION_RETIRED   in: before limit   rows: many
SELECT id, photo_id, digest FROM rendition
WHERE retired_at IS NOT NULL AND retired_at <= $1 ORDER BY retired_at LIMIT $2;

-- name: RENDITION_DROP   in: id before   rows: 0..1
DELETE FROM rendition WHERE id = $1 AND retired_at IS NOT NULL AND retired_at <= $2
RETURNING id;

-- name: RENDITION_FROM   in: after_id limit   rows: many
SELECT id, photo_id, digest FROM rendition
WHERE id > $1 AND retired_at IS NULL ORDER BY id LIMIT $2;

-- name: RENDITION_UNUSED   in: after_id limit   rows: many
-- A use that is gone took its pointer along.
SELECT r.id, r.photo_id, r.digest FROM rendition r
WHERE r.id > $1 AND r.retired_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM photo p
                  WHERE p.id = r.photo_id AND p.rendition_id = r.id)
  AND NOT EXISTS (SELECT 1 FROM item_photo ip
                  WHERE ip.photo_id = r.photo_id AND ip.rendition_id = r.id)
ORDER BY r.id LIMIT $2;
