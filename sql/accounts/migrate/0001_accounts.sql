-- 0001_accounts.sql - who may work in the newsroom, and who is signed in.
--
-- Instants are UTC seconds. Tokens and recovery codes are kept as SHA-256 in hex, so that
-- who reads this file can sign in as nobody.

CREATE TABLE person (
    id            INTEGER PRIMARY KEY,
    login         TEXT NOT NULL,        -- as it was given
    login_key     TEXT NOT NULL UNIQUE, -- the same without regard to case
    name          TEXT NOT NULL,        -- as the newsroom shows it
    role          TEXT NOT NULL CHECK (role IN ('author', 'editor', 'administrator')),
    is_disabled   INTEGER NOT NULL CHECK (is_disabled IN (0, 1)),
    must_have_second_factor INTEGER NOT NULL CHECK (must_have_second_factor IN (0, 1)),
    password_hash TEXT NOT NULL,        -- Argon2id with its salt and cost; '' for none
    made_at       INTEGER NOT NULL,
    password_at   INTEGER               -- when the password was set
) STRICT;
CREATE INDEX person_role ON person (role, is_disabled);

-- The sections in which an editor's rights hold, by their ids in news.db.
CREATE TABLE person_section (
    person_id  INTEGER NOT NULL REFERENCES person (id),
    section_id INTEGER NOT NULL,
    PRIMARY KEY (person_id, section_id)
) STRICT;
CREATE INDEX person_section_section ON person_section (section_id);

-- The shared secret of an authenticator (RFC 6238).
CREATE TABLE factor (
    person_id    INTEGER PRIMARY KEY REFERENCES person (id),
    secret       TEXT NOT NULL,    -- Base32
    is_confirmed INTEGER NOT NULL CHECK (is_confirmed IN (0, 1)),
    last_step    INTEGER NOT NULL  -- of 30 s since 1970; codes up to it are used up
) STRICT;

-- Recovery codes that were not used yet.
CREATE TABLE recovery_code (
    person_id INTEGER NOT NULL REFERENCES person (id),
    code_hash TEXT NOT NULL,
    PRIMARY KEY (person_id, code_hash)
) STRICT;

CREATE TABLE session (
    id         INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person_id  INTEGER NOT NULL REFERENCES person (id),
    is_whole   INTEGER NOT NULL CHECK (is_whole IN (0, 1)), -- 0: waits for the second factor
    began_at   INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    address    TEXT NOT NULL, -- network address at sign-in
    agent      TEXT NOT NULL  -- browser at sign-in, as it says itself
) STRICT;
CREATE INDEX session_person ON session (person_id, seen_at);
CREATE INDEX session_seen ON session (seen_at);
CREATE INDEX session_began ON session (began_at);

-- Devices from which somebody has signed in: not stopped by the failures of others.
CREATE TABLE device (
    token_hash TEXT PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES person (id),
    seen_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX device_person ON device (person_id);
CREATE INDEX device_seen ON device (seen_at);

-- Failures of signing in, by what is counted: an account, an address, a known device.
CREATE TABLE throttle (
    what     TEXT PRIMARY KEY, -- kind and SHA-256
    failures INTEGER NOT NULL,
    began_at INTEGER NOT NULL  -- of the window that is counted
) STRICT;
CREATE INDEX throttle_began ON throttle (began_at);
