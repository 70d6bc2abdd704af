-- Every listing walks an index in the order shown and stops at its limit, so that the
-- oldest page costs what the first one costs. from and to bound the time (a month, a
-- year, or everything); when and tie are the cursor.

-- name: LISTING_BEFORE   in: now lang when tie from limit   rows: many
SELECT i.id, i.section_id, i.lang, i.slug, i.title, i.lead, i.published_at, i.is_date_only,
       i.tie, p.sha256, p.ext, p.width_px, p.height_px, ip.credit,
       CASE WHEN ip.has_photo_credit = 1 AND ip.credit_url = '' THEN p.credit_url
            ELSE ip.credit_url END,
       CASE WHEN ip.caption = '' AND ip.has_no_caption = 0 THEN p.caption
            ELSE ip.caption END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.alt ELSE ip.alt END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.is_decorative
            ELSE ip.is_decorative END,
       CASE WHEN ip.source_type = '' THEN p.source_type ELSE ip.source_type END, r.digest
FROM item i
LEFT JOIN item_photo ip ON ip.item_id = i.id AND ip.position = 1 AND ip.expires_at > $1
LEFT JOIN photo p ON p.id = ip.photo_id
LEFT JOIN rendition r ON r.id = COALESCE(ip.rendition_id, p.rendition_id)
WHERE i.lang = $2 AND (i.published_at, i.tie) < ($3, $4) AND i.published_at >= $5
  AND i.visible_from <= $1 AND i.visible_until > $1
ORDER BY i.published_at DESC, i.tie DESC LIMIT $6;

-- name: LISTING_AFTER   in: now lang when tie to limit   rows: many
SELECT i.id, i.section_id, i.lang, i.slug, i.title, i.lead, i.published_at, i.is_date_only,
       i.tie, p.sha256, p.ext, p.width_px, p.height_px, ip.credit,
       CASE WHEN ip.has_photo_credit = 1 AND ip.credit_url = '' THEN p.credit_url
            ELSE ip.credit_url END,
       CASE WHEN ip.caption = '' AND ip.has_no_caption = 0 THEN p.caption
            ELSE ip.caption END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.alt ELSE ip.alt END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.is_decorative
            ELSE ip.is_decorative END,
       CASE WHEN ip.source_type = '' THEN p.source_type ELSE ip.source_type END, r.digest
FROM item i
LEFT JOIN item_photo ip ON ip.item_id = i.id AND ip.position = 1 AND ip.expires_at > $1
LEFT JOIN photo p ON p.id = ip.photo_id
LEFT JOIN rendition r ON r.id = COALESCE(ip.rendition_id, p.rendition_id)
WHERE i.lang = $2 AND (i.published_at, i.tie) > ($3, $4) AND i.published_at <= $5
  AND i.visible_from <= $1 AND i.visible_until > $1
ORDER BY i.published_at, i.tie LIMIT $6;

-- name: LISTING_SECTION_BEFORE   in: now section_id lang when tie from limit   rows: many
SELECT i.id, i.section_id, i.lang, i.slug, i.title, i.lead, i.published_at, i.is_date_only,
       i.tie, p.sha256, p.ext, p.width_px, p.height_px, ip.credit,
       CASE WHEN ip.has_photo_credit = 1 AND ip.credit_url = '' THEN p.credit_url
            ELSE ip.credit_url END,
       CASE WHEN ip.caption = '' AND ip.has_no_caption = 0 THEN p.caption
            ELSE ip.caption END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.alt ELSE ip.alt END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.is_decorative
            ELSE ip.is_decorative END,
       CASE WHEN ip.source_type = '' THEN p.source_type ELSE ip.source_type END, r.digest
FROM item i
LEFT JOIN item_photo ip ON ip.item_id = i.id AND ip.position = 1 AND ip.expires_at > $1
LEFT JOIN photo p ON p.id = ip.photo_id
LEFT JOIN rendition r ON r.id = COALESCE(ip.rendition_id, p.rendition_id)
WHERE i.section_id = $2 AND i.lang = $3 AND (i.published_at, i.tie) < ($4, $5)
  AND i.published_at >= $6 AND i.visible_from <= $1 AND i.visible_until > $1
