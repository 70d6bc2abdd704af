-- 0005_presence.sql - who is at which item. It is here and not beside the items because it
-- changes all the time and readers of the site must not feel that.
CREATE TABLE presence (
    item_id   INTEGER NOT NULL, -- in news.db
    person_id INTEGER NOT NULL REFERENCES person (id),
    began_at  INTEGER NOT NULL,
    until     INTEGER NOT NULL, -- gone from then on, unless something is heard of them
    PRIMARY KEY (item_id, person_id)
) STRICT;
CREATE INDEX presence_person ON presence (person_id);
CREATE INDEX presence_until ON presence (until);
