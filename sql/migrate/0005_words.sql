-- 0005_words.sql - finding items on the desk: by the words of their titles, by tag, by
-- what is to go out and what was withdrawn.
--
-- Additive: a program of the step before goes on reading and writing. The words of what it
-- saves are put in order by the next save of the item, or by `byline check`.

-- The newest title and tags of each line of desk. rowid is changed_at * 2^29 + item_id, so
-- that a walk down the rowids is the list, newest change first. Tags stand between marks
-- (U+E000), so that a whole tag is a phrase. The letter ё is kept as е.
CREATE VIRTUAL TABLE desk_words USING fts5 (
    title, tags, tokenize = 'unicode61 remove_diacritics 2', columnsize = 0);

-- How desk_words was cut into words: store/words.c makes it anew when it does it otherwise.
ALTER TABLE site_state ADD COLUMN words_version INTEGER NOT NULL DEFAULT 1;

INSERT INTO desk_words (rowid, title, tags)
SELECT d.changed_at * 536870912 + d.item_id, replace(replace(d.title, 'ё', 'е'), 'Ё', 'Е'),
       COALESCE((SELECT char(57344) || ' ' ||
                        group_concat(replace(replace(t.value, 'ё', 'е'), 'Ё', 'Е'),
                                     ' ' || char(57344) || ' ') || ' ' || char(57344)
                 FROM json_each(r.content, '$.item.tags') t), '')
FROM desk d
JOIN revision r ON r.item_id = d.item_id
    AND r.number = (SELECT MAX(n.number) FROM revision n WHERE n.item_id = d.item_id);

-- What is approved, by the time it goes out: what is to come is walked from now on.
CREATE INDEX item_goes_out ON item (visible_from, tie) WHERE published_at IS NOT NULL;
CREATE INDEX item_withdrawn ON item (withdrawn_at, tie) WHERE withdrawn_at IS NOT NULL;
