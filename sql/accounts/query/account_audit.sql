-- The audit log is added to and read; no statement changes or drops a row. A search walks
-- the index of what it names first (whom, person, action) and looks at the rest.

-- name: ACCOUNT_AUDIT_ADD   in: at person_id person origin action whom detail   rows: 0
INSERT INTO account_audit (at, person_id, person, origin, action, whom, detail)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT),
        CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT));

-- name: ACCOUNT_AUDIT_BY_TIME   in: since when before limit   rows: many
SELECT id, at, person_id, person, origin, action, whom, detail FROM account_audit
WHERE at >= $1 AND (at, id) < ($2, $3)
ORDER BY at DESC, id DESC LIMIT $4;

-- name: ACCOUNT_AUDIT_BY_ACTION   in: action since when before limit   rows: many
SELECT id, at, person_id, person, origin, action, whom, detail FROM account_audit
WHERE action = $1 AND at >= $2 AND (at, id) < ($3, $4)
ORDER BY at DESC, id DESC LIMIT $5;

-- name: ACCOUNT_AUDIT_BY_PERSON   in: person since when before action limit   rows: many
SELECT id, at, person_id, person, origin, action, whom, detail FROM account_audit
WHERE person = $1 AND at >= $2 AND (at, id) < ($3, $4)
  AND (CAST($5 AS TEXT) = '' OR action = CAST($5 AS TEXT))
ORDER BY at DESC, id DESC LIMIT $6;

-- name: ACCOUNT_AUDIT_BY_WHOM   in: whom since when before person action limit   rows: many
SELECT id, at, person_id, person, origin, action, whom, detail FROM account_audit
WHERE whom = $1 AND at >= $2 AND (at, id) < ($3, $4)
  AND (CAST($5 AS TEXT) = '' OR person = CAST($5 AS TEXT))
  AND (CAST($6 AS TEXT) = '' OR action = CAST($6 AS TEXT))
ORDER BY at DESC, id DESC LIMIT $7;
