-- 0008_answer.sql - what programs were answered, so that a request that is sent again
-- changes nothing twice.

-- A row is written in the transaction of the change that it tells of, and kept for two
-- days at least.
CREATE TABLE answer (
    person_id INTEGER NOT NULL,
    word      TEXT NOT NULL,    -- the key that came with the request
    digest    TEXT NOT NULL,    -- SHA-256 of the request
    at        INTEGER NOT NULL,
    item      TEXT NOT NULL,    -- public id of the item that it changed
    version   INTEGER NOT NULL, -- and its newest revision's number then
    state     TEXT NOT NULL
        CHECK (state IN ('draft', 'review', 'approved', 'sent back', 'discarded')),
    PRIMARY KEY (person_id, word)
) STRICT;
CREATE INDEX answer_at ON answer (at);
