-- name: ANSWER_ADD   in: person_id word digest at item version state   rows: 0
INSERT INTO answer (person_id, word, digest, at, item, version, state)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS BIGINT),
        CAST($5 AS TEXT), CAST($6 AS BIGINT), CAST($7 AS TEXT));

-- name: ANSWER_OF   in: person_id word   rows: 0..1
SELECT digest, item, version, state FROM answer WHERE person_id = $1 AND word = $2;

-- name: ANSWER_DROP_OLD   in: until   rows: 0
DELETE FROM answer WHERE at <= $1;
