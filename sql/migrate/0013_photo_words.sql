-- 0013_photo_words.sql - finding photos in the library: by words, by when they were taken,
-- by what is still to be done with them.
--
-- Additive: a program of the step before goes on reading and writing. The words of photos
-- that it adds are put in order by `byline check`.

-- What is said of each photo. rowid is photo.id, so that a walk down the rowids is the
-- library, newest first. The letter ё is kept as е.
CREATE VIRTUAL TABLE photo_words USING fts5 (
    credit, creator, caption, others, tokenize = 'unicode61 remove_diacritics 2',
    columnsize = 0);

INSERT INTO photo_words (rowid, credit, creator, caption, others)
SELECT id, replace(replace(credit, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(creator, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(caption || ' ' || headline, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(alt || ' ' || organisation || ' ' || copyright || ' ' || source ||
                       ' ' || file_name, 'ё', 'е'), 'Ё', 'Е')
FROM photo;

-- What an approved text used already, somebody has looked at.
UPDATE photo SET confirmed_at = 0 WHERE id IN (SELECT photo_id FROM item_photo);

CREATE INDEX photo_taken ON photo (taken_at) WHERE taken_at <> '';
CREATE INDEX photo_to_confirm ON photo (id) WHERE confirmed_at IS NULL;
CREATE INDEX photo_without_credit ON photo (id) WHERE credit = '';
CREATE INDEX photo_withdrawn ON photo (withdrawn_at) WHERE withdrawn_at IS NOT NULL;
