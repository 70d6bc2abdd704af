-- 0016_photo_marks_words.sql - several things asked of photos at once: words, when they were
-- taken, what is still to be done with them. Every photo has marks among its words, and
-- what is asked is looked up there together, however few have it all.
--
-- Additive: a program of the step before goes on reading and writing. What it writes has no
-- marks until `byline check`.

-- What is said of each photo, as it is looked for; the letter ё as е. A mark for each state,
-- and for the decade, year, month and day it was taken on; of one that knows no more
-- than its year or month, that is also its day.
CREATE VIEW photo_text (id, credit, creator, caption, others, marks) AS
SELECT id, replace(replace(credit, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(creator, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(caption || ' ' || headline, 'ё', 'е'), 'Ё', 'Е'),
       replace(replace(alt || ' ' || organisation || ' ' || copyright || ' ' || source ||
                       ' ' || file_name, 'ё', 'е'), 'Ё', 'Е'),
       CASE WHEN confirmed_at IS NULL THEN 'toconfirm ' ELSE '' END ||
       CASE WHEN credit = '' THEN 'withoutcredit ' ELSE '' END ||
       CASE WHEN is_used = 0 THEN 'unused ' ELSE '' END ||
       CASE WHEN expires_at < 253402300800 THEN 'ends ' ELSE '' END ||
       CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn ' ELSE '' END ||
       CASE WHEN taken_at = '' THEN ''
            ELSE 'e' || substr(taken_at, 1, 3) || ' y' || substr(taken_at, 1, 4) ||
                 ' m' || replace(substr(taken_at, 1, 7), '-', '') ||
                 ' d' || replace(substr(taken_at, 1, 10), '-', '') END
FROM photo;

-- Made anew with a column more. rowid is photo.id, so that a walk down the rowids is the
-- library, newest first.
DROP TABLE photo_words;
CREATE VIRTUAL TABLE photo_words USING fts5 (
    credit, creator, caption, others, marks, tokenize = 'unicode61 remove_diacritics 2',
    columnsize = 0);
INSERT INTO photo_words (rowid, credit, creator, caption, others, marks)
SELECT id, credit, creator, caption, others, marks FROM photo_text;
