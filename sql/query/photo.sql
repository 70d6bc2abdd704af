-- Texts come in the order of model/photo.def.

-- name: PHOTO_OF_ITEM   in: item_id   rows: many
-- The photos of an approved text as they are shown: what a use leaves empty follows its
-- photo. photo_follow of model/photo.c says the same.
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
       ip.expires_at, r.digest,
       CASE WHEN ip.has_own_credit = 1 OR ip.has_photo_credit = 1 THEN 1 ELSE 0 END,
       ip.has_no_caption
FROM item_photo ip JOIN photo p ON p.id = ip.photo_id
LEFT JOIN rendition r ON r.id = COALESCE(ip.rendition_id, p.rendition_id)
WHERE ip.item_id = $1 ORDER BY ip.position;

-- name: PHOTO_BY_SHA256   in: sha256   rows: 0..1
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.bytes, p.credit, p.credit_url,
       p.organisation, p.creator, p.copyright, p.licence, p.licence_url, p.acquire_url,
       p.usage_terms, p.caption, p.headline, p.source, p.taken_at, p.source_type,
       p.alt, p.is_decorative, p.focal, p.expires_at, p.found, p.file_name, p.added_by,
       p.added_at, p.person_id, p.confirmed_at, p.withdrawn_at, p.withdrawn_reason,
       p.version, r.digest
FROM photo p LEFT JOIN rendition r ON r.id = p.rendition_id WHERE p.sha256 = $1;

-- name: PHOTO_BY_ID   in: id   rows: 0..1
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.bytes, p.credit, p.credit_url,
       p.organisation, p.creator, p.copyright, p.licence, p.licence_url, p.acquire_url,
       p.usage_terms, p.caption, p.headline, p.source, p.taken_at, p.source_type,
       p.alt, p.is_decorative, p.focal, p.expires_at, p.found, p.file_name, p.added_by,
       p.added_at, p.person_id, p.confirmed_at, p.withdrawn_at, p.withdrawn_reason,
       p.version, r.digest
FROM photo p LEFT JOIN rendition r ON r.id = p.rendition_id WHERE p.id = $1;

-- name: PHOTO_BEFORE   in: photo_id   rows: 0..1
SELECT credit, credit_url, creator, licence, usage_terms, caption, alt, is_decorative, focal
FROM photo_before WHERE photo_id = $1;

-- name: PHOTO_ADD   in: sha256 ext width_px height_px bytes credit credit_url organisation creator copyright licence licence_url acquire_url usage_terms caption headline source taken_at source_type alt is_decorative focal expires_at found file_name added_at person_id added_by confirmed_at   rows: 1
INSERT INTO photo (sha256, ext, width_px, height_px, bytes, credit, credit_url,
                   organisation, creator, copyright, licence, licence_url, acquire_url,
                   usage_terms, caption, headline, source, taken_at, source_type, alt,
                   is_decorative, focal, expires_at, found, file_name, added_at,
                   person_id, added_by, confirmed_at)
VALUES (CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS BIGINT),
        CAST($5 AS BIGINT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT),
        CAST($9 AS TEXT), CAST($10 AS TEXT), CAST($11 AS TEXT), CAST($12 AS TEXT),
        CAST($13 AS TEXT), CAST($14 AS TEXT), CAST($15 AS TEXT), CAST($16 AS TEXT),
        CAST($17 AS TEXT), CAST($18 AS TEXT), CAST($19 AS TEXT), CAST($20 AS TEXT),
        CAST($21 AS BIGINT), CAST($22 AS TEXT), CAST($23 AS BIGINT), CAST($24 AS TEXT),
        CAST($25 AS TEXT), CAST($26 AS BIGINT), CAST($27 AS BIGINT), CAST($28 AS TEXT),
        CAST($29 AS BIGINT))
RETURNING id;

-- name: PHOTO_SET   in: credit credit_url organisation creator copyright licence licence_url acquire_url usage_terms caption headline source taken_at source_type alt is_decorative focal expires_at confirmed_at id   rows: 0
UPDATE photo SET credit = $1, credit_url = $2, organisation = $3, creator = $4, copyright = $5,
       licence = $6, licence_url = $7, acquire_url = $8, usage_terms = $9,
       caption = $10, headline = $11, source = $12, taken_at = $13, source_type = $14,
       alt = $15, is_decorative = $16, focal = $17, expires_at = $18,
       confirmed_at = $19, version = version + 1
WHERE id = $20;

-- name: PHOTO_SET_WITHDRAWN   in: withdrawn_at reason id   rows: 0
UPDATE photo SET withdrawn_at = $1, withdrawn_reason = $2, version = version + 1
WHERE id = $3;

-- name: PHOTO_SET_USES   in: credit end photo_id   rows: 0
-- What depends on the photo in each of its uses: the credit shown and the end of rights.
UPDATE item_photo
SET credit = CASE WHEN has_own_credit = 1 THEN credit WHEN CAST($1 AS TEXT) <> '' THEN $1
                  ELSE (SELECT i.photo_credit FROM item i WHERE i.id = item_id) END,
    has_photo_credit = CASE WHEN has_own_credit = 0 AND $1 <> '' THEN 1 ELSE 0 END,
    expires_at = CASE WHEN own_expires_at < CAST($2 AS BIGINT) THEN own_expires_at
                      ELSE $2 END
WHERE photo_id = $3;

