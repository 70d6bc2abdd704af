-- 0009_head.sql - the newest digest of each item's chain, kept apart from the chain, so that
-- a newest revision that is missing is noticed. Additive: what an older program adds is
-- noted with the item's next save.
CREATE TABLE revision_head (
    item_id INTEGER PRIMARY KEY REFERENCES item (id),
    sha256  TEXT NOT NULL
) STRICT;
INSERT INTO revision_head (item_id, sha256)
SELECT r.item_id, r.sha256 FROM revision r
WHERE r.number = (SELECT MAX(n.number) FROM revision n WHERE n.item_id = r.item_id);
