-- An item with all that hangs on it, which no visitor ever saw.

-- name: REMOVE_WHICH   in: until limit   rows: many
-- Discarded before then and never approved. The newest item stays until there is another
-- one, so that its number, by which open windows know it, is not given again.
SELECT d.item_id, i.public_id FROM desk d JOIN item i ON i.id = d.item_id
WHERE d.state = 'discarded' AND d.changed_at <= $1 AND i.published_at IS NULL
  AND d.item_id < (SELECT MAX(n.id) FROM item n)
  AND NOT EXISTS (SELECT 1 FROM revision r
                  WHERE r.item_id = d.item_id AND r.state = 'approved')
ORDER BY d.changed_at, d.item_id LIMIT $2;

-- name: REMOVE_REVISIONS   in: item_id   rows: 0
DELETE FROM revision WHERE item_id = $1;

-- name: REMOVE_HEAD   in: item_id   rows: 0
DELETE FROM revision_head WHERE item_id = $1;

-- name: REMOVE_DESK   in: item_id   rows: 0
DELETE FROM desk WHERE item_id = $1;

-- name: REMOVE_TEXT   in: item_id   rows: 0
DELETE FROM item_text WHERE item_id = $1;

-- name: REMOVE_ADDRESSES   in: item_id   rows: 0
DELETE FROM redirect WHERE item_id = $1;

-- name: REMOVE_COMMENTS   in: item_id   rows: 0
DELETE FROM comment WHERE item_id = $1;

-- name: REMOVE_WORKING   in: item_id   rows: 0
DELETE FROM working_copy WHERE item_id = $1;

-- name: REMOVE_OPENINGS   in: item_id   rows: 0
DELETE FROM preview_opening WHERE item_id = $1;

-- name: REMOVE_PREVIEWS   in: item_id   rows: 0
DELETE FROM preview_link WHERE item_id = $1;

-- name: REMOVE_ITEM   in: item_id   rows: 0
DELETE FROM item WHERE id = $1;
