-- 0004_token.sql - tokens: with one a program works in somebody's name.

CREATE TABLE token (
    id         INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,   -- SHA-256 of it
    person_id  INTEGER NOT NULL REFERENCES person (id),
    name       TEXT NOT NULL,          -- what it is for
    scope      TEXT NOT NULL CHECK (scope IN ('read', 'write', 'approve')),
    is_limited INTEGER NOT NULL CHECK (is_limited IN (0, 1)), -- to the sections of token_section
    made_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER                 -- last use, to the minute
) STRICT;
CREATE INDEX token_person ON token (person_id, made_at);

-- Sections by their ids in news.db.
CREATE TABLE token_section (
    token_id   INTEGER NOT NULL REFERENCES token (id) ON DELETE CASCADE,
    section_id INTEGER NOT NULL,
    PRIMARY KEY (token_id, section_id)
) STRICT;
CREATE INDEX token_section_section ON token_section (section_id);
