-- 0006_translation.sql - which text a translation was made from.
--
-- Additive: a program of the step before goes on as it was; what it approves meanwhile
-- is compared when the item is next approved or the translation looked after.

-- That items are translations of each other is said by item.group_key; this says which of
-- them is the source of another, and of which of its revisions the other is the text.
CREATE TABLE translation (
    item_id     INTEGER PRIMARY KEY REFERENCES item (id),
    source_id   INTEGER NOT NULL REFERENCES item (id),
    reflects    INTEGER NOT NULL, -- number of the source's revision
    stale_since INTEGER,          -- when the source's text became another; NULL: it did not
    CHECK (item_id <> source_id)
) STRICT;
CREATE INDEX translation_source ON translation (source_id);
CREATE INDEX translation_stale ON translation (stale_since, item_id)
    WHERE stale_since IS NOT NULL;
