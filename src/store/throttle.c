/* store/throttle.c - failures of signing in, and known devices. */
#include "store/throttle.h"

#include "store/query.h"

enum rc
store_throttle_of(struct store *st, struct str what, int64_t since, struct throttle *out,
                  struct err *err)
{
    struct query q AT_END(query_end) = {0};
    *out = (struct throttle){0};
    TRY(query_start(st, Q_THROTTLE_OF, &q, err, "si", what, since));
    enum rc rc = query_row(&q, err);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    out->failures = query_int(&q);
    out->began_at = query_int(&q);
    return RC_OK;
}

enum rc
store_throttle_count(struct store *st, struct str what, int64_t now, int64_t since,
                     struct err *err)
{
    return query_do(st, Q_THROTTLE_COUNT, err, "sii", what, now, since);
}

enum rc
store_throttle_uncount(struct store *st, struct str what, struct err *err)
{
    return query_do(st, Q_THROTTLE_UNCOUNT, err, "s", what);
}

enum rc
store_throttle_forget(struct store *st, struct str what, struct err *err)
{
    return query_do(st, Q_THROTTLE_DROP, err, "s", what);
}

enum rc
store_throttle_drop_old(struct store *st, int64_t since, struct err *err)
{
    return query_do(st, Q_THROTTLE_DROP_OLD, err, "i", since);
}

enum rc
store_device_is_known(struct store *st, struct str token_hash, int64_t person_id,
                      int64_t since, bool *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    *out = false;
    TRY(query_start(st, Q_DEVICE_OF, &q, err, "sii", token_hash, person_id, since));
    enum rc rc = query_row(&q, err);
    *out = rc == RC_OK;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_device_seen(struct store *st, struct str token_hash, int64_t person_id, int64_t now,
                  struct err *err)
{
    return query_do(st, Q_DEVICE_ADD, err, "sii", token_hash, person_id, now);
}

enum rc
store_device_forget_all(struct store *st, int64_t person_id, struct err *err)
{
    return query_do(st, Q_DEVICE_DROP_ALL, err, "i", person_id);
}

enum rc
store_device_drop_old(struct store *st, int64_t since, struct err *err)
{
    return query_do(st, Q_DEVICE_DROP_OLD, err, "i", since);
}
