-- name: WORDING_ALL   in: -   rows: many   slow: at most a few for each language
SELECT lang, key, text FROM wording ORDER BY lang, key;

-- name: WORDING_SET   in: lang key text   rows: 0
INSERT INTO wording (lang, key, text)
VALUES (CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT))
ON CONFLICT (lang, key) DO UPDATE SET text = excluded.text;

-- name: WORDING_DROP   in: lang key   rows: 0..1
DELETE FROM wording WHERE lang = $1 AND key = $2 RETURNING key;
