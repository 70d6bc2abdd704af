/* news/remove.c - drafts that were given up long ago. */
#include "news/desk.h"
#include "store/audit.h"
#include "store/item.h"

static enum rc
find(const struct desk *d, int limit, struct arena *a, struct item_name *out, int *n,
     struct err *err)
{
    return store_item_discarded(d->st, d->now - DESK_DISCARDED_KEPT_S, limit, a, out, n,
                                err);
}

static enum rc
find_any(const struct desk *d, int limit, struct arena *a, struct item_name *out, int *n,
         struct err *err)
{
    TRY(store_read_begin(d->st, err));
    enum rc rc = find(d, limit, a, out, n, err);
    store_read_end(d->st);
    return rc;
}

static enum rc
remove_all(const struct desk *d, const struct item_name *all, int n, struct err *err)
{
    for (int i = 0; i < n; i++) {
        TRY(store_item_remove(d->st, all[i].id, err));
        TRY(store_audit_add(d->st, d->now, d->actor, "remove", all[i].public_id,
                            (struct str){NULL, 0}, err));
    }
    return RC_OK;
}

enum rc
news_desk_remove_discarded(const struct desk *d, int limit, int *n, struct err *err)
{
    struct arena a AT_END(arena_done);
    arena_init(&a);
    struct item_name *all = arena_array(&a, struct item_name, limit);
    TRY(find_any(d, limit, &a, all, n, err));
    if (*n == 0)
        return RC_OK;
    TRY(store_write_begin(d->st, err));
    /* Again: somebody may have taken one back before the lock was had. */
    enum rc rc = find(d, limit, &a, all, n, err);
    if (rc == RC_OK)
        rc = remove_all(d, all, *n, err);
    if (rc == RC_OK)
        return store_write_commit(d->st, false, d->now, err);
    store_write_rollback(d->st);
    return rc;
}
