/* store/item_remove.c - removing items that were given up. */
#include "store/item.h"
#include "store/photo.h"
#include "store/query.h"
#include "store/words.h"

/* In this order: what names a row goes before it. */
static const enum query_id parts[] = {
    Q_REMOVE_REVISIONS, Q_REMOVE_HEAD,      Q_REMOVE_DESK,        Q_REMOVE_TEXT,
    Q_REMOVE_ADDRESSES, Q_REMOVE_COMMENTS,  Q_REMOVE_WORKING,     Q_REMOVE_OPENINGS,
    Q_REMOVE_PREVIEWS,  Q_TRANSLATION_DROP, Q_TAG_DROP_FROM_ITEM, Q_PHOTO_DROP_FROM_ITEM,
    Q_REMOVE_ITEM,
};

enum rc
store_item_discarded(struct store *st, int64_t until, int limit, struct arena *a,
                     struct item_name *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_REMOVE_WHICH, &q, err, "ii", until, (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK) {
        out[*n].id = query_int(&q);
        out[(*n)++].public_id = query_str(&q, a);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_item_remove(struct store *st, int64_t id, struct err *err)
{
    TRY(words_drop(st, id, err));
    TRY(store_photo_drop_named(st, id, err));
    for (size_t i = 0; i < N_ELEMENTS(parts); i++)
        TRY(query_do(st, parts[i], err, "i", id));
    return RC_OK;
}
