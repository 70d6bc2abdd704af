/* news/desk.h - the newsroom: writing, checking, approving, correcting, withdrawing.
 *
 * Saving is not publishing: every save is a revision, and only an approved one is what
 * visitors see. Each call that changes something is one write transaction with its line
 * in the audit log. Everybody's rights are asked here, whatever was asked before:
 * RC_DENIED. Items are named by public id or address. RC_NOT_FOUND, RC_BUSY, RC_FAILED
 * everywhere. */
#ifndef NEWS_DESK_H
#define NEWS_DESK_H

#include "model/actor.h"
#include "model/desk.h"
#include "model/person.h"
#include "model/section.h"
#include "news/exchange.h"
#include "news/merge.h"
#include "store/revision.h"
#include "store/store.h"

enum { ANSWER_KEPT_S = 2 * TIME_DAY_S };

struct desk {
    struct store *st;
    const struct site *site;
    const struct actor *actor;
    int64_t now;
};

/* What is done to an item as a whole; news/step.def says from which states. */
#define STEP(constant, word, right, states, needs_reason, run) constant,
enum desk_step {
#include "news/step.def"
    STEP__MAX
};
#undef STEP

/* An item as the newsroom sees it. */
struct desk_item {
    struct item item;   /* the newest revision's text */
    struct str section; /* its slug */
    enum desk_state state;
    int64_t version;  /* number of that revision: what a save is based on */
    int64_t approved; /* number of the last approved one; 0: none */
    bool is_minor;
    struct str why; /* of that revision: the reason when it was sent back */
    struct str saved_by;
    bool is_stale;     /* a translation whose source says something else by now */
    bool is_untouched; /* a translation whose body is still its source's */
    int64_t author_id; /* who made the item */
    struct str author;
    /* the rest is of the item as it is; absent in old revisions */
    int64_t visible_from, visible_until; /* of the approved text; VISIBLE_NEVER: none */
    bool may_edit;                       /* may the actor? */
    unsigned steps;                      /* those the actor may take: 1 << STEP_... */
    bool needs_other_eyes; /* the four-eyes rule lets the actor not approve */
    bool is_update;        /* approved now, the page would say that it was updated */
    int64_t n_comments;    /* that are still to be seen to */
    int64_t discarded_at;  /* when it was given up, if it is */
};
enum rc news_desk_read(const struct desk *d, struct str name, struct arena *a,
                       struct desk_item *out, struct err *err) MUST_CHECK;

/* The name of the item that the newsroom's pages know by the number of its row. */
enum rc news_desk_name(const struct desk *d, int64_t id, struct arena *a, struct str *out,
                       struct err *err) MUST_CHECK;

/* Reads the JSON of an item (news/exchange.h) that is to be saved as a new one, or as a
 * change of *old: the way in for commands and programs. A photo must be one of the
 * library, named by its sha256. RC_INVALID names the key. */
enum rc news_desk_parse(const struct desk *d, struct str json, const struct item *old,
                        struct arena *a, struct exchange *out,
                        struct err *err) MUST_CHECK;

struct desk_order;
struct desk_save {
    const struct item *item; /* id 0: a new one; slug absent: made, or kept */
    int64_t based_on;        /* the version its writer had before them; 0: new */
    bool is_minor;           /* a small change: does not set "Updated" */
    struct str why;
    /* A step taken with it: both are done, or neither. NULL: none. What is wrong with it
     * is told as by news_desk_step. */
    const struct desk_order *then;
    struct shortcomings *shortcomings;
    struct answer *answer; /* NULL: nobody wants it; else see news_desk_step */
    struct str draft; /* the form it comes from, which is done with then; absent: none */
};
struct desk_saved {
    int64_t id, version;
    struct str public_id;
    bool is_changed; /* false: nothing differed, nothing was written */
};

/* Saves a text as a draft; one that waits for review stays there.
 *   RC_CONFLICT  somebody saved since: *m has both texts and what joining them gives
 *                (m->mine.id is then the item's), out->version what to base that on;
 *                nothing is written. With out->version 0: the item is discarded
 *   RC_INVALID   the field that is wrong */
