-- name: PASSKEY_BY_CREDENTIAL   in: credential   rows: 0..1
SELECT id, person_id, credential, algorithm, public_key, sign_count, transports, name,
       made_at, used_at
FROM passkey WHERE credential = $1;

-- name: PASSKEY_OF_PERSON   in: person_id limit   rows: many
SELECT id, person_id, credential, algorithm, public_key, sign_count, transports, name,
       made_at, used_at
FROM passkey WHERE person_id = $1 ORDER BY id LIMIT $2;

-- name: PASSKEY_ADD   in: person_id credential algorithm public_key sign_count transports name made_at   rows: 0
INSERT INTO passkey (person_id, credential, algorithm, public_key, sign_count, transports,
                     name, made_at)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS TEXT),
        CAST($5 AS BIGINT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS BIGINT));

-- name: PASSKEY_USED   in: sign_count used_at id   rows: 0
UPDATE passkey SET sign_count = CAST($1 AS BIGINT), used_at = CAST($2 AS BIGINT)
WHERE id = $3;

-- name: PASSKEY_DROP   in: id person_id   rows: 0..1
DELETE FROM passkey WHERE id = $1 AND person_id = $2 RETURNING id;

-- name: PASSKEY_DROP_ALL   in: person_id   rows: 0
DELETE FROM passkey WHERE person_id = $1;

-- name: PASSKEY_SECRET   in: name   rows: 1
SELECT value FROM secret WHERE name = $1;

-- name: PASSKEY_CHALLENGE_TAKE   in: value used_at   rows: 0
INSERT INTO challenge (value, used_at) VALUES (CAST($1 AS TEXT), CAST($2 AS BIGINT));

-- name: PASSKEY_CHALLENGE_DROP_OLD   in: used_until   rows: 0
DELETE FROM challenge WHERE used_at <= $1;
