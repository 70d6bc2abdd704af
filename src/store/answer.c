/* store/answer.c - answers to programs, by key. */
#include "store/answer.h"

#include "store/lock.h"
#include "store/query.h"

#include "base/hash.h"

enum rc
store_answer_hold(struct store *st, int64_t person_id, struct str key, struct err *err)
{
    struct arena a AT_END(arena_done);
    arena_init(&a);
    struct str whole = str_fmt(&a, "%lld:%.*s", (long long)person_id, STR_ARG(key));
    st->held = hash_fast(whole) >> 2;
    st->is_holding = true;
    enum rc rc = lock_hold(st->lock_fd, st->held, err);
    if (rc != RC_OK)
        st->is_holding = false;
    return rc;
}

void
store_answer_let_go(struct store *st)
{
    if (st->is_holding)
        lock_let_go(st->lock_fd, st->held);
    st->is_holding = false;
}

enum rc
store_answer_of(struct store *st, int64_t person_id, struct str key, struct arena *a,
                struct answer *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_ANSWER_OF, &q, err, "is", person_id, key));
    TRY(query_row(&q, err));
    *out = (struct answer){.key = key, .digest = query_str(&q, a)};
    out->item = query_str(&q, a);
    out->version = query_int(&q);
    int state = desk_state_read(query_str(&q, a));
    if (state < 0)
        return err_set(err, RC_FAILED, "an answer with no known state");
    out->state = (enum desk_state)state;
    return RC_OK;
}

enum rc
store_answer_add(struct store *st, int64_t person_id, const struct answer *w, int64_t now,
                 struct err *err)
{
    return query_do(st, Q_ANSWER_ADD, err, "issisis", person_id, w->key, w->digest, now,
                    w->item, w->version, str_of(desk_state_word(w->state)));
}

enum rc
store_answer_drop_old(struct store *st, int64_t until, struct err *err)
{
    return query_do(st, Q_ANSWER_DROP_OLD, err, "i", until);
}
