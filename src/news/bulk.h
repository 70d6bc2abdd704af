/* news/bulk.h - the same to several items, each by itself.
 *
 * Every item is a transaction of its own, by the functions of news/desk.h and so by the
 * same rules and rights as alone: it is done wholly or not at all, and what is refused to
 * one says nothing of the next. */
#ifndef NEWS_BULK_H
#define NEWS_BULK_H

#include "news/desk.h"

enum desk_bulk {
#define BULK(constant, word, needs, run) constant,
#include "news/bulk.def"
#undef BULK
    BULK__MAX
};

enum bulk_needs {
    BULK_NEEDS_NOTHING,
    BULK_NEEDS_REASON,
    BULK_NEEDS_SECTION,
    BULK_NEEDS_TAG
};

struct bulk_order {
    enum desk_bulk action;
    struct str reason, tag; /* where it needs them */
    int64_t section_id;
};

struct bulk_done {
    struct desk_item before;    /* as it was; item.id 0: it could not be read */
    struct shortcomings shorts; /* why it was not approved */
    bool is_changed;            /* false: there was nothing to do */
};

/* Does it to one item, by the number of its row, as it was looked at (its version).
 *   RC_INVALID   the checklist (out->shorts), or the reason, section or tag
 *   RC_CONFLICT  somebody saved since, or not from its state
 *   RC_DENIED    not allowed, or the four-eyes rule (out->before.needs_other_eyes)
 *   RC_NOT_FOUND, RC_BUSY, RC_FAILED */
enum rc news_bulk(const struct desk *d, const struct bulk_order *o, int64_t item_id,
                  int64_t version, struct arena *a, struct bulk_done *out,
                  struct err *err) MUST_CHECK;

/* What an action is called ("move"), back (-1 when it is none), and what it needs. */
const char *bulk_word(enum desk_bulk b);
int bulk_read(struct str word);
enum bulk_needs bulk_needs(enum desk_bulk b);

#endif
