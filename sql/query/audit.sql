-- The audit log is added to and read; no statement changes or drops a row. A search walks
-- the index of what it names first (item, person, action) and looks at the rest.

-- name: AUDIT_ADD   in: at person_id person origin action item detail   rows: 0
INSERT INTO audit (at, person_id, person, origin, action, item, detail)
VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT),
        CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT));

-- name: AUDIT_BY_TIME   in: since when before limit   rows: many
SELECT id, at, person_id, person, origin, action, item, detail FROM audit
WHERE at >= $1 AND (at, id) < ($2, $3)
ORDER BY at DESC, id DESC LIMIT $4;

-- name: AUDIT_BY_ACTION   in: action since when before limit   rows: many
SELECT id, at, person_id, person, origin, action, item, detail FROM audit
WHERE action = $1 AND at >= $2 AND (at, id) < ($3, $4)
ORDER BY at DESC, id DESC LIMIT $5;

-- name: AUDIT_BY_PERSON   in: person since when before action limit   rows: many
SELECT id, at, person_id, person, origin, action, item, detail FROM audit
WHERE person = $1 AND at >= $2 AND (at, id) < ($3, $4)
  AND (CAST($5 AS TEXT) = '' OR action = CAST($5 AS TEXT))
ORDER BY at DESC, id DESC LIMIT $6;

-- name: AUDIT_BY_ITEM   in: item since when before person action limit   rows: many
SELECT id, at, person_id, person, origin, action, item, detail FROM audit
WHERE item = $1 AND at >= $2 AND (at, id) < ($3, $4)
  AND (CAST($5 AS TEXT) = '' OR person = CAST($5 AS TEXT))
  AND (CAST($6 AS TEXT) = '' OR action = CAST($6 AS TEXT))
ORDER BY at DESC, id DESC LIMIT $7;
