-- Work to be done soon; see the table job.

-- name: JOB_ADD   in: kind subject due_at   rows: 0
-- One that is there already is to be done anew.
INSERT INTO job (kind, subject, due_at)
VALUES (CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT))
ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, tries = 0, error = '';

-- name: JOB_NEXT   in: now   rows: 0..1
-- Of any kind: there is one.
SELECT id, subject, tries FROM job WHERE due_at <= $1 ORDER BY due_at, id LIMIT 1;

-- name: JOB_CLAIM   in: due_at id   rows: 0
-- Nobody else takes it up before then.
UPDATE job SET due_at = $1, error = '' WHERE id = $2;

-- name: JOB_RELEASE   in: now   rows: 0
-- slow: few jobs there are. What was taken up by a process that is gone.
UPDATE job SET due_at = CAST($1 AS BIGINT) WHERE error = '' AND due_at > $1;

-- name: JOB_FAIL   in: due_at tries error id claimed   rows: 0
-- But one that was asked for anew meanwhile is due as it says.
UPDATE job SET due_at = $1, tries = $2, error = $3 WHERE id = $4 AND due_at = $5;

-- name: JOB_DROP   in: kind subject   rows: 0
DELETE FROM job WHERE kind = $1 AND subject = $2;

-- name: JOB_OF   in: kind subject   rows: 0..1
SELECT id, due_at, tries, error FROM job WHERE kind = $1 AND subject = $2;

-- name: JOB_COUNT   in: kind   rows: 1
-- slow: few jobs there are.
SELECT COUNT(*) FROM job WHERE kind = $1;
