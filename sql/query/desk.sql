-- name: DESK_SET   in: item_id section_id lang state changed_at tie author_id author title   rows: 0
-- Who made the item stays.
INSERT INTO desk (item_id, section_id, lang, state, changed_at, tie, author_id, author,
                  title)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT),
        CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS BIGINT), CAST($8 AS TEXT),
        CAST($9 AS TEXT))
ON CONFLICT (item_id) DO UPDATE SET section_id = EXCLUDED.section_id,
    lang = EXCLUDED.lang, state = EXCLUDED.state, changed_at = EXCLUDED.changed_at,
    tie = EXCLUDED.tie, title = EXCLUDED.title;

-- name: DESK_SET_STATE   in: state changed_at item_id   rows: 0
UPDATE desk SET state = $1, changed_at = $2 WHERE item_id = $3;

-- name: DESK_OF_ITEM   in: item_id   rows: 0..1
SELECT d.state, d.author_id, d.author, d.changed_at, COALESCE(t.source_id, 0),
       COALESCE(t.reflects, 0), t.stale_since
FROM desk d LEFT JOIN translation t ON t.item_id = d.item_id WHERE d.item_id = $1;

-- name: DESK_FILL   in: -   rows: 0   slow: only `byline check` asks, to mend what an older program left out
INSERT INTO desk (item_id, section_id, lang, state, changed_at, tie, author_id, author,
                  title)
SELECT i.id, i.section_id, i.lang, r.state, r.saved_at, i.tie, 0, f.saved_by, i.title
FROM item i
JOIN revision f ON f.item_id = i.id AND f.number = 1
JOIN revision r ON r.item_id = i.id
    AND r.number = (SELECT MAX(n.number) FROM revision n WHERE n.item_id = i.id)
WHERE NOT EXISTS (SELECT 1 FROM desk d WHERE d.item_id = i.id);

-- Lists of items are walked by one language and state at a time and merged, so three
-- indexes serve every combination of filters; _UP walks towards what is newer.

-- name: DESK_BY_LANG   in: lang state when tie limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM desk d JOIN item i ON i.id = d.item_id
WHERE d.lang = $1 AND d.state = $2
  AND (d.changed_at, d.tie) < ($3, $4)
ORDER BY d.changed_at DESC, d.tie DESC LIMIT $5;

-- name: DESK_BY_LANG_UP   in: lang state when tie limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM desk d JOIN item i ON i.id = d.item_id
WHERE d.lang = $1 AND d.state = $2
  AND (d.changed_at, d.tie) > ($3, $4)
ORDER BY d.changed_at, d.tie LIMIT $5;

-- name: DESK_BY_SECTION   in: section_id lang state when tie limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM desk d JOIN item i ON i.id = d.item_id
WHERE d.section_id = $1 AND d.lang = $2 AND d.state = $3
  AND (d.changed_at, d.tie) < ($4, $5)
ORDER BY d.changed_at DESC, d.tie DESC LIMIT $6;

-- name: DESK_BY_SECTION_UP   in: section_id lang state when tie limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM desk d JOIN item i ON i.id = d.item_id
WHERE d.section_id = $1 AND d.lang = $2 AND d.state = $3
  AND (d.changed_at, d.tie) > ($4, $5)
ORDER BY d.changed_at, d.tie LIMIT $6;

-- name: DESK_BY_AUTHOR   in: author_id lang state when tie limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM desk d JOIN item i ON i.id = d.item_id
WHERE d.author_id = $1 AND d.lang = $2 AND d.state = $3
  AND (d.changed_at, d.tie) < ($4, $5)
ORDER BY d.changed_at DESC, d.tie DESC LIMIT $6;

-- name: DESK_BY_AUTHOR_UP   in: author_id lang state when tie limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM desk d JOIN item i ON i.id = d.item_id
WHERE d.author_id = $1 AND d.lang = $2 AND d.state = $3
  AND (d.changed_at, d.tie) > ($4, $5)
ORDER BY d.changed_at, d.tie LIMIT $6;

-- By the publish time of what is approved, within from and to; by the time it goes out;
-- by when it was withdrawn.

