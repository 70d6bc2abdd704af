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

/* A draft that was given up can be taken back for so long. */
enum { DESK_DISCARDED_KEPT_S = 30 * TIME_DAY_S };

/* A line of the newsroom's list. */
struct desk_line {
    int64_t item_id;
    struct str public_id, lang, title, slug, author;
    int64_t section_id, author_id, changed_at, tie;
    int64_t version;  /* number of the newest revision; 0: not asked */
    struct cursor at; /* where it stands in the list it was read for */
    enum desk_state state;
    /* of the approved text; published_at TIME_NONE: there is none */
    int64_t published_at, visible_from, visible_until, withdrawn_at;
    bool is_date_only;
    int64_t stale_since; /* of a translation: when its source's text became another;
                            TIME_NONE: it did not, or it is no translation */
    int64_t source_id, reflects; /* of a translation, where one item is asked for: what it
                                    is made from, the number of the revision */
};

/* What more a list may ask for: of what visitors have of an item, of its source. */
enum desk_out {
    DESK_OUT_ANY,
    DESK_OUT_SCHEDULED, /* approved, and still to come */
    DESK_OUT_WITHDRAWN, /* taken away */
    DESK_OUT_STALE,     /* a translation whose source says something else by now */
    DESK_OUT__MAX
};

enum desk_turn { DESK_FIRST, DESK_ON, DESK_BACK };

enum { DESK_WORDS_MAX = 200 /* bytes */ };

/* What the list shows, and which page of it. Absent texts and 0: all. */
struct desk_filter {
    struct str words; /* all of them, up to six, in the title */
    struct str tag;   /* without regard to case */
    struct str lang;
    int64_t section_id, author_id;
    int state; /* enum desk_state; -1: all but the discarded ones */
    enum desk_out out;
    bool has_dates; /* publish time from (included) until (excluded) */
    int64_t from, until;
    enum desk_turn turn; /* the page behind a place in the list, or before it */
    struct cursor place;
};

/* A page of the list. */
struct desk_page {
    struct desk_line *all;
    int n;
    bool has_on, has_back;
    struct cursor on, back; /* the places behind and before which the list goes on */
    bool is_cut;            /* ended before it was full: see news_desk_list */
};

/* What a program is told that changed an item. With a key it is kept for a while, and
 * told again when the same request comes again. */
struct answer {
    struct str key, digest; /* key absent: not kept; digest: of the request */
    struct str item;        /* its public id */
    int64_t version;
    enum desk_state state;
};

/* What stands in the way of approving. */
#define SHORTCOMING(constant, name, field, text) constant,
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

/* The checklist: whatever must be there before a text may be approved.
 *   is_untouched  a translation whose body is still its source's */
void item_check(const struct item *it, bool is_untouched, struct shortcomings *out);

/* The line that opens a place which two people changed, in a text that joins them; a
 * name follows. As in every program that joins texts. */
#define CONFLICT_MARK \
    "<<<"             \
    "<<<< "

/* Its name for programs ("lead"), the field of the item where it is told, and what is
 * wrong in plain words. */
const char *shortcoming_name(enum shortcoming_kind k);
const char *shortcoming_field(enum shortcoming_kind k);
const char *shortcoming_text(enum shortcoming_kind k);

#endif
