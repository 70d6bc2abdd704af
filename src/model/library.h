/* model/library.h - the photo library as a list: a line for each photo, and what may be
 * asked for. */
#ifndef MODEL_LIBRARY_H
#define MODEL_LIBRARY_H

#include "model/item.h"

/* A photo in the list. */
struct library_line {
    int64_t id;
    struct str sha256, ext, credit, creator, caption, headline, file_name;
    struct str taken_at; /* ISO 8601, a part of it or all */
    struct str focal;
    int width_px, height_px;
    int64_t added_at, expires_at;       /* expires_at: VISIBLE_NEVER: no end */
    int64_t withdrawn_at, confirmed_at; /* TIME_NONE: not yet */
    bool has_files;                     /* what is given out of it is made */
    bool is_used;                       /* an item uses it */
};

/* What is still to be done with photos, or was. */
enum library_state {
    LIBRARY_ANY,
    LIBRARY_TO_CONFIRM, /* nobody has looked at its texts yet */
    LIBRARY_WITHOUT_CREDIT,
    LIBRARY_UNUSED, /* by any item */
    LIBRARY_ENDING, /* rights end one day */
    LIBRARY_ENDED,  /* they have ended */
    LIBRARY_WITHDRAWN,
    LIBRARY__MAX
};

/* "to-confirm", as addresses and commands say it ("any" for all); static storage. */
const char *library_state_word(enum library_state state);
/* The state of a word, or -1. */
int library_state_read(struct str word);

enum { LIBRARY_WORDS_MAX = 200 /* bytes */ };

/* Absent texts, 0: all. */
struct library_filter {
    struct str words; /* all of them, up to six, somewhere in its texts */
    struct str credit, creator, caption; /* likewise, in these alone */
    struct str from, until; /* days it was taken on: "2026-03-31", both included */
    enum library_state state;
    /* The page behind a photo, or the one that ends before it; 0: the first. */
    int64_t after, before;
};

/* A page of the list: newest first; by the dates they were taken on alone the latest
 * first; what ends or has ended alone that which is nearest first. */
struct library_page {
    struct library_line *all;
    int n;
    bool has_more, has_back;
    int64_t after,
        before;  /* what the next page lies behind, and the one before ahead of */
    bool is_cut; /* ended before it was full: see news_library_list */
};

/* A photo that is to be gone from an item when its rights end. */
struct library_leaving {
    struct library_line photo; /* id and names alone */
    int64_t item_id, ends_at;
    struct str title; /* of the item */
};

#endif
