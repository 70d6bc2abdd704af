-- 0017_rendition_sum.sql - what a set's files were like when they were read back, so that
-- `byline check` finds one that was changed, cut or lost since.
--
-- Additive: a program of the step before goes on writing; what it makes has no sum.
ALTER TABLE rendition ADD COLUMN sum TEXT NOT NULL DEFAULT ''; -- media/set.h; '': unknown
