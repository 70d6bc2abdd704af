/* store/factor.c - second factors and recovery codes. */
#include "store/factor.h"

#include "store/query.h"

enum rc
store_factor_of(struct store *st, int64_t person_id, struct arena *a, struct factor *out,
                struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_FACTOR_OF, &q, err, "i", person_id));
    TRY(query_row(&q, err));
    out->secret = query_str(&q, a);
    out->is_confirmed = query_int(&q) != 0;
    out->last_step = query_int(&q);
    return RC_OK;
}

enum rc
store_factor_begin(struct store *st, int64_t person_id, struct str secret,
                   struct err *err)
{
    return query_do(st, Q_FACTOR_BEGIN, err, "is", person_id, secret);
}

enum rc
store_factor_take_step(struct store *st, int64_t person_id, int64_t step, struct err *err)
{
    return query_do(st, Q_FACTOR_TAKE_STEP, err, "ii", step, person_id);
}

enum rc
store_factor_drop(struct store *st, int64_t person_id, struct err *err)
{
    TRY(query_do(st, Q_FACTOR_CODE_DROP, err, "i", person_id));
    return query_do(st, Q_FACTOR_DROP, err, "i", person_id);
}

enum rc
store_factor_set_codes(struct store *st, int64_t person_id, const struct str *hashes,
                       int n, struct err *err)
{
    TRY(query_do(st, Q_FACTOR_CODE_DROP, err, "i", person_id));
    for (int i = 0; i < n; i++)
        TRY(query_do(st, Q_FACTOR_CODE_ADD, err, "is", person_id, hashes[i]));
    return RC_OK;
}

enum rc
store_factor_take_code(struct store *st, int64_t person_id, struct str hash,
                       struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_FACTOR_CODE_TAKE, &q, err, "is", person_id, hash));
    return query_row(&q, err);
}

enum rc
store_factor_codes_left(struct store *st, int64_t person_id, int *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_FACTOR_CODE_LEFT, &q, err, "i", person_id));
    TRY(query_row(&q, err));
    *out = (int)query_int(&q);
    return RC_OK;
}
