-- Words of photos: SQLite's FTS5, so not for PostgreSQL as it stands.

-- name: PHOTO_WORDS_DROP   in: photo_id   rows: 0
DELETE FROM photo_words WHERE rowid = $1;

-- name: PHOTO_WORDS_ADD   in: photo_id   rows: 0
-- Behind what changed the photo.
INSERT INTO photo_words (rowid, credit, creator, caption, others)
SELECT id, replace(replace(credit, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(creator, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(caption || ' ' || headline, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(alt || ' ' || organisation || ' ' || copyright || ' ' || source ||
                       ' ' || file_name, 'ё', 'е'), 'Ё', 'Е')
FROM photo WHERE id = $1;

-- name: PHOTO_WORDS_FILL   in: -   rows: 0   slow: only `byline check` asks, to mend what an older program left out
INSERT INTO photo_words (rowid, credit, creator, caption, others)
SELECT id, replace(replace(credit, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(creator, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(caption || ' ' || headline, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(alt || ' ' || organisation || ' ' || copyright || ' ' || source ||
                       ' ' || file_name, 'ё', 'е'), 'Ё', 'Е')
FROM photo p WHERE NOT EXISTS (SELECT 1 FROM photo_words w WHERE w.rowid = p.id);

-- name: PHOTO_WORDS_REBUILD   in: -   rows: 0
INSERT INTO photo_words (photo_words) VALUES ('rebuild');

-- name: PHOTO_WORDS_LIST   in: match before limit   rows: many
SELECT p.id, p.sha256, p.ext, p.width_px, p.height_px, p.credit, p.creator, p.caption,
       p.headline, p.file_name, p.taken_at, p.focal, p.added_at, p.expires_at,
       p.withdrawn_at, p.confirmed_at, p.rendition_id IS NOT NULL,
       EXISTS (SELECT 1 FROM photo_use u WHERE u.photo_id = p.id)
FROM photo_words w CROSS JOIN photo p ON p.id = w.rowid
WHERE w.photo_words MATCH $1 AND w.rowid < $2
ORDER BY w.rowid DESC LIMIT $3;
