-- name: FACTOR_OF   in: person_id   rows: 0..1
SELECT secret, is_confirmed, last_step FROM factor WHERE person_id = $1;

-- name: FACTOR_BEGIN   in: person_id secret   rows: 0
INSERT INTO factor (person_id, secret, is_confirmed, last_step)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), 0, 0)
ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, last_step = 0
WHERE factor.is_confirmed = 0;

-- name: FACTOR_TAKE_STEP   in: last_step person_id   rows: 0
UPDATE factor SET last_step = CAST($1 AS BIGINT), is_confirmed = 1 WHERE person_id = $2;

-- name: FACTOR_DROP   in: person_id   rows: 0
DELETE FROM factor WHERE person_id = $1;

-- name: FACTOR_CODE_ADD   in: person_id code_hash   rows: 0
INSERT INTO recovery_code (person_id, code_hash)
VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT));

-- name: FACTOR_CODE_TAKE   in: person_id code_hash   rows: 0..1
DELETE FROM recovery_code WHERE person_id = $1 AND code_hash = $2 RETURNING person_id;

-- name: FACTOR_CODE_LEFT   in: person_id   rows: 1
SELECT COUNT(*) FROM recovery_code WHERE person_id = $1;

-- name: FACTOR_CODE_DROP   in: person_id   rows: 0
DELETE FROM recovery_code WHERE person_id = $1;
