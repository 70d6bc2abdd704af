-- 0002_desk.sql - what the newsroom needs beside the texts: who, which state, what for.
--
-- Additive: a program of the step before goes on reading and writing. The desk row of
-- what it adds is made by the next save of the item, or by `byline check`.

-- In a section with the four-eyes rule nobody approves their own text.
ALTER TABLE section ADD COLUMN four_eyes INTEGER NOT NULL DEFAULT 0
    CHECK (four_eyes IN (0, 1));

-- Who in accounts.db; 0: a command, then saved_by alone says who.
ALTER TABLE revision ADD COLUMN person_id INTEGER NOT NULL DEFAULT 0;
-- The number of the revision that its writer had before them; 0: none.
ALTER TABLE revision ADD COLUMN based_on INTEGER NOT NULL DEFAULT 0;
-- 1: a small change that does not set "Updated".
ALTER TABLE revision ADD COLUMN is_minor INTEGER NOT NULL DEFAULT 0
    CHECK (is_minor IN (0, 1));
-- 1: somebody wrote; 0: a step (submitted, approved, sent back, withdrawn …).
ALTER TABLE revision ADD COLUMN is_text INTEGER NOT NULL DEFAULT 1
    CHECK (is_text IN (0, 1));

-- An item as the newsroom's list shows it: its newest revision, approved or not. The
-- truth is in revision; this is where lists are walked.
CREATE TABLE desk (
    item_id      INTEGER PRIMARY KEY REFERENCES item (id),
    section_id   INTEGER NOT NULL REFERENCES section (id),
    lang         TEXT NOT NULL,
    state        TEXT NOT NULL
        CHECK (state IN ('draft', 'review', 'approved', 'sent back', 'discarded')),
    changed_at   INTEGER NOT NULL,
    tie          INTEGER NOT NULL, -- orders items of one second; as in item
    author_id    INTEGER NOT NULL, -- person who made the item; 0: a command
    author       TEXT NOT NULL,    -- their name then
    title        TEXT NOT NULL     -- of the newest revision
) STRICT;
CREATE INDEX desk_lang ON desk (lang, state, changed_at, tie);
CREATE INDEX desk_section ON desk (section_id, lang, state, changed_at, tie);
CREATE INDEX desk_author ON desk (author_id, lang, state, changed_at, tie);

INSERT INTO desk (item_id, section_id, lang, state, changed_at, tie, author_id, author,
                  title)
SELECT i.id, i.section_id, i.lang, r.state, r.saved_at, i.tie, 0, f.saved_by, i.title
FROM item i
JOIN revision f ON f.item_id = i.id AND f.number = 1
JOIN revision r ON r.item_id = i.id
    AND r.number = (SELECT MAX(n.number) FROM revision n WHERE n.item_id = i.id);

-- Who did what, in the same transaction as what it tells of. Never changed or deleted.
CREATE TABLE audit (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    person    TEXT NOT NULL, -- their name then
    origin    TEXT NOT NULL, -- network address, or 'command line'
    action    TEXT NOT NULL, -- one word or two: 'save', 'approve' …
    item      TEXT NOT NULL, -- public id, '' when it was not about an item
    detail    TEXT NOT NULL  -- a reason, a version; '' if there is nothing to say
) STRICT;
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_person ON audit (person, at, id);
CREATE INDEX audit_item ON audit (item, at, id);
