-- Work to be done soon; see the table job.

-- name: JOB_ADD   in: kind subject due_at   rows: 0
-- One that is there already is to be done anew.
INSERT INTO job (kind, subject, due_at)
VALUES (CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT))
ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, tries = 0, error = '';
