-- The photo library: a line for each photo, along one index each, from a place on and
-- back (_UP). Newest first, but for what ends: soonest first.

-- name: LIBRARY_ONE   in: id   rows: 0..1
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p WHERE p.id = $1;

-- name: LIBRARY_ALL   in: before limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p WHERE p.id < $1 ORDER BY p.id DESC LIMIT $2;

-- name: LIBRARY_ALL_UP   in: after limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p WHERE p.id > $1 ORDER BY p.id LIMIT $2;

-- name: LIBRARY_TO_CONFIRM   in: before limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p WHERE p.confirmed_at IS NULL AND p.id < $1 ORDER BY p.id DESC LIMIT $2;

-- name: LIBRARY_TO_CONFIRM_UP   in: after limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p WHERE p.confirmed_at IS NULL AND p.id > $1 ORDER BY p.id LIMIT $2;

-- name: LIBRARY_WITHOUT_CREDIT   in: before limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p WHERE p.credit = '' AND p.id < $1 ORDER BY p.id DESC LIMIT $2;

-- name: LIBRARY_WITHOUT_CREDIT_UP   in: after limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p WHERE p.credit = '' AND p.id > $1 ORDER BY p.id LIMIT $2;

-- name: LIBRARY_UNUSED   in: before limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p WHERE p.is_used = 0 AND p.id < $1 ORDER BY p.id DESC LIMIT $2;

-- name: LIBRARY_UNUSED_UP   in: after limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p WHERE p.is_used = 0 AND p.id > $1 ORDER BY p.id LIMIT $2;

-- name: LIBRARY_WITHDRAWN   in: when before limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p
WHERE p.withdrawn_at IS NOT NULL AND (p.withdrawn_at, p.id) < ($1, $2)
ORDER BY p.withdrawn_at DESC, p.id DESC LIMIT $3;

-- name: LIBRARY_WITHDRAWN_UP   in: when after limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p
WHERE p.withdrawn_at IS NOT NULL AND (p.withdrawn_at, p.id) > ($1, $2)
ORDER BY p.withdrawn_at, p.id LIMIT $3;

-- name: LIBRARY_ENDING   in: when after limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p
WHERE p.expires_at < 253402300800 AND (p.expires_at, p.id) > ($1, $2)
ORDER BY p.expires_at, p.id LIMIT $3;

-- name: LIBRARY_ENDING_UP   in: when before limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p
WHERE p.expires_at < 253402300800 AND (p.expires_at, p.id) < ($1, $2)
ORDER BY p.expires_at DESC, p.id DESC LIMIT $3;

-- name: LIBRARY_TAKEN   in: since taken before limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p
WHERE p.taken_at <> '' AND p.taken_at >= $1 AND (p.taken_at, p.id) < ($2, $3)
ORDER BY p.taken_at DESC, p.id DESC LIMIT $4;

-- name: LIBRARY_TAKEN_UP   in: until taken after limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo p
WHERE p.taken_at <> '' AND p.taken_at < $1 AND (p.taken_at, p.id) > ($2, $3)
ORDER BY p.taken_at, p.id LIMIT $4;

-- name: LIBRARY_LEAVING   in: after until limit   rows: many
-- Photos that are to be gone from an item that is out or still to come.
SELECT ip.photo_id, p.caption, p.headline, p.file_name, ip.item_id, i.title, ip.expires_at
FROM item_photo ip
JOIN photo p ON p.id = ip.photo_id
JOIN item i ON i.id = ip.item_id
WHERE ip.expires_at < 253402300800 AND ip.expires_at > $1 AND ip.expires_at < $2
  AND i.visible_until > ip.expires_at
ORDER BY ip.expires_at LIMIT $3;
