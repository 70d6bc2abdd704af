-- Words of photos: SQLite's FTS5, so not for PostgreSQL as it stands.

-- name: PHOTO_WORDS_DROP   in: photo_id   rows: 0
DELETE FROM photo_words WHERE rowid = $1;

-- name: PHOTO_WORDS_ADD   in: photo_id   rows: 0
-- Behind what changed the photo.
INSERT INTO photo_words (rowid, credit, creator, caption, others, marks)
SELECT id, credit, creator, caption, others, marks FROM photo_text WHERE id = $1;

-- name: PHOTO_WORDS_DROP_STALE   in: -   rows: 0   slow: only `byline check` asks, to mend what an older program wrote
DELETE FROM photo_words WHERE rowid IN (
    SELECT t.id FROM photo_text t JOIN photo_words w ON w.rowid = t.id
    WHERE w.marks IS NULL OR w.marks <> t.marks);

-- name: PHOTO_WORDS_FILL   in: -   rows: 0   slow: likewise, what an older program left out
INSERT INTO photo_words (rowid, credit, creator, caption, others, marks)
SELECT t.id, t.credit, t.creator, t.caption, t.others, t.marks
FROM photo_text t WHERE NOT EXISTS (SELECT 1 FROM photo_words w WHERE w.rowid = t.id);

-- name: PHOTO_WORDS_REBUILD   in: -   rows: 0
INSERT INTO photo_words (photo_words) VALUES ('rebuild');

-- name: PHOTO_WORDS_LIST   in: match before limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo_words w CROSS JOIN photo p ON p.id = w.rowid
WHERE w.photo_words MATCH $1 AND w.rowid < $2
ORDER BY w.rowid DESC LIMIT $3;

-- name: PHOTO_WORDS_LIST_UP   in: match after limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL, p.is_used
FROM photo_words w CROSS JOIN photo p ON p.id = w.rowid
WHERE w.photo_words MATCH $1 AND w.rowid > $2
ORDER BY w.rowid LIMIT $3;
