-- 0010_together.sql - working together on a text that is not out: what nobody saved yet,
-- what is said about it, who outside may look at it. None of it is ever public.

-- What one person typed into one form and did not save. A form is known by a random word
-- that it carries, so that two windows never overwrite each other.
CREATE TABLE working_copy (
    person_id INTEGER NOT NULL,
    draft     TEXT NOT NULL,    -- the form's word
    item_id   INTEGER NOT NULL, -- 0: an item that was never saved
    typed_at  INTEGER NOT NULL,
    title     TEXT NOT NULL,    -- as it stands in the form
    form      TEXT NOT NULL,    -- its fields as a browser sends them; '': the form is
                                -- done with (saved, or thrown away)
    PRIMARY KEY (person_id, draft)
) STRICT;
CREATE INDEX working_copy_item ON working_copy (person_id, item_id, typed_at);
CREATE INDEX working_copy_open ON working_copy (person_id, typed_at) WHERE form <> '';
CREATE INDEX working_copy_done ON working_copy (typed_at) WHERE form = '';

-- What the newsroom says to each other about an item.
CREATE TABLE comment (
    id          INTEGER PRIMARY KEY,
    item_id     INTEGER NOT NULL REFERENCES item (id),
    revision    INTEGER NOT NULL, -- number of the newest one then
    at          INTEGER NOT NULL,
    person_id   INTEGER NOT NULL,
    author      TEXT NOT NULL,    -- their name then
    text        TEXT NOT NULL CHECK (text <> ''),
    resolved_at INTEGER,          -- NULL: it is still to be seen to
    resolved_by TEXT,
    CHECK ((resolved_at IS NULL) = (resolved_by IS NULL))
) STRICT;
CREATE INDEX comment_item ON comment (item_id, id);
CREATE INDEX comment_open ON comment (item_id) WHERE resolved_at IS NULL;

-- An address at which somebody without an account sees an item before it is out. The
-- token itself is in the address only.
CREATE TABLE preview_link (
    id           INTEGER PRIMARY KEY,
    token_sha256 TEXT NOT NULL UNIQUE,
    item_id      INTEGER NOT NULL REFERENCES item (id),
    revision     INTEGER NOT NULL, -- 0: whichever is the newest
    made_at      INTEGER NOT NULL,
    person_id    INTEGER NOT NULL,
    made_by      TEXT NOT NULL,
    expires_at   INTEGER NOT NULL,
    revoked_at   INTEGER,
    revoked_by   TEXT,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
) STRICT;
CREATE INDEX preview_link_item ON preview_link (item_id, id);

-- Each time it was looked at.
CREATE TABLE preview_opening (
    id      INTEGER PRIMARY KEY,
    link_id INTEGER NOT NULL REFERENCES preview_link (id),
    item_id INTEGER NOT NULL REFERENCES item (id),
    at      INTEGER NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX preview_opening_link ON preview_opening (link_id);
CREATE INDEX preview_opening_item ON preview_opening (item_id, id);
