/* store/person.c - people. */
#include "store/person.h"

#include "store/query.h"

#include "base/time.h"

/* The columns of PERSON_BY_KEY, PERSON_BY_ID and PERSON_AFTER. */
static enum rc
read_row(struct query *q, struct arena *a, struct person *out, struct err *err)
{
    *out = (struct person){.id = query_int(q)};
    out->login = query_str(q, a);
    out->name = query_str(q, a);
    int role = role_read(query_str(q, a));
    out->is_disabled = query_int(q) != 0;
    out->must_have_second_factor = query_int(q) != 0;
    out->made_at = query_int(q);
    out->has_authenticator = query_int(q) != 0;
    out->has_passkey = query_int(q) != 0;
    out->has_second_factor = out->has_authenticator || out->has_passkey;
    if (role < 0)
        return err_set(err, RC_FAILED, "person %lld has no known role",
                       (long long)out->id);
    out->role = (enum role)role;
    return RC_OK;
}

static enum rc
read_sections(struct store *st, struct arena *a, struct person *p, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    p->sections = arena_array(a, int64_t, PERSON_SECTIONS_MAX);
    TRY(query_start(st, Q_PERSON_SECTIONS, &q, err, "i", p->id));
    while ((rc = query_row(&q, err)) == RC_OK && p->n_sections < PERSON_SECTIONS_MAX)
        p->sections[p->n_sections++] = query_int(&q);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
read_one(struct store *st, struct query *q, struct arena *a, struct person *out,
         struct err *err)
{
    struct person p;
    TRY(query_row(q, err));
    TRY(read_row(q, a, &p, err));
    TRY(read_sections(st, a, &p, err));
    *out = p;
    return RC_OK;
}

enum rc
store_person_by_key(struct store *st, struct str key, struct arena *a, struct person *out,
                    struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PERSON_BY_KEY, &q, err, "s", key));
    return read_one(st, &q, a, out, err);
}

enum rc
store_person_by_id(struct store *st, int64_t id, struct arena *a, struct person *out,
                   struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PERSON_BY_ID, &q, err, "i", id));
    return read_one(st, &q, a, out, err);
}

enum rc
store_person_after(struct store *st, struct str key, int most, struct arena *a,
                   struct person *out, int *n, struct str *last, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_PERSON_AFTER, &q, err, "si", key, (int64_t)most));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct person *p = &out[(*n)++];
        TRY(read_row(&q, a, p, err));
        *last = query_str(&q, a);
        TRY(read_sections(st, a, p, err));
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
add_sections(struct store *st, const struct person *p, struct err *err)
{
    for (int i = 0; i < p->n_sections; i++)
        TRY(query_do(st, Q_PERSON_ADD_SECTION, err, "ii", p->id, p->sections[i]));
    return RC_OK;
}

static enum rc
insert(struct store *st, struct person *p, struct str key, struct str password_hash,
       struct err *err)
{
    struct query q AT_END(query_end) = {0};
    int64_t password_at = password_hash.n > 0 ? p->made_at : TIME_NONE;
    TRY(query_start(st, Q_PERSON_ADD, &q, err, "ssssiieit", p->login, key, p->name,
                    str_of(role_word(p->role)), (int64_t)p->is_disabled,
                    (int64_t)p->must_have_second_factor, password_hash, p->made_at,
                    password_at));
    TRY(query_row(&q, err));
    p->id = query_int(&q);
    return RC_OK;
}

enum rc
store_person_add(struct store *st, struct person *p, struct str key,
                 struct str password_hash, struct err *err)
{
    TRY(insert(st, p, key, password_hash, err));
    return add_sections(st, p, err);
}

enum rc
store_person_change(struct store *st, const struct person *p, struct err *err)
{
    TRY(query_do(st, Q_PERSON_CHANGE, err, "ssiii", p->name, str_of(role_word(p->role)),
                 (int64_t)p->is_disabled, (int64_t)p->must_have_second_factor, p->id));
    TRY(query_do(st, Q_PERSON_DROP_SECTIONS, err, "i", p->id));
    return add_sections(st, p, err);
}

enum rc
store_person_other_administrator(struct store *st, int64_t id, bool *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PERSON_OTHER_ADMINISTRATOR, &q, err, "i", id));
    TRY(query_row(&q, err));
    *out = query_int(&q) != 0;
    return RC_OK;
}

enum rc
store_person_password(struct store *st, int64_t id, struct arena *a, struct str *hash,
                      struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PERSON_PASSWORD, &q, err, "i", id));
    TRY(query_row(&q, err));
    *hash = query_str(&q, a);
    return RC_OK;
}

enum rc
store_person_set_password(struct store *st, int64_t id, struct str hash, int64_t now,
                          struct err *err)
{
    return query_do(st, Q_PERSON_SET_PASSWORD, err, "sii", hash, now, id);
}

enum rc
store_person_drop_section(struct store *st, int64_t section_id, struct err *err)
{
    return query_do(st, Q_PERSON_DROP_SECTION, err, "i", section_id);
}