-- name: DESK_BY_TIME   in: lang when tie from limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM item i JOIN desk d ON d.item_id = i.id
WHERE i.lang = $1 AND (i.published_at, i.tie) < ($2, $3)
  AND i.published_at >= $4
ORDER BY i.published_at DESC, i.tie DESC LIMIT $5;

-- name: DESK_BY_TIME_UP   in: lang when tie to limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM item i JOIN desk d ON d.item_id = i.id
WHERE i.lang = $1 AND (i.published_at, i.tie) > ($2, $3)
  AND i.published_at < $4
ORDER BY i.published_at, i.tie LIMIT $5;

-- name: DESK_BY_SECTION_TIME   in: section_id lang when tie from limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM item i JOIN desk d ON d.item_id = i.id
WHERE i.section_id = $1 AND i.lang = $2 AND (i.published_at, i.tie) < ($3, $4)
  AND i.published_at >= $5
ORDER BY i.published_at DESC, i.tie DESC LIMIT $6;

-- name: DESK_BY_SECTION_TIME_UP   in: section_id lang when tie to limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM item i JOIN desk d ON d.item_id = i.id
WHERE i.section_id = $1 AND i.lang = $2 AND (i.published_at, i.tie) > ($3, $4)
  AND i.published_at < $5
ORDER BY i.published_at, i.tie LIMIT $6;

-- name: DESK_BY_GOES_OUT   in: when tie limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM item i JOIN desk d ON d.item_id = i.id
WHERE i.published_at IS NOT NULL AND (i.visible_from, i.tie) < ($1, $2)
ORDER BY i.visible_from DESC, i.tie DESC LIMIT $3;

-- name: DESK_BY_GOES_OUT_UP   in: when tie limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM item i JOIN desk d ON d.item_id = i.id
WHERE i.published_at IS NOT NULL AND (i.visible_from, i.tie) > ($1, $2)
ORDER BY i.visible_from, i.tie LIMIT $3;

-- name: DESK_BY_WITHDRAWN   in: when tie limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM item i JOIN desk d ON d.item_id = i.id
WHERE i.withdrawn_at IS NOT NULL AND (i.withdrawn_at, i.tie) < ($1, $2)
ORDER BY i.withdrawn_at DESC, i.tie DESC LIMIT $3;

-- name: DESK_BY_WITHDRAWN_UP   in: when tie limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM item i JOIN desk d ON d.item_id = i.id
WHERE i.withdrawn_at IS NOT NULL AND (i.withdrawn_at, i.tie) > ($1, $2)
ORDER BY i.withdrawn_at, i.tie LIMIT $3;

-- name: DESK_BY_ENDS_UP   in: when item_id limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at,
       (SELECT t.stale_since FROM translation t WHERE t.item_id = d.item_id)
FROM item i JOIN desk d ON d.item_id = i.id
WHERE i.visible_until < 253402300800 AND (i.visible_until, i.id) > ($1, $2)
ORDER BY i.visible_until, i.id LIMIT $3;

-- name: DESK_BY_STALE   in: when item_id limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at, t.stale_since
FROM translation t JOIN item i ON i.id = t.item_id JOIN desk d ON d.item_id = i.id
WHERE t.stale_since IS NOT NULL AND (t.stale_since, t.item_id) < ($1, $2)
ORDER BY t.stale_since DESC, t.item_id DESC LIMIT $3;

-- name: DESK_BY_STALE_UP   in: when item_id limit   rows: many
SELECT d.item_id, i.public_id, d.section_id, d.lang, d.state, d.changed_at, d.tie,
       d.author_id, d.author, d.title, i.slug, i.published_at, i.is_date_only,
       i.visible_from, i.visible_until, i.withdrawn_at, t.stale_since
FROM translation t JOIN item i ON i.id = t.item_id JOIN desk d ON d.item_id = i.id
WHERE t.stale_since IS NOT NULL AND (t.stale_since, t.item_id) > ($1, $2)
ORDER BY t.stale_since, t.item_id LIMIT $3;
