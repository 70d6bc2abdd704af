/* store/passkey.c - passkeys and answered challenges. */
#include "store/passkey.h"

#include "store/query.h"

/* The columns of PASSKEY_BY_CREDENTIAL and PASSKEY_OF_PERSON. */
static struct passkey
read_row(struct query *q, struct arena *a)
{
    struct passkey p = {.id = query_int(q)};
    p.person_id = query_int(q);
    p.credential = query_str(q, a);
    p.algorithm = query_int(q);
    p.public_key = query_str(q, a);
    p.sign_count = query_int(q);
    p.transports = query_str(q, a);
    p.name = query_str(q, a);
    p.made_at = query_int(q);
    p.used_at = query_time(q);
    return p;
}

enum rc
store_passkey_by_credential(struct store *st, struct str credential, struct arena *a,
                            struct passkey *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PASSKEY_BY_CREDENTIAL, &q, err, "s", credential));
    TRY(query_row(&q, err));
    *out = read_row(&q, a);
    return RC_OK;
}

enum rc
store_passkey_of_person(struct store *st, int64_t person_id, struct arena *a,
                        struct passkey out[PASSKEYS_MAX], int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_PASSKEY_OF_PERSON, &q, err, "ii", person_id,
                    (int64_t)PASSKEYS_MAX));
    while ((rc = query_row(&q, err)) == RC_OK)
        out[(*n)++] = read_row(&q, a);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_passkey_add(struct store *st, const struct passkey *p, struct err *err)
{
    return query_do(st, Q_PASSKEY_ADD, err, "isisieei", p->person_id, p->credential,
                    p->algorithm, p->public_key, p->sign_count, p->transports, p->name,
                    p->made_at);
}

enum rc
store_passkey_used(struct store *st, int64_t id, int64_t sign_count, int64_t now,
                   struct err *err)
{
    return query_do(st, Q_PASSKEY_USED, err, "iii", sign_count, now, id);
}

enum rc
store_passkey_drop(struct store *st, int64_t id, int64_t person_id, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PASSKEY_DROP, &q, err, "ii", id, person_id));
    return query_row(&q, err);
}

enum rc
store_passkey_drop_all(struct store *st, int64_t person_id, struct err *err)
{
    return query_do(st, Q_PASSKEY_DROP_ALL, err, "i", person_id);
}

enum rc
store_passkey_secret(struct store *st, struct arena *a, struct str *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PASSKEY_SECRET, &q, err, "s", STR("passkey")));
    TRY(query_row(&q, err));
    *out = query_str(&q, a);
    return RC_OK;
}

enum rc
store_challenge_take(struct store *st, struct str value, int64_t now, struct err *err)
{
    return query_do(st, Q_PASSKEY_CHALLENGE_TAKE, err, "si", value, now);
}

enum rc
store_challenge_drop_old(struct store *st, int64_t until, struct err *err)
{
    return query_do(st, Q_PASSKEY_CHALLENGE_DROP_OLD, err, "i", until);
}
