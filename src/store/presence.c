/* store/presence.c - who is at which item. */
#include "store/presence.h"

#include "store/query.h"

enum rc
store_presence_of(struct store *st, int64_t item_id, int64_t person_id, int64_t *began_at,
                  int64_t *until, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PRESENCE_OF, &q, err, "ii", item_id, person_id));
    TRY(query_row(&q, err));
    *began_at = query_int(&q);
    *until = query_int(&q);
    return RC_OK;
}

enum rc
store_presence_set(struct store *st, int64_t item_id, int64_t person_id, int64_t began_at,
                   int64_t until, struct err *err)
{
    return query_do(st, Q_PRESENCE_SET, err, "iiii", item_id, person_id, began_at, until);
}

enum rc
store_presence_drop_old(struct store *st, int64_t now, struct err *err)
{
    return query_do(st, Q_PRESENCE_DROP_OLD, err, "i", now);
}

enum rc
store_presence_drop(struct store *st, int64_t item_id, int64_t person_id, struct err *err)
{
    return query_do(st, Q_PRESENCE_DROP, err, "ii", item_id, person_id);
}

enum rc
store_presence_others(struct store *st, int64_t item_id, int64_t person_id, int64_t now,
                      struct arena *a, struct presences *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    out->n = 0;
    TRY(query_start(st, Q_PRESENCE_OTHERS, &q, err, "iiii", item_id, person_id, now,
                    (int64_t)PRESENCE_MOST));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct presence *p = &out->all[out->n++];
        p->name = query_str(&q, a);
        p->began_at = query_int(&q);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
