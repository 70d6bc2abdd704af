/* store/translation.h - which items are translations of each other, and of which text.
 * What changes something runs inside store_write_begin. */
#ifndef STORE_TRANSLATION_H
#define STORE_TRANSLATION_H

#include "model/desk.h"
#include "store/store.h"

/* The source's and the translation's row numbers. */
struct translation {
    int64_t item_id, source_id;
    int64_t reflects; /* the number of the source's revision whose text it says */
    int64_t
        stale_since; /* when the source's text became another; TIME_NONE: it did not */
};

enum rc store_translation_set(struct store *st, const struct translation *t,
                              struct err *err) MUST_CHECK;

/* Forgets what an item is a translation of, and what is one of it. */
enum rc store_translation_drop(struct store *st, int64_t item_id,
                               struct err *err) MUST_CHECK;

/* What an item is a translation of. RC_NOT_FOUND. */
enum rc store_translation_of(struct store *st, int64_t item_id, struct translation *out,
                             struct err *err) MUST_CHECK;

enum { TRANSLATIONS_MAX = 32 };

/* What was made from an item's text, at most TRANSLATIONS_MAX. */
enum rc store_translation_by_source(struct store *st, int64_t source_id,
                                    struct translation *out, int *n,
                                    struct err *err) MUST_CHECK;

/* An item of a group as the newsroom sees it. */
struct translation_line {
    struct translation translation; /* source_id 0: it has no source */
    struct desk_line line;          /* without slug, times and names */
};
/* All of a group, at most TRANSLATIONS_MAX, in no order. */
enum rc store_translation_group(struct store *st, struct str group, struct arena *a,
                                struct translation_line *out, int *n,
                                struct err *err) MUST_CHECK;

#endif
