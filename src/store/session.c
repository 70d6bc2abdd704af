/* store/session.c - sessions. */
#include "store/session.h"

#include "store/query.h"

/* The columns of SESSION_BY_TOKEN and SESSION_OF_PERSON. */
static struct session
read_row(struct query *q, struct arena *a)
{
    struct session s = {.id = query_int(q)};
    s.person_id = query_int(q);
    s.is_whole = query_int(q) != 0;
    s.began_at = query_int(q);
    s.seen_at = query_int(q);
    s.address = query_str(q, a);
    s.agent = query_str(q, a);
    return s;
}

enum rc
store_session_by_token(struct store *st, struct str token_hash,
                       struct session_limits limits, struct arena *a, struct session *out,
                       struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_SESSION_BY_TOKEN, &q, err, "sii", token_hash, limits.seen_since,
                    limits.began_since));
    TRY(query_row(&q, err));
    *out = read_row(&q, a);
    return RC_OK;
}

enum rc
store_session_add(struct store *st, const struct session *s, struct str token_hash,
                  struct err *err)
{
    return query_do(st, Q_SESSION_ADD, err, "siiiiee", token_hash, s->person_id,
                    (int64_t)s->is_whole, s->began_at, s->seen_at, s->address, s->agent);
}

enum rc
store_session_seen(struct store *st, int64_t id, int64_t now, struct err *err)
{
    return query_do(st, Q_SESSION_SEEN, err, "ii", now, id);
}

enum rc
store_session_set_token(struct store *st, int64_t id, struct str token_hash,
                        struct err *err)
{
    return query_do(st, Q_SESSION_SET_TOKEN, err, "si", token_hash, id);
}

enum rc
store_session_of_person(struct store *st, int64_t person_id, struct session_limits limits,
                        int most, struct arena *a, struct session *out, int *n,
                        struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_SESSION_OF_PERSON, &q, err, "iiii", person_id,
                    limits.seen_since, limits.began_since, (int64_t)most));
    while ((rc = query_row(&q, err)) == RC_OK)
        out[(*n)++] = read_row(&q, a);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_session_end(struct store *st, struct str token_hash, struct err *err)
{
    return query_do(st, Q_SESSION_END, err, "s", token_hash);
}

enum rc
store_session_end_one(struct store *st, int64_t id, int64_t person_id, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_SESSION_END_ONE, &q, err, "ii", id, person_id));
    return query_row(&q, err);
}

enum rc
store_session_end_all(struct store *st, int64_t person_id, struct err *err)
{
    return query_do(st, Q_SESSION_END_ALL, err, "i", person_id);
}

enum rc
store_session_drop_over(struct store *st, struct session_limits limits, struct err *err)
{
    TRY(query_do(st, Q_SESSION_DROP_IDLE, err, "i", limits.seen_since));
    return query_do(st, Q_SESSION_DROP_OLD, err, "i", limits.began_since);
}

enum rc
store_session_of_disabled(struct store *st, struct arena *a, struct str *login,
                          struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_SESSION_OF_DISABLED, &q, err, ""));
    TRY(query_row(&q, err));
    *login = query_str(&q, a);
    return RC_OK;
}
