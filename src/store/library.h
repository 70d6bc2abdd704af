/* store/library.h - the photo library as a list. */
#ifndef STORE_LIBRARY_H
#define STORE_LIBRARY_H

#include "model/library.h"
#include "store/store.h"

/* Along which index a walk goes, and so what it is ordered by. */
enum library_way {
    LIBRARY_WAY_ALL,            /* the newest first */
    LIBRARY_WAY_WORDS,          /* likewise, what match finds */
    LIBRARY_WAY_TO_CONFIRM,     /* likewise */
    LIBRARY_WAY_WITHOUT_CREDIT, /* likewise */
    LIBRARY_WAY_UNUSED,         /* likewise */
    LIBRARY_WAY_WITHDRAWN,      /* by when, the latest first */
    LIBRARY_WAY_TAKEN,          /* by when, the latest first */
    LIBRARY_WAY_ENDING,         /* by when, the soonest first */
    LIBRARY_WAY_ENDED,          /* by when, the latest first */
    LIBRARY_WAY__MAX
};

/* One walk from a line on (excluded), of which counts what the way is ordered by. */
struct library_walk {
    enum library_way way;
    bool is_up;       /* against that order */
    struct str match; /* LIBRARY_WAY_WORDS: of library_match */
    struct str bound; /* LIBRARY_WAY_TAKEN: none before it; is_up: none from it on */
    struct library_line from;
    int limit;
};

/* Up to limit lines into out. 1 statement. */
enum rc store_library_walk(struct store *st, const struct library_walk *w,
                           struct arena *a, struct library_line *out, int *n,
                           struct err *err) MUST_CHECK;

/* One line. 1 statement. RC_NOT_FOUND. */
enum rc store_library_line(struct store *st, int64_t id, struct arena *a,
                           struct library_line *out, struct err *err) MUST_CHECK;

/* Up to limit uses that end from after until before, the soonest first, into out. 1
 * statement. */
enum rc store_library_leaving(struct store *st, int64_t after, int64_t before, int limit,
                              struct arena *a, struct library_leaving *out, int *n,
                              struct err *err) MUST_CHECK;

/* What LIBRARY_WAY_WORDS is to look for: each of the first six words of each text where
 * it belongs, and the marks of the state and the days; absent when nothing is asked for.
 * Whatever was typed is text to it. */
struct str library_match(struct arena *a, const struct library_filter *f);

/* Puts the words of a photo in order after its row was written, inside
 * store_write_begin. */
enum rc library_words_set(struct store *st, int64_t id, struct err *err) MUST_CHECK;

/* Puts right what an older program wrote: what is used, and words. */
enum rc store_library_fill(struct store *st, struct err *err) MUST_CHECK;

#endif
