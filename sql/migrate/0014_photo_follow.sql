-- 0014_photo_follow.sql - a use may show no caption although its photo has one; and uses
-- from before the photo library follow it in all that they say as it does.
--
-- Additive: a program of the step before goes on reading and writing.
ALTER TABLE item_photo ADD COLUMN has_no_caption INTEGER NOT NULL DEFAULT 0
    CHECK (has_no_caption IN (0, 1));

-- What is said of a photo that came before the library was: a text of that time which
-- says the same follows the photo, as it would were it saved today.
CREATE TABLE photo_before (
    photo_id     INTEGER PRIMARY KEY REFERENCES photo (id),
    credit       TEXT NOT NULL,
    credit_url   TEXT NOT NULL,
    creator      TEXT NOT NULL,
    licence      TEXT NOT NULL,
    usage_terms  TEXT NOT NULL,
    caption      TEXT NOT NULL,
    alt          TEXT NOT NULL,
    is_decorative INTEGER NOT NULL,
    focal        TEXT NOT NULL
) STRICT;
INSERT INTO photo_before (photo_id, credit, credit_url, creator, licence, usage_terms,
                          caption, alt, is_decorative, focal)
SELECT id, credit, credit_url, creator, licence, usage_terms, caption, alt, is_decorative,
       focal
FROM photo WHERE added_at = 0;

-- The same in approved texts. What is shown does not change.
UPDATE item_photo
SET credit_url = CASE WHEN item_photo.has_own_credit = 1
                       AND item_photo.credit = b.credit
                       AND item_photo.credit_url = b.credit_url THEN ''
                      ELSE item_photo.credit_url END,
    has_own_credit = CASE WHEN item_photo.credit = b.credit THEN 0
                          ELSE item_photo.has_own_credit END,
    has_photo_credit = CASE WHEN item_photo.has_own_credit = 1
                             AND item_photo.credit = b.credit THEN 1
                            ELSE item_photo.has_photo_credit END,
    creator = CASE WHEN item_photo.creator = b.creator THEN ''
                   ELSE item_photo.creator END,
    licence = CASE WHEN item_photo.licence = b.licence THEN ''
                   ELSE item_photo.licence END,
    usage_terms = CASE WHEN item_photo.usage_terms = b.usage_terms THEN ''
                       ELSE item_photo.usage_terms END,
    caption = CASE WHEN item_photo.caption = b.caption THEN ''
                   ELSE item_photo.caption END,
    alt = CASE WHEN item_photo.alt = b.alt
                AND item_photo.is_decorative = b.is_decorative THEN ''
               ELSE item_photo.alt END,
    is_decorative = CASE WHEN item_photo.alt = b.alt
                          AND item_photo.is_decorative = b.is_decorative THEN 0
                         ELSE item_photo.is_decorative END,
    focal = CASE WHEN item_photo.focal = b.focal THEN '' ELSE item_photo.focal END
FROM photo_before b WHERE b.photo_id = item_photo.photo_id;
