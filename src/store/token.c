/* store/token.c - tokens. */
#include "store/token.h"

#include "store/query.h"

/* The columns of TOKEN_BY_HASH and TOKEN_OF_PERSON. */
static enum rc
read_row(struct query *q, struct arena *a, struct token *out, struct err *err)
{
    *out = (struct token){.id = query_int(q)};
    out->person_id = query_int(q);
    out->name = query_str(q, a);
    int scope = scope_read(query_str(q, a));
    out->is_limited = query_int(q) != 0;
    out->made_at = query_int(q);
    out->expires_at = query_int(q);
    out->used_at = query_time(q);
    if (scope < 0)
        return err_set(err, RC_FAILED, "token %lld has no known scope",
                       (long long)out->id);
    out->scope = (enum scope)scope;
    return RC_OK;
}

static enum rc
read_sections(struct store *st, struct arena *a, struct token *t, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    if (!t->is_limited)
        return RC_OK;
    t->sections = arena_array(a, int64_t, PERSON_SECTIONS_MAX);
    TRY(query_start(st, Q_TOKEN_SECTIONS, &q, err, "i", t->id));
    while ((rc = query_row(&q, err)) == RC_OK && t->n_sections < PERSON_SECTIONS_MAX)
        t->sections[t->n_sections++] = query_int(&q);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
insert(struct store *st, struct token *t, struct str token_hash, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_TOKEN_ADD, &q, err, "sissiii", token_hash, t->person_id,
                    t->name, str_of(scope_word(t->scope)), (int64_t)t->is_limited,
                    t->made_at, t->expires_at));
    TRY(query_row(&q, err));
    t->id = query_int(&q);
    return RC_OK;
}

enum rc
store_token_add(struct store *st, struct token *t, struct str token_hash, struct err *err)
{
    TRY(insert(st, t, token_hash, err));
    for (int i = 0; i < t->n_sections; i++)
        TRY(query_do(st, Q_TOKEN_ADD_SECTION, err, "ii", t->id, t->sections[i]));
    return RC_OK;
}

enum rc
store_token_by_hash(struct store *st, struct str token_hash, struct arena *a,
                    struct token *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_TOKEN_BY_HASH, &q, err, "s", token_hash));
    TRY(query_row(&q, err));
    TRY(read_row(&q, a, out, err));
    return read_sections(st, a, out, err);
}

enum rc
store_token_of_person(struct store *st, int64_t person_id, int most, struct arena *a,
                      struct token *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_TOKEN_OF_PERSON, &q, err, "ii", person_id, (int64_t)most));
    while ((rc = query_row(&q, err)) == RC_OK) {
        TRY(read_row(&q, a, &out[*n], err));
        TRY(read_sections(st, a, &out[(*n)++], err));
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_token_used(struct store *st, int64_t id, int64_t now, struct err *err)
{
    return query_do(st, Q_TOKEN_USED, err, "ii", now, id);
}

enum rc
store_token_end(struct store *st, int64_t id, int64_t person_id, struct arena *a,
                struct str *name, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_TOKEN_END_ONE, &q, err, "ii", id, person_id));
    TRY(query_row(&q, err));
    *name = query_str(&q, a);
    return RC_OK;
}

enum rc
store_token_end_all(struct store *st, int64_t person_id, struct err *err)
{
    return query_do(st, Q_TOKEN_END_ALL, err, "i", person_id);
}

enum rc
store_token_drop_section(struct store *st, int64_t section_id, struct err *err)
{
    return query_do(st, Q_TOKEN_DROP_SECTION, err, "i", section_id);
}
