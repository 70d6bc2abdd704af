/* model/correction.h - what was wrong in a text that was out, said in public. Once said,
 * it stays; what is wrong with a correction is said in another one. */
#ifndef MODEL_CORRECTION_H
#define MODEL_CORRECTION_H

#include "base/str.h"

enum {
    CORRECTION_MAX = 4000,        /* bytes of its text */
    CORRECTION_AUTHOR_MAX = 1000, /* bytes */
    CORRECTIONS_MAX = 100         /* of one item */
};

struct correction {
    int64_t at; /* UTC seconds */
    struct str text;
    struct str author; /* for the newsroom; visitors read the office's word */
};

/* Those of one item, newest first. */
struct corrections {
    struct correction *all;
    int n;
};

/* One in the list of all, with where its item is. */
struct correction_line {
    struct correction correction;
    int64_t tie; /* orders those of one second; see model/cursor.h */
    struct str lang, slug, title;
    int64_t section_id;
};

#endif
