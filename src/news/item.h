/* news/item.h - single items by command: find, publish, withdraw.
 *
 * Each change is one write transaction and one revision. */
#ifndef NEWS_ITEM_H
#define NEWS_ITEM_H

#include "model/item.h"
#include "model/section.h"
#include "store/store.h"

/* Row number of an item named by its public id or its address on the site
 * ("/ru/news/events/slug/"). RC_NOT_FOUND. */
enum rc news_item_find(struct store *st, const struct site *site,
                       const struct sections *sections, struct str name, int64_t *id,
                       struct err *err) MUST_CHECK;

/* An item with its text: the approved one, else its last revision. Its photos say what is
 * shown of them. */
enum rc news_item_read(struct store *st, int64_t id, struct arena *a, struct item *out,
                       struct err *err) MUST_CHECK;

/* What the library knows of the i-th photo of an item, named by its sha256: the file, its
 * library, and the credit if it has none of its own. RC_NOT_FOUND. */
enum rc news_item_look_up_photo(struct store *st, struct item *it, int i, struct arena *a,
                                struct err *err) MUST_CHECK;

/* The item of a revision's content, with own texts of its photos, looked up. *row is the
 * item as it is: of the item itself, not of its text, are its number, its group and that
 * it is withdrawn. The section is looked for by its slug, which may have been renamed
 * since; sections NULL: the one in *row. */
enum rc news_item_of_revision(struct store *st, const struct sections *sections,
                              const struct item *row, struct str content, struct arena *a,
                              struct item *out, struct str *why,
                              struct err *err) MUST_CHECK;

struct item_change {
    const struct site *site;
    struct str name;   /* id or address */
    int64_t at;        /* when it is to happen */
    struct str reason; /* of a withdrawal */
    struct str by;
    int64_t now;
};

/* Approves the item's last revision, to be visible from `at` on, without the checklist:
 * an operator may. RC_CONFLICT when it is withdrawn; RC_DENIED by the four-eyes rule;
 * RC_NOT_FOUND. */
enum rc news_item_publish(struct store *st, const struct item_change *c,
                          struct err *err) MUST_CHECK;

/* Takes the item away at `at`; its page answers 410 with the reason from then on.
 * RC_INVALID without a reason; RC_CONFLICT when it is withdrawn already, or was never
 * approved; RC_NOT_FOUND. */
enum rc news_item_withdraw(struct store *st, const struct item_change *c,
                           struct err *err) MUST_CHECK;

#endif
