-- 0007_wording.sql - words of the public site that the newsroom changed. Additive.

-- What stands here goes before the language file's text.
CREATE TABLE wording (
    lang TEXT NOT NULL,
    key  TEXT NOT NULL, -- as in the language files
    text TEXT NOT NULL,
    PRIMARY KEY (lang, key)
) STRICT;
