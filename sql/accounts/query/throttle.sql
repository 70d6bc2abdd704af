-- name: THROTTLE_OF   in: what began_since   rows: 0..1
SELECT failures, began_at FROM throttle WHERE what = $1 AND began_at > $2;

-- name: THROTTLE_COUNT   in: what now began_since   rows: 0
INSERT INTO throttle (what, failures, began_at)
VALUES (CAST($1 AS TEXT), 1, CAST($2 AS BIGINT))
ON CONFLICT (what) DO UPDATE SET
    failures = CASE WHEN throttle.began_at > $3 THEN throttle.failures + 1 ELSE 1 END,
    began_at = CASE WHEN throttle.began_at > $3 THEN throttle.began_at
                    ELSE excluded.began_at END;

-- name: THROTTLE_UNCOUNT   in: what   rows: 0
UPDATE throttle SET failures = failures - 1 WHERE what = $1 AND failures > 0;

-- name: THROTTLE_DROP   in: what   rows: 0
DELETE FROM throttle WHERE what = $1;

-- name: THROTTLE_DROP_OLD   in: began_until   rows: 0
DELETE FROM throttle WHERE began_at <= $1;
