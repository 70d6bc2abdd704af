-- 0004_correction.sql - what was wrong in a text that was out, said in public.
--
-- Additive: a program of the step before does not look here.

-- Never changed or deleted: what is wrong with a correction is said in another one.
CREATE TABLE correction (
    id        INTEGER PRIMARY KEY,
    item_id   INTEGER NOT NULL REFERENCES item (id),
    lang      TEXT NOT NULL,    -- that it is written in: the item's then
    at        INTEGER NOT NULL,
    tie       INTEGER NOT NULL, -- orders those of one second; made from the rest
    person_id INTEGER NOT NULL, -- in accounts.db; 0: a command, then author alone says who
    author    TEXT NOT NULL,    -- their name then
    text      TEXT NOT NULL CHECK (text <> ''),
    UNIQUE (item_id, at, tie)
) STRICT;
CREATE INDEX correction_lang ON correction (lang, at, tie);
