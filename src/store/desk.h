/* store/desk.h - the newsroom's list of items, beside the texts. Everything that changes
 * runs inside store_write_begin. */
#ifndef STORE_DESK_H
#define STORE_DESK_H

#include "model/desk.h"
#include "store/store.h"

/* Writes the item's line: section, language, title, state and tags of its newest
 * revision. The author is kept from the first time. */
enum rc store_desk_set(struct store *st, const struct desk_line *line,
                       const struct str *tags, int n_tags, struct err *err) MUST_CHECK;
enum rc store_desk_set_state(struct store *st, int64_t item_id, enum desk_state state,
                             int64_t now, struct err *err) MUST_CHECK;

/* State, author, changed_at and source of an item's line. RC_NOT_FOUND when an older
 * program added the item and nobody saved it since. */
enum rc store_desk_of_item(struct store *st, int64_t item_id, struct arena *a,
                           struct desk_line *out, struct err *err) MUST_CHECK;

/* Makes what an older program left out: lines, and the words by which they are found. */
enum rc store_desk_fill(struct store *st, struct err *err) MUST_CHECK;

/* Along which index a walk goes, and so what it is ordered by. */
enum desk_way {
    DESK_WAY_LANG,         /* a language and state, by change */
    DESK_WAY_SECTION,      /* a section, language and state, by change */
    DESK_WAY_AUTHOR,       /* an author, language and state, by change */
    DESK_WAY_WORDS,        /* words and tag, by change */
    DESK_WAY_TIME,         /* a language, by publish time */
    DESK_WAY_SECTION_TIME, /* a section and language, by publish time */
    DESK_WAY_GOES_OUT,     /* by when it goes out, or went */
    DESK_WAY_WITHDRAWN,    /* by when it was withdrawn, or will be */
    DESK_WAY_STALE,        /* by since when it is a stale translation */
    DESK_WAY_ENDS,         /* by when visitors see it no more; upwards only */
    DESK_WAY__MAX
};

/* One walk from a position on: downwards from there, latest first; with is_up upwards,
 * earliest first. Which of the others count, the way says. Up to limit. 1 statement. */
struct desk_walk {
    enum desk_way way;
    int64_t section_id, author_id;
    struct str lang, words, tag; /* words, tag: absent: none; not both */
    enum desk_state state;
    bool is_up;
    struct cursor from; /* excluded */
    int64_t bound;      /* of publish times: none before it (included), or with is_up
                           none after it (excluded) */
    int limit;
};
enum rc store_desk_walk(struct store *st, const struct desk_walk *w, struct arena *a,
                        struct desk_line *out, int *n, struct err *err) MUST_CHECK;

#endif
