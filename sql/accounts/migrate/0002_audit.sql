-- 0002_audit.sql - what was done to accounts and with them, beside the audit log of
-- news.db, which tells of texts. Additive.

-- Written in the same transaction as what it tells of. Never changed or deleted.
CREATE TABLE account_audit (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    person_id INTEGER NOT NULL, -- who did it; 0: a command, or nobody known
    person    TEXT NOT NULL,    -- their name then; '' for nobody known
    origin    TEXT NOT NULL,    -- network address, or 'command line'
    action    TEXT NOT NULL,    -- 'sign in', 'person add' …
    whom      TEXT NOT NULL,    -- login of the account, '' when there is none
    detail    TEXT NOT NULL     -- what changed; '' if there is nothing to say
) STRICT;
CREATE INDEX account_audit_at ON account_audit (at, id);
CREATE INDEX account_audit_person ON account_audit (person, at, id);
CREATE INDEX account_audit_whom ON account_audit (whom, at, id);
CREATE INDEX account_audit_action ON account_audit (action, at, id);
