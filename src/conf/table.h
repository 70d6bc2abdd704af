/* conf/table.h - the rows of settings.def as data; for this folder only. */
#ifndef CONF_TABLE_H
#define CONF_TABLE_H

#include <stddef.h>

#include "conf/conf.h"

#include "base/buf.h"

enum conf_type {
    CONF_TEXT,
    CONF_TEXT_LANG,
    CONF_INT,
    CONF_BOOL,
    CONF_WORD,
    CONF_PATH,
    CONF_ORIGIN,
    CONF_LISTEN,
    CONF_EMAIL,
    CONF_ZONE,
    CONF_LANGS,
    CONF_TYPE__MAX
};

enum conf_id {
#define SETTING(name, type, section, limits, def, unit, help) CONF_ID_##name,
#include "conf/settings.def"
#undef SETTING
    CONF_ID__MAX
};

/* One row. lo..hi limits the value of a number and the bytes of everything else;
 * words is "" unless the type is CONF_WORD. */
struct conf_setting {
    const char *name, *section, *def, *unit, *help;
    enum conf_type type;
    int64_t lo, hi;
    const char *words;
    size_t offset; /* of the member in struct conf */
};

/* The rows in their order; rows of one section stand together. */
extern const struct conf_setting conf_settings[CONF_ID__MAX];

/* Reads the text of a value by the type and limits of its setting.
 *   member   where it goes: the member of struct conf; for CONF_TEXT_LANG a const char *
 *   returns  false when the text is not allowed; *member is untouched then
 * Texts read live in a. A zone is checked for its form only. */
bool conf_value_read(const struct conf_setting *s, struct str text, struct arena *a,
                     void *member) MUST_CHECK;

/* Appends what a setting allows, as the rest of a sentence ("a whole number from 5 to
 * 100"). */
void conf_value_allowed(const struct conf_setting *s, struct buf *out);

#endif