ORDER BY i.published_at DESC, i.tie DESC LIMIT $7;

-- name: LISTING_SECTION_AFTER   in: now section_id lang when tie to limit   rows: many
SELECT i.id, i.section_id, i.lang, i.slug, i.title, i.lead, i.published_at, i.is_date_only,
       i.tie, p.sha256, p.ext, p.width_px, p.height_px, ip.credit,
       CASE WHEN ip.has_photo_credit = 1 AND ip.credit_url = '' THEN p.credit_url
            ELSE ip.credit_url END,
       CASE WHEN ip.caption = '' AND ip.has_no_caption = 0 THEN p.caption
            ELSE ip.caption END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.alt ELSE ip.alt END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.is_decorative
            ELSE ip.is_decorative END,
       CASE WHEN ip.source_type = '' THEN p.source_type ELSE ip.source_type END, r.digest
FROM item i
LEFT JOIN item_photo ip ON ip.item_id = i.id AND ip.position = 1 AND ip.expires_at > $1
LEFT JOIN photo p ON p.id = ip.photo_id
LEFT JOIN rendition r ON r.id = COALESCE(ip.rendition_id, p.rendition_id)
WHERE i.section_id = $2 AND i.lang = $3 AND (i.published_at, i.tie) > ($4, $5)
  AND i.published_at <= $6 AND i.visible_from <= $1 AND i.visible_until > $1
ORDER BY i.published_at, i.tie LIMIT $7;

-- name: LISTING_PINNED   in: now lang limit   rows: many
SELECT i.id, i.section_id, i.lang, i.slug, i.title, i.lead, i.published_at, i.is_date_only,
       i.tie, p.sha256, p.ext, p.width_px, p.height_px, ip.credit,
       CASE WHEN ip.has_photo_credit = 1 AND ip.credit_url = '' THEN p.credit_url
            ELSE ip.credit_url END,
       CASE WHEN ip.caption = '' AND ip.has_no_caption = 0 THEN p.caption
            ELSE ip.caption END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.alt ELSE ip.alt END,
       CASE WHEN ip.alt = '' AND ip.is_decorative = 0 THEN p.is_decorative
            ELSE ip.is_decorative END,
       CASE WHEN ip.source_type = '' THEN p.source_type ELSE ip.source_type END, r.digest
FROM item i
LEFT JOIN item_photo ip ON ip.item_id = i.id AND ip.position = 1 AND ip.expires_at > $1
LEFT JOIN photo p ON p.id = ip.photo_id
LEFT JOIN rendition r ON r.id = COALESCE(ip.rendition_id, p.rendition_id)
WHERE i.lang = $2 AND i.pinned_until IS NOT NULL AND i.pinned_until > $1
  AND i.visible_from <= $1 AND i.visible_until > $1
ORDER BY i.published_at DESC, i.tie DESC LIMIT $3;

-- name: LISTING_COUNT_AFTER   in: section_id lang when tie now limit   rows: 1
-- How many visible items of a section are newer than a cursor, counted up to limit.
SELECT COUNT(*) FROM (
    SELECT 1 FROM item i
    WHERE i.section_id = $1 AND i.lang = $2 AND (i.published_at, i.tie) > ($3, $4)
      AND i.published_at <= $5 AND i.visible_from <= $5 AND i.visible_until > $5
    LIMIT $6) AS newer;

-- name: LISTING_TIME_BEFORE   in: lang before now   rows: 0..1
-- The newest visible item before a time; the archive hops from year to year with it.
SELECT published_at FROM item
WHERE lang = $1 AND published_at < $2 AND visible_from <= $3 AND visible_until > $3
ORDER BY published_at DESC LIMIT 1;
