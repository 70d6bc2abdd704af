-- 0015_photo_used.sql - does an item name the photo? Kept beside photo_use, so that those
-- that none names are a walk along an index.
--
-- Additive: a program of the step before goes on reading and writing. What it makes used or
-- unused is put right by `byline check`.
ALTER TABLE photo ADD COLUMN is_used INTEGER NOT NULL DEFAULT 0 CHECK (is_used IN (0, 1));
UPDATE photo SET is_used = 1 WHERE id IN (SELECT photo_id FROM photo_use);
CREATE INDEX photo_unused ON photo (id) WHERE is_used = 0;
