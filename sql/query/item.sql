-- name: ITEM_BY_SLUG   in: section_id lang slug   rows: 0..1
-- What an article page needs, visible or not: the caller decides by the two times.
SELECT i.id, i.public_id, i.group_key, i.section_id, i.lang, i.slug, i.title, i.lead,
       i.published_at, i.is_date_only, i.tie, i.visible_from, i.visible_until,
       i.updated_at, i.withdrawn_at, i.withdrawn_reason, i.photo_credit,
       t.body_format, t.body_html
FROM item i JOIN item_text t ON t.item_id = i.id
WHERE i.section_id = $1 AND i.lang = $2 AND i.slug = $3;

-- name: ITEM_TRANSLATIONS   in: group now   rows: many
SELECT lang, section_id, slug FROM item
WHERE group_key = $1 AND visible_from <= $2 AND visible_until > $2;

-- name: ITEM_BY_REDIRECT   in: address   rows: 0..1
SELECT i.id, i.section_id, i.lang, i.slug, i.visible_from, i.visible_until
FROM redirect r JOIN item i ON i.id = r.item_id WHERE r.address = $1;

-- name: ITEM_BY_PUBLIC_ID   in: public_id   rows: 0..1
SELECT id FROM item WHERE public_id = $1;

-- name: ITEM_PUBLIC_ID   in: id   rows: 0..1
SELECT public_id FROM item WHERE id = $1;

-- name: ITEM_ID_BY_SLUG   in: section_id lang slug   rows: 0..1
SELECT id FROM item WHERE section_id = $1 AND lang = $2 AND slug = $3;

-- name: ITEM_ID_BY_TITLE   in: section_id lang published_at title   rows: many
SELECT id FROM item
WHERE section_id = $1 AND lang = $2 AND published_at = $3 AND title = $4;

-- name: ITEM_DRAFTS_BY_TITLE   in: section_id lang title limit   rows: many
SELECT id FROM item
WHERE section_id = $1 AND lang = $2 AND published_at IS NULL AND title = $3
LIMIT $4;

-- name: ITEM_WHOLE   in: id   rows: 0..1
SELECT i.id, i.public_id, i.group_key, i.section_id, i.lang, i.slug, i.title, i.lead,
       i.published_at, i.is_date_only, i.updated_at, i.embargo_until, i.expires_at,
       i.pinned_until, i.withdrawn_at, i.withdrawn_reason, i.photo_credit,
       i.has_source_id, t.body_format, t.body, t.body_html
FROM item i JOIN item_text t ON t.item_id = i.id WHERE i.id = $1;

-- name: ITEM_IDS_FROM   in: after_id limit   rows: many
SELECT id FROM item WHERE id > $1 ORDER BY id LIMIT $2;

-- name: ITEM_NEWEST   in: before_id limit   rows: many
-- The operator's list: the newest made first, whatever their state.
SELECT i.id, i.public_id, i.section_id, i.lang, i.slug, i.title, i.published_at,
       i.is_date_only, i.visible_from, i.visible_until, i.withdrawn_at
FROM item i WHERE i.id < $1 ORDER BY i.id DESC LIMIT $2;

-- name: ITEM_ADD   in: section_id lang slug published_at tie is_date_only visible_from visible_until title lead public_id group updated_at embargo expires pinned withdrawn reason credit has_source_id   rows: 1
INSERT INTO item (section_id, lang, slug, published_at, tie, is_date_only, visible_from,
                  visible_until, title, lead, public_id, group_key, updated_at,
                  embargo_until, expires_at, pinned_until, withdrawn_at,
                  withdrawn_reason, photo_credit, has_source_id)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS BIGINT),
        CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS BIGINT), CAST($8 AS BIGINT),
        CAST($9 AS TEXT), CAST($10 AS TEXT), CAST($11 AS TEXT), CAST($12 AS TEXT),
        CAST($13 AS BIGINT), CAST($14 AS BIGINT), CAST($15 AS BIGINT),
        CAST($16 AS BIGINT), CAST($17 AS BIGINT), CAST($18 AS TEXT), CAST($19 AS TEXT),
        CAST($20 AS BIGINT))
RETURNING id;

-- name: ITEM_SET   in: section_id lang slug published_at tie is_date_only visible_from visible_until title lead public_id group updated_at embargo expires pinned withdrawn reason credit has_source_id id   rows: 0
UPDATE item SET section_id = $1, lang = $2, slug = $3, published_at = $4, tie = $5,
       is_date_only = $6, visible_from = $7, visible_until = $8, title = $9, lead = $10,
       public_id = $11, group_key = $12, updated_at = $13, embargo_until = $14,
       expires_at = $15, pinned_until = $16, withdrawn_at = $17, withdrawn_reason = $18,
       photo_credit = $19, has_source_id = $20
WHERE id = $21;

-- name: ITEM_ADD_TEXT   in: item_id body_format body body_html   rows: 0
INSERT INTO item_text (item_id, body_format, body, body_html)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT));

-- name: ITEM_SET_TEXT   in: body_format body body_html item_id   rows: 0
UPDATE item_text SET body_format = $1, body = $2, body_html = $3 WHERE item_id = $4;

-- name: ITEM_SET_GROUP   in: group id   rows: 0
UPDATE item SET group_key = $1 WHERE id = $2;

-- name: ITEM_IN_GROUP   in: group lang but_id   rows: 0..1
SELECT public_id FROM item
WHERE group_key = $1 AND lang = $2 AND id <> $3 LIMIT 1;
