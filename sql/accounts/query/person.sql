-- name: PERSON_ADD   in: login login_key name role is_disabled must_have_second_factor password_hash made_at password_at   rows: 1
INSERT INTO person (login, login_key, name, role, is_disabled, must_have_second_factor,
                    password_hash, made_at, password_at)
VALUES (CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT),
        CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS TEXT), CAST($8 AS BIGINT),
        CAST($9 AS BIGINT))
RETURNING id;

-- name: PERSON_BY_KEY   in: login_key   rows: 0..1
SELECT p.id, p.login, p.name, p.role, p.is_disabled, p.must_have_second_factor, p.made_at,
       EXISTS (SELECT 1 FROM factor f WHERE f.person_id = p.id AND f.is_confirmed = 1),
       EXISTS (SELECT 1 FROM passkey k WHERE k.person_id = p.id)
FROM person p WHERE p.login_key = $1;

-- name: PERSON_BY_ID   in: id   rows: 0..1
SELECT p.id, p.login, p.name, p.role, p.is_disabled, p.must_have_second_factor, p.made_at,
       EXISTS (SELECT 1 FROM factor f WHERE f.person_id = p.id AND f.is_confirmed = 1),
       EXISTS (SELECT 1 FROM passkey k WHERE k.person_id = p.id)
FROM person p WHERE p.id = $1;

-- name: PERSON_AFTER   in: login_key limit   rows: many
SELECT p.id, p.login, p.name, p.role, p.is_disabled, p.must_have_second_factor, p.made_at,
       EXISTS (SELECT 1 FROM factor f WHERE f.person_id = p.id AND f.is_confirmed = 1),
       EXISTS (SELECT 1 FROM passkey k WHERE k.person_id = p.id),
       p.login_key
FROM person p WHERE p.login_key > $1 ORDER BY p.login_key LIMIT $2;

-- name: PERSON_PASSWORD   in: id   rows: 0..1
SELECT password_hash FROM person WHERE id = $1;

-- name: PERSON_CHANGE   in: name role is_disabled must_have_second_factor id   rows: 0
UPDATE person SET name = CAST($1 AS TEXT), role = CAST($2 AS TEXT),
    is_disabled = CAST($3 AS BIGINT), must_have_second_factor = CAST($4 AS BIGINT)
WHERE id = $5;

-- name: PERSON_SET_PASSWORD   in: password_hash password_at id   rows: 0
UPDATE person SET password_hash = CAST($1 AS TEXT), password_at = CAST($2 AS BIGINT)
WHERE id = $3;

-- name: PERSON_OTHER_ADMINISTRATOR   in: id   rows: 1
SELECT EXISTS (SELECT 1 FROM person
               WHERE role = 'administrator' AND is_disabled = 0 AND id <> $1);

-- name: PERSON_SECTIONS   in: person_id   rows: many
SELECT section_id FROM person_section WHERE person_id = $1 ORDER BY section_id;

-- name: PERSON_ADD_SECTION   in: person_id section_id   rows: 0
INSERT INTO person_section (person_id, section_id)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT)) ON CONFLICT DO NOTHING;

-- name: PERSON_DROP_SECTIONS   in: person_id   rows: 0
DELETE FROM person_section WHERE person_id = $1;

-- name: PERSON_DROP_SECTION   in: section_id   rows: 0
DELETE FROM person_section WHERE section_id = $1;
