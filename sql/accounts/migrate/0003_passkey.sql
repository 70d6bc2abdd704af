-- 0003_passkey.sql - keys of authenticators (WebAuthn), beside passwords and codes.

-- A key of the server's own, made here once: what is digested under it, nobody else can
-- make (challenges, and the names by which authenticators know people).
CREATE TABLE secret (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
INSERT INTO secret (name, value) VALUES ('passkey', lower(hex(randomblob(32))));

CREATE TABLE passkey (
    id         INTEGER PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES person (id),
    credential TEXT NOT NULL UNIQUE, -- its id, base64url
    algorithm  INTEGER NOT NULL,     -- of COSE (RFC 9053): -7 ES256, -8 EdDSA, -257 RS256
    public_key TEXT NOT NULL,        -- base64url
    sign_count INTEGER NOT NULL,     -- what the authenticator counted last; 0: it does not
    transports TEXT NOT NULL,        -- how browsers reach it: words with commas between
    name       TEXT NOT NULL,        -- as its owner calls it
    made_at    INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;
CREATE INDEX passkey_person ON passkey (person_id);

-- Challenges that were answered, until they would be too old anyway.
CREATE TABLE challenge (
    value   TEXT PRIMARY KEY,
    used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX challenge_used ON challenge (used_at);
