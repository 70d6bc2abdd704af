-- name: PHOTO_OF_ITEM   in: item_id   rows: many
SELECT p.sha256, p.ext, p.width_px, p.height_px, p.bytes, ip.credit, ip.has_own_credit,
       ip.credit_url, ip.caption, ip.alt, ip.is_decorative, ip.creator, ip.licence,
       ip.usage_terms, ip.focal, ip.expires_at, ip.position
FROM item_photo ip JOIN photo p ON p.id = ip.photo_id
WHERE ip.item_id = $1 ORDER BY ip.position;

-- name: PHOTO_BY_SHA256   in: sha256   rows: 0..1
SELECT id, ext, width_px, height_px, bytes FROM photo WHERE sha256 = $1;

-- name: PHOTO_ADD   in: sha256 ext width height bytes   rows: 1
INSERT INTO photo (sha256, ext, width_px, height_px, bytes)
VALUES (CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS BIGINT),
        CAST($5 AS BIGINT))
RETURNING id;

-- name: PHOTO_ADD_TO_ITEM   in: item_id position photo_id credit own credit_url caption alt decorative creator licence usage focal expires   rows: 0
INSERT INTO item_photo (item_id, position, photo_id, credit, has_own_credit, credit_url,
                        caption, alt, is_decorative, creator, licence, usage_terms, focal,
                        expires_at)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS TEXT),
        CAST($5 AS BIGINT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT),
        CAST($9 AS BIGINT), CAST($10 AS TEXT), CAST($11 AS TEXT), CAST($12 AS TEXT),
        CAST($13 AS TEXT), CAST($14 AS BIGINT));

-- name: PHOTO_DROP_FROM_ITEM   in: item_id   rows: 0
DELETE FROM item_photo WHERE item_id = $1;

-- name: PHOTO_IS_SHOWN   in: sha256 ext now   rows: 1
-- Does some visible item use this file now?
SELECT EXISTS (
    SELECT 1 FROM photo p
    JOIN item_photo ip ON ip.photo_id = p.id
    JOIN item i ON i.id = ip.item_id
    WHERE p.sha256 = $1 AND p.ext = $2 AND ip.expires_at > $3
      AND i.visible_from <= $3 AND i.visible_until > $3);

-- name: PHOTO_FROM   in: after_id limit   rows: many
SELECT id, sha256, ext, bytes FROM photo WHERE id > $1 ORDER BY id LIMIT $2;