enum rc news_desk_save(const struct desk *d, const struct desk_save *s, struct arena *a,
                       struct desk_saved *out, struct merge *m,
                       struct err *err) MUST_CHECK;

/* A draft with the text of another item, without its times, addresses and group. */
enum rc news_desk_copy(const struct desk *d, struct str name, struct arena *a,
                       struct desk_saved *out, struct err *err) MUST_CHECK;

struct desk_order {
    struct str name;
    enum desk_step step;
    int64_t version;   /* the one looked at; 0: whichever is the newest */
    struct str reason; /* where one is needed */
    int64_t at;        /* approve: publish then; withdraw: from then; TIME_NONE: as the
                          text says, else now */
    struct answer *answer; /* NULL: nobody wants it */
};

/* Takes a step. Version and state of o->answer are set to what is stored with it; with a
 * key the answer is kept in the same transaction (RC_CONFLICT when the key is used), for
 * ANSWER_KEPT_S at least; only its item is as it was.
 *   RC_INVALID   the reason is missing; or, with shortcomings in *out, the checklist
 *   RC_CONFLICT  not from this state, or somebody saved since
 *   RC_DENIED    not allowed, or the four-eyes rule */
enum rc news_desk_step(const struct desk *d, const struct desk_order *o,
                       struct shortcomings *out, struct err *err) MUST_CHECK;

/* What the state of an object that was read asks for beside its saving; false: nothing.
 */
bool news_desk_then(const struct exchange *x, enum desk_step *out);

/* Removes up to limit drafts that were discarded DESK_DISCARDED_KEPT_S ago and were never
 * approved, with their history; the audit log keeps a line of each. In one transaction;
 * takes the write lock only if there is something to do. n: how many. Asks no rights: for
 * the program itself. */
enum rc news_desk_remove_discarded(const struct desk *d, int limit, int *n,
                                   struct err *err) MUST_CHECK;

/* The right that a step needs. */
enum right desk_step_right(enum desk_step s);

/* What a step is called ("send-back"), and back (-1 when it is none). */
const char *desk_step_word(enum desk_step s);
int desk_step_read(struct str word);

/* A revision as the history tells it. */
struct desk_past {
    struct revision revision; /* without its content */
    struct str why;           /* a reason, a note on the change; may be empty */
    bool is_withdrawn;        /* the text was taken away by then */
};

/* Up to limit revisions before a number (INT64_MAX: the newest), newest first. */
enum rc news_desk_history(const struct desk *d, struct str name, int64_t before,
                          int limit, struct arena *a, struct desk_past *out, int *n,
                          struct err *err) MUST_CHECK;

/* The item as it was in a revision. */
enum rc news_desk_revision(const struct desk *d, struct str name, int64_t number,
                           struct arena *a, struct desk_item *out,
                           struct err *err) MUST_CHECK;

/* The fields that differ between two revisions, word by word. */
struct desk_diff {
    struct {
        const char *name;
        struct diff diff;
    } fields[MERGE_FIELDS];
    int n;
};
enum rc news_desk_diff(const struct desk *d, struct str name, int64_t old, int64_t new,
                       struct arena *a, struct desk_diff *out,
                       struct err *err) MUST_CHECK;

/* Saves the text of an earlier revision as the newest draft. version: the newest one that
 * was looked at. */
enum rc news_desk_restore(const struct desk *d, struct str name, int64_t number,
                          int64_t version, struct err *err) MUST_CHECK;

/* A page of the list by a filter, of up to limit lines: newest change first; with dates
 * (and without words and tag) latest publish time first; what is scheduled soonest first.
 * Drafts of others are left out for who may not see them. A page looks at up to
 * DESK_LIST_LOOKS lines, whatever the size of the archive: one that is_cut has looked at
 * so many and may show few of them, or none; the list goes on behind it. */
enum { DESK_LIST_LOOKS = 2000 };
enum rc news_desk_list(const struct desk *d, const struct desk_filter *f, int limit,
                       struct arena *a, struct desk_page *out,
                       struct err *err) MUST_CHECK;

#endif
