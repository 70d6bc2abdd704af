/* model/desk.h - an item as the newsroom sees it: its newest text, approved or not. */
#ifndef MODEL_DESK_H
#define MODEL_DESK_H

#include "model/cursor.h"
#include "model/item.h"

#define WORD(constant, word) constant,
/* Of an item's newest revision. */
enum desk_state {
#define DESK_STATES
#include "model/words.def"
#undef DESK_STATES
    DESK__MAX
};
#undef WORD

const char *desk_state_word(enum desk_state s);
/* -1 when it is none. */
int desk_state_read(struct str word);

enum { DESK_REASON_MAX = 2000 }; /* bytes; visitors may read it */

/* A line of the newsroom's list. */
struct desk_line {
    int64_t item_id;
    struct str public_id, lang, title, slug, author;
    int64_t section_id, author_id, changed_at, tie;
    struct cursor at; /* where it stands in the list it was read for */
    enum desk_state state;
    /* of the approved text; published_at TIME_NONE: there is none */
    int64_t published_at, visible_from, visible_until, withdrawn_at;
    bool is_date_only;
};

/* What the list shows. Section and author are not offered together. */
struct desk_filter {
    int64_t section_id;         /* 0: all */
    int64_t author_id;          /* 0: all */
    struct str lang;            /* absent: all */
    int state;                  /* enum desk_state; -1: all but the discarded ones */
    bool has_before, has_after; /* one of them at most */
    struct cursor before, after;
};

/* A page of the list, newest first. */
struct desk_page {
    struct desk_line *all;
    int n;
    bool has_older, has_newer;
    struct cursor older, newer; /* what those pages lie before and after */
    bool is_cut; /* so much was looked at that the page ended before it was full */
};

/* What stands in the way of approving. */
#define SHORTCOMING(constant, name, text) constant,
enum shortcoming_kind {
#include "model/shortcoming.def"
    SHORTCOMING__MAX
};
#undef SHORTCOMING

enum { SHORTCOMINGS_MAX = ITEM_PHOTOS_MAX * 2 + 8 };

struct shortcoming {
    enum shortcoming_kind kind;
    int photo; /* its number from 1; 0: not about a photo */
};
struct shortcomings {
    struct shortcoming all[SHORTCOMINGS_MAX];
    int n;
};

/* The checklist: whatever must be there before a text may be approved. */
void item_check(const struct item *it, struct shortcomings *out);

/* The line that opens a place which two people changed, in a text that joins them; a
 * name follows. As in every program that joins texts. */
#define CONFLICT_MARK \
    "<<<"             \
    "<<<< "

/* Its name for programs ("lead") and what is wrong in plain words. */
const char *shortcoming_name(enum shortcoming_kind k);
const char *shortcoming_text(enum shortcoming_kind k);

#endif
