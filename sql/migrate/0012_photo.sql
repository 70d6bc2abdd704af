-- 0012_photo.sql - the photo library: what is said of a photo belongs to the photo, and an
-- item may say otherwise. Made anew in place, since AVIF and HEIC are kept too; its rows
-- and numbers stay. Older programs go on with the columns they know.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE photo_before AS SELECT id, sha256, ext, width_px, height_px, bytes FROM photo;
DROP TABLE photo;

-- An original as it was received, and what is said about it. Texts are '' if none.
CREATE TABLE photo (
    id           INTEGER PRIMARY KEY,
    sha256       TEXT NOT NULL UNIQUE, -- of the original's bytes; names it outside
    ext          TEXT NOT NULL CHECK (ext IN ('jpg', 'png', 'webp', 'avif', 'heic')),
    width_px     INTEGER NOT NULL CHECK (width_px > 0),   -- as shown
    height_px    INTEGER NOT NULL CHECK (height_px > 0),
    bytes        INTEGER NOT NULL,
    credit       TEXT NOT NULL DEFAULT '',
    credit_url   TEXT NOT NULL DEFAULT '',
    organisation TEXT NOT NULL DEFAULT '',
    creator      TEXT NOT NULL DEFAULT '',
    copyright    TEXT NOT NULL DEFAULT '',
    licence      TEXT NOT NULL DEFAULT '',
    licence_url  TEXT NOT NULL DEFAULT '',
    acquire_url  TEXT NOT NULL DEFAULT '',
    usage_terms  TEXT NOT NULL DEFAULT '',
    caption      TEXT NOT NULL DEFAULT '',
    headline     TEXT NOT NULL DEFAULT '',
    source       TEXT NOT NULL DEFAULT '',
    taken_at     TEXT NOT NULL DEFAULT '',
    source_type  TEXT NOT NULL DEFAULT '',
    alt          TEXT NOT NULL DEFAULT '',
    is_decorative INTEGER NOT NULL DEFAULT 0 CHECK (is_decorative IN (0, 1)),
    focal        TEXT NOT NULL DEFAULT '',        -- 'x,y' in percent
    expires_at   INTEGER NOT NULL DEFAULT 253402300800, -- end of rights
    withdrawn_at INTEGER,                         -- taken off every page
    withdrawn_reason TEXT,
    file_name    TEXT NOT NULL DEFAULT '',        -- as it was called when it came
    found        TEXT NOT NULL DEFAULT '',        -- what the file itself says, by source:
                                                  -- JSON of media/found.h
    added_at     INTEGER NOT NULL DEFAULT 0,
    person_id    INTEGER NOT NULL DEFAULT 0,      -- who added it; 0: no person
    added_by     TEXT NOT NULL DEFAULT '',
    confirmed_at INTEGER,                         -- a person looked at the texts
    version      INTEGER NOT NULL DEFAULT 1,      -- counts changes
    rendition_id INTEGER,                         -- files with these texts; NULL: not made yet
    CHECK (withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL)
) STRICT;
INSERT INTO photo (id, sha256, ext, width_px, height_px, bytes)
SELECT id, sha256, ext, width_px, height_px, bytes FROM photo_before;
DROP TABLE photo_before;
CREATE INDEX photo_ends ON photo (expires_at) WHERE expires_at < 253402300800;

-- A set of files made of a photo, in a folder of media_dir that its digest names: all sizes
-- and crops, with the same texts inside. Its digest is of everything that went into it, so
-- a name never changes its contents. A row stands for files that are safe on disk and were
-- read back.
CREATE TABLE rendition (
    id         INTEGER PRIMARY KEY,
    photo_id   INTEGER NOT NULL REFERENCES photo (id),
    digest     TEXT NOT NULL UNIQUE, -- model/rendition.h
    made_at    INTEGER NOT NULL,
    retired_at INTEGER -- nothing refers to it any more since; removed a while later
) STRICT;
CREATE INDEX rendition_photo ON rendition (photo_id);
CREATE INDEX rendition_retired ON rendition (retired_at) WHERE retired_at IS NOT NULL;

-- Of a use, which is in an approved text: '' in a text means that it follows the photo's,
-- but for credit, which is what is shown (the schema promises: no photo without one), and
-- expires_at, which is the end that comes first (own, the photo's, its withdrawal).
ALTER TABLE item_photo ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
ALTER TABLE item_photo ADD COLUMN copyright TEXT NOT NULL DEFAULT '';
ALTER TABLE item_photo ADD COLUMN licence_url TEXT NOT NULL DEFAULT '';
ALTER TABLE item_photo ADD COLUMN acquire_url TEXT NOT NULL DEFAULT '';
ALTER TABLE item_photo ADD COLUMN headline TEXT NOT NULL DEFAULT '';
ALTER TABLE item_photo ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE item_photo ADD COLUMN taken_at TEXT NOT NULL DEFAULT '';
ALTER TABLE item_photo ADD COLUMN source_type TEXT NOT NULL DEFAULT '';
-- With has_own_credit = 0: 1 the photo's, 0 the item's.
ALTER TABLE item_photo ADD COLUMN has_photo_credit INTEGER NOT NULL DEFAULT 0
    CHECK (has_photo_credit IN (0, 1));
ALTER TABLE item_photo ADD COLUMN own_expires_at INTEGER NOT NULL DEFAULT 253402300800;
UPDATE item_photo SET own_expires_at = expires_at;
ALTER TABLE item_photo ADD COLUMN rendition_id INTEGER; -- what is given out; NULL: not made yet

-- What was said of a photo in its first use is what is said of the photo. The uses that
-- are there keep what they say, as their revisions do, until they are saved again.
UPDATE photo SET (credit, credit_url, creator, licence, usage_terms, caption, alt,
                  is_decorative, focal) =
    (SELECT CASE WHEN ip.has_own_credit = 1 THEN ip.credit ELSE '' END,
            CASE WHEN ip.has_own_credit = 1 THEN ip.credit_url ELSE '' END,
            ip.creator, ip.licence, ip.usage_terms, ip.caption, ip.alt, ip.is_decorative,
            ip.focal
     FROM item_photo ip WHERE ip.photo_id = photo.id
     ORDER BY ip.item_id, ip.position LIMIT 1)
WHERE id IN (SELECT photo_id FROM item_photo);

-- Which photos the approved and the newest text of an item name.
CREATE TABLE photo_use (
    item_id  INTEGER NOT NULL REFERENCES item (id),
    photo_id INTEGER NOT NULL REFERENCES photo (id),
    PRIMARY KEY (item_id, photo_id)
) STRICT;
CREATE INDEX photo_use_photo ON photo_use (photo_id, item_id);
INSERT INTO photo_use (item_id, photo_id) SELECT DISTINCT item_id, photo_id FROM item_photo;
-- What is not approved is in its revisions only.
DELETE FROM item_photo WHERE item_id IN (SELECT id FROM item WHERE published_at IS NULL);

-- Work to be done soon, by one process. A job that runs late changes nothing a reader sees
-- but that a photo comes later.
CREATE TABLE job (
    id       INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('renditions')),
    subject  INTEGER NOT NULL, -- renditions: photo.id
    due_at   INTEGER NOT NULL,
    tries    INTEGER NOT NULL DEFAULT 0,
    error    TEXT NOT NULL DEFAULT '', -- of the last try
    UNIQUE (kind, subject)
) STRICT;
CREATE INDEX job_due ON job (due_at, id);
INSERT INTO job (kind, subject, due_at) SELECT 'renditions', id, 0 FROM photo;
