-- name: REVISION_LAST   in: item_id   rows: 0..1
SELECT number, state, saved_at, saved_by, person_id, based_on, is_minor, is_text, sha256,
       content
FROM revision
WHERE item_id = $1 ORDER BY number DESC LIMIT 1;

-- name: REVISION_AT   in: item_id number   rows: 0..1
SELECT number, state, saved_at, saved_by, person_id, based_on, is_minor, is_text, sha256,
       content
FROM revision
WHERE item_id = $1 AND number = $2;

-- name: REVISION_LAST_APPROVED   in: item_id   rows: 0..1
SELECT number FROM revision
WHERE item_id = $1 AND state = 'approved' ORDER BY number DESC LIMIT 1;

-- name: REVISION_LAST_APPROVAL   in: item_id   rows: 0..1
-- One that repeats an approved text, to withdraw or reinstate it, is based on it.
SELECT r.number FROM revision r
WHERE r.item_id = $1 AND r.state = 'approved'
  AND NOT EXISTS (SELECT 1 FROM revision b WHERE b.item_id = r.item_id
                  AND b.number = r.based_on AND b.state = 'approved' AND r.is_text = 0)
ORDER BY r.number DESC LIMIT 1;

-- name: REVISION_MAJOR_AFTER   in: item_id after   rows: 0..1
SELECT number FROM revision
WHERE item_id = $1 AND number > $2 AND is_text = 1 AND is_minor = 0 LIMIT 1;

-- The four-eyes rule stands here, so that no caller can go round it: a revision that
-- approves is added only if none of the texts since the last approved one is by the same
-- person, or neither the item's section nor the one it moves to has the rule.
-- name: REVISION_ADD   in: item_id number state saved_at saved_by content sha256 previous person_id based_on is_minor is_text approves section_id approved   rows: 0..1
INSERT INTO revision (item_id, number, state, saved_at, saved_by, content, sha256,
                      previous_sha256, person_id, based_on, is_minor, is_text)
SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS BIGINT),
       CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT),
       CAST($9 AS BIGINT), CAST($10 AS BIGINT), CAST($11 AS BIGINT), CAST($12 AS BIGINT)
WHERE CAST($13 AS BIGINT) = 0 OR NOT EXISTS (
    SELECT 1 FROM revision r
    JOIN item i ON i.id = r.item_id
    JOIN section s ON s.id = i.section_id OR s.id = CAST($14 AS BIGINT)
    WHERE r.item_id = CAST($1 AS BIGINT) AND r.number > CAST($15 AS BIGINT)
      AND r.is_text = 1 AND s.four_eyes = 1
      AND r.person_id = CAST($9 AS BIGINT)
      AND (r.person_id <> 0 OR r.saved_by = CAST($5 AS TEXT)))
RETURNING number;

-- The same rule as a question, so that a page can say so before somebody tries.
-- name: REVISION_OTHER_EYES   in: section_id item_id approved person_id saved_by   rows: 0..1
SELECT r.number FROM revision r
JOIN item i ON i.id = r.item_id
JOIN section s ON s.id = i.section_id OR s.id = $1
WHERE r.item_id = $2 AND r.number > $3 AND r.is_text = 1 AND s.four_eyes = 1
  AND r.person_id = $4 AND (r.person_id <> 0 OR r.saved_by = $5)
LIMIT 1;

-- name: REVISION_ALL   in: item_id   rows: many
SELECT number, state, saved_at, saved_by, person_id, based_on, is_minor, is_text, sha256,
       content, previous_sha256
FROM revision
WHERE item_id = $1 ORDER BY number;

-- name: REVISION_BEFORE   in: item_id before limit   rows: many
-- The history, newest first, without the texts.
SELECT number, state, saved_at, saved_by, person_id, based_on, is_minor, is_text, sha256
FROM revision
WHERE item_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3;

-- name: REVISION_SET_HEAD   in: item_id sha256   rows: 0
INSERT INTO revision_head (item_id, sha256)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT))
ON CONFLICT (item_id) DO UPDATE SET sha256 = excluded.sha256;

-- name: REVISION_HEAD   in: item_id   rows: 0..1
SELECT sha256 FROM revision_head WHERE item_id = $1;

-- name: REVISION_NUMBER   in: item_id   rows: 0..1
SELECT number FROM revision WHERE item_id = $1 ORDER BY number DESC LIMIT 1;
