-- 0001_news.sql - everything a visitor may one day see, and its history.
--
-- Instants are UTC seconds. 253402300800 (year 10000) stands for "never" in the columns
-- that queries compare with now, so that visible means: visible_from <= now AND
-- visible_until > now. Text is UTF-8, compared by bytes.

-- One row: what readers must know to tell whether anything changed.
CREATE TABLE site_state (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    version    INTEGER NOT NULL, -- one more with every transaction that changed something
    changed_at INTEGER NOT NULL  -- when that was
) STRICT;
INSERT INTO site_state (one, version, changed_at) VALUES (1, 1, 0);

-- A section of the site; two levels.
CREATE TABLE section (
    id        INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES section (id), -- NULL: a top section
    position  INTEGER NOT NULL,                -- order among its siblings
    slug      TEXT NOT NULL UNIQUE             -- its word in addresses
) STRICT;
CREATE INDEX section_parent ON section (parent_id);

-- What a section is called in a language.
CREATE TABLE section_name (
    section_id INTEGER NOT NULL REFERENCES section (id),
    lang       TEXT NOT NULL,
    name       TEXT NOT NULL,
    PRIMARY KEY (section_id, lang)
) STRICT;

-- Slugs that a section had before; its addresses of then are redirected.
CREATE TABLE section_alias (
    slug       TEXT PRIMARY KEY,
    section_id INTEGER NOT NULL REFERENCES section (id)
) STRICT;
CREATE INDEX section_alias_section ON section_alias (section_id);

-- An item's identity and its approved text, which alone is ever public. While nothing
-- is approved, published_at is NULL and visible_from is never.
CREATE TABLE item (
    id            INTEGER PRIMARY KEY,
    section_id    INTEGER NOT NULL REFERENCES section (id),
    lang          TEXT NOT NULL,
    slug          TEXT NOT NULL,
    published_at  INTEGER,          -- the time shown and sorted by
    tie           INTEGER NOT NULL, -- orders items of one second; made from public_id
    is_date_only  INTEGER NOT NULL CHECK (is_date_only IN (0, 1)),
    visible_from  INTEGER NOT NULL, -- later of publish time and embargo
    visible_until INTEGER NOT NULL, -- earlier of expiry and withdrawal
    title         TEXT NOT NULL,
    lead          TEXT NOT NULL,
    public_id     TEXT NOT NULL UNIQUE, -- known outside, from the source or made here
    has_source_id INTEGER NOT NULL CHECK (has_source_id IN (0, 1)), -- 1: public_id came
                                    -- with the item, 0: made here
    group_key     TEXT,             -- equal in all translations
    updated_at    INTEGER,          -- when a text that was visible last changed
    embargo_until INTEGER,
    expires_at    INTEGER,
    pinned_until  INTEGER,
    withdrawn_at  INTEGER,
    withdrawn_reason TEXT,
    photo_credit  TEXT NOT NULL,    -- of the whole item, '' if none
    CHECK (withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL),
    UNIQUE (section_id, lang, slug)
) STRICT;
CREATE INDEX item_listing ON item (lang, published_at, tie);
CREATE INDEX item_section_listing ON item (section_id, lang, published_at, tie);
CREATE INDEX item_group ON item (group_key) WHERE group_key IS NOT NULL;
CREATE INDEX item_pinned ON item (lang, published_at, tie) WHERE pinned_until IS NOT NULL;
-- The rare times at which visibility changes without anybody writing.
CREATE INDEX item_embargo_ends ON item (visible_from)
    WHERE embargo_until IS NOT NULL;
CREATE INDEX item_ends ON item (visible_until) WHERE visible_until < 253402300800;
CREATE INDEX item_pin_ends ON item (pinned_until) WHERE pinned_until IS NOT NULL;

-- The long texts, apart from the row that listings walk over.
CREATE TABLE item_text (
    item_id     INTEGER PRIMARY KEY REFERENCES item (id),
    body_format TEXT NOT NULL CHECK (body_format IN ('markdown', 'text')),
    body        TEXT NOT NULL, -- as written
    body_html   TEXT NOT NULL  -- rendered when saved; places of photos are marked
) STRICT;

-- Every save: the whole text as canonical JSON.
CREATE TABLE revision (
    id          INTEGER PRIMARY KEY,
    item_id     INTEGER NOT NULL REFERENCES item (id),
    number      INTEGER NOT NULL, -- 1, 2, 3 … within the item
    state       TEXT NOT NULL CHECK (state IN ('draft', 'review', 'approved', 'sent back')),
    saved_at    INTEGER NOT NULL,
    saved_by    TEXT NOT NULL,    -- a person's name, or the command that did it
    content     TEXT NOT NULL,    -- sorted keys, no white space; who, when, why inside
    sha256      TEXT NOT NULL,    -- of content
    previous_sha256 TEXT NOT NULL, -- of the revision before, '' for the first
    UNIQUE (item_id, number)
) STRICT;

-- A photo's file, named by its digest.
CREATE TABLE photo (
    id        INTEGER PRIMARY KEY,
    sha256    TEXT NOT NULL UNIQUE,
    ext       TEXT NOT NULL CHECK (ext IN ('jpg', 'png', 'webp')),
    width_px  INTEGER NOT NULL CHECK (width_px > 0),
    height_px INTEGER NOT NULL CHECK (height_px > 0),
    bytes     INTEGER NOT NULL
) STRICT;

-- A photo as an item uses it. No credit, no photo.
CREATE TABLE item_photo (
    item_id        INTEGER NOT NULL REFERENCES item (id),
    position       INTEGER NOT NULL, -- 1, 2, 3 …; 1 is the lead photo
    photo_id       INTEGER NOT NULL REFERENCES photo (id),
    credit         TEXT NOT NULL CHECK (credit <> ''),
    has_own_credit INTEGER NOT NULL CHECK (has_own_credit IN (0, 1)), -- 0: the item's
    credit_url     TEXT NOT NULL,
    caption        TEXT NOT NULL,
    alt            TEXT NOT NULL,
    is_decorative  INTEGER NOT NULL CHECK (is_decorative IN (0, 1)),
    creator        TEXT NOT NULL,
    licence        TEXT NOT NULL,
    usage_terms    TEXT NOT NULL,
    focal          TEXT NOT NULL,    -- 'x,y' in percent, '' if none
    expires_at     INTEGER NOT NULL, -- end of rights
    PRIMARY KEY (item_id, position)
) STRICT;
CREATE INDEX item_photo_photo ON item_photo (photo_id);
CREATE INDEX item_photo_ends ON item_photo (expires_at) WHERE expires_at < 253402300800;

CREATE TABLE tag (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    slug TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE item_tag (
    item_id  INTEGER NOT NULL REFERENCES item (id),
    position INTEGER NOT NULL,
    tag_id   INTEGER NOT NULL REFERENCES tag (id),
    PRIMARY KEY (item_id, position)
) STRICT;
CREATE INDEX item_tag_tag ON item_tag (tag_id);

-- Former addresses: path, and the query if it had one, as a visitor asks for it.
CREATE TABLE redirect (
    address TEXT PRIMARY KEY,
    item_id INTEGER NOT NULL REFERENCES item (id)
) STRICT;
CREATE INDEX redirect_item ON redirect (item_id, address);