-- name: PHOTO_ADD_TO_ITEM   in: item_id position photo_id credit credit_url organisation creator copyright licence licence_url acquire_url usage_terms caption headline source taken_at source_type alt is_decorative focal expires_at own_expires_at has_own_credit has_photo_credit rendition_id has_no_caption   rows: 0
INSERT INTO item_photo (item_id, position, photo_id, credit, credit_url, organisation,
                        creator, copyright, licence, licence_url, acquire_url,
                        usage_terms, caption, headline, source, taken_at, source_type,
                        alt, is_decorative, focal, expires_at, own_expires_at,
                        has_own_credit, has_photo_credit, rendition_id,
                        has_no_caption)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS TEXT),
        CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT),
        CAST($9 AS TEXT), CAST($10 AS TEXT), CAST($11 AS TEXT), CAST($12 AS TEXT),
        CAST($13 AS TEXT), CAST($14 AS TEXT), CAST($15 AS TEXT), CAST($16 AS TEXT),
        CAST($17 AS TEXT), CAST($18 AS TEXT), CAST($19 AS BIGINT), CAST($20 AS TEXT),
        CAST($21 AS BIGINT), CAST($22 AS BIGINT), CAST($23 AS BIGINT),
        CAST($24 AS BIGINT), CAST($25 AS BIGINT), CAST($26 AS BIGINT));

-- name: PHOTO_DROP_FROM_ITEM   in: item_id   rows: 0
DELETE FROM item_photo WHERE item_id = $1;

-- name: PHOTO_RENDITION   in: digest   rows: 0..1
SELECT id FROM rendition WHERE digest = $1 AND retired_at IS NULL;

-- name: PHOTO_USE_ADD   in: item_id sha256   rows: 0
INSERT INTO photo_use (item_id, photo_id)
SELECT CAST($1 AS BIGINT), p.id FROM photo p WHERE p.sha256 = $2
ON CONFLICT DO NOTHING;

-- name: PHOTO_USE_ADD_SHOWN   in: item_id   rows: 0
INSERT INTO photo_use (item_id, photo_id)
SELECT item_id, photo_id FROM item_photo WHERE item_id = $1
ON CONFLICT DO NOTHING;

-- name: PHOTO_USE_OF_ITEM   in: item_id   rows: many
SELECT photo_id FROM photo_use WHERE item_id = $1 ORDER BY photo_id;

-- name: PHOTO_SET_USED   in: photo_id   rows: 0..1
-- The photo, if this is something else than it was.
UPDATE photo
SET is_used = CASE WHEN EXISTS (SELECT 1 FROM photo_use u WHERE u.photo_id = $1) THEN 1
                   ELSE 0 END
WHERE id = $1
  AND is_used <> CASE WHEN EXISTS (SELECT 1 FROM photo_use u WHERE u.photo_id = $1) THEN 1
                      ELSE 0 END
RETURNING id;

-- name: PHOTO_MEND_USED   in: -   rows: 0   slow: only `byline check` asks, to mend what an older program wrote
UPDATE photo
SET is_used = CASE WHEN EXISTS (SELECT 1 FROM photo_use u WHERE u.photo_id = photo.id)
                   THEN 1 ELSE 0 END
WHERE is_used <> CASE WHEN EXISTS (SELECT 1 FROM photo_use u WHERE u.photo_id = photo.id)
                      THEN 1 ELSE 0 END;

-- name: PHOTO_USE_DROP   in: item_id   rows: 0
DELETE FROM photo_use WHERE item_id = $1;

-- name: PHOTO_USES   in: photo_id limit   rows: many
SELECT i.id, i.public_id, i.section_id, i.lang, i.slug, i.title, i.published_at,
       i.visible_from, i.visible_until, ip.position, ip.credit, ip.has_own_credit,
       ip.expires_at, d.author_id, d.state
FROM photo_use u JOIN item i ON i.id = u.item_id
LEFT JOIN desk d ON d.item_id = u.item_id
LEFT JOIN item_photo ip ON ip.item_id = u.item_id AND ip.photo_id = $1
WHERE u.photo_id = $1 ORDER BY u.item_id DESC LIMIT $2;

-- name: PHOTO_IS_SETTLED   in: photo_id   rows: 1
-- Does a text name the photo that is approved, out or not, or waits for review?
SELECT EXISTS (SELECT 1 FROM item_photo ip WHERE ip.photo_id = $1)
    OR EXISTS (SELECT 1 FROM photo_use u JOIN desk d ON d.item_id = u.item_id
               WHERE u.photo_id = $1 AND d.state = 'review');

-- name: PHOTO_IS_SHOWN   in: digest now since   rows: 1
-- Does some visible item show a photo by these files now? A use that has none of its own
-- yet shows the photo's. Retired ones stay for those who have the page open.
SELECT EXISTS (
    SELECT 1 FROM rendition r
    JOIN photo p ON p.id = r.photo_id
    JOIN item_photo ip ON ip.photo_id = r.photo_id
    JOIN item i ON i.id = ip.item_id
    WHERE r.digest = $1 AND ip.expires_at > $2
      AND i.visible_from <= $2 AND i.visible_until > $2
      AND (COALESCE(ip.rendition_id, p.rendition_id) = r.id OR r.retired_at > $3));

-- name: PHOTO_COUNT   in: -   rows: 1   slow: for a progress bar
SELECT COUNT(*) FROM photo;

-- name: PHOTO_FROM   in: after_id limit   rows: many
SELECT id, sha256, ext, bytes FROM photo WHERE id > $1 ORDER BY id LIMIT $2;
