/* news/export.h - the database as JSON Lines. */
#ifndef NEWS_EXPORT_H
#define NEWS_EXPORT_H

#include "model/item.h"
#include "model/site.h"
#include "store/store.h"

struct export_hooks {
    void *ctx;
    /* Takes one line, with its end. */
    enum rc (*line)(void *ctx, struct str line, struct err *err);
    /* Takes a photo's file, each once per item that uses it; may be NULL. */
    enum rc (*photo)(void *ctx, const struct photo *p, struct err *err);
    /* Called now and then with the number of items done; may be NULL. */
    void (*progress)(void *ctx, int64_t items);
};

/* Gives every item, in the order they were made: the approved text where there is one,
 * else the last revision. All of it is one moment of the database. *n_items counts. */
enum rc news_export(struct store *st, const struct site *site,
                    const struct export_hooks *hooks, int64_t *n_items,
                    struct err *err) MUST_CHECK;

#endif
