/* store/section.c - sections. */
#include "store/section.h"

#include "store/query.h"

#include "base/time.h"

static enum rc
read_rows(struct store *st, struct arena *a, struct sections *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    out->all = arena_array(a, struct section, SECTIONS_MAX);
    out->n = 0;
    TRY(query_start(st, Q_SECTION_ALL, &q, err, ""));
    while ((rc = query_row(&q, err)) == RC_OK) {
        if (out->n == SECTIONS_MAX)
            return err_set(err, RC_LIMIT, "more than %d sections", SECTIONS_MAX);
        struct section *s = &out->all[out->n++];
        s->id = query_int(&q);
        s->parent_id = query_int(&q);
        s->position = query_int(&q);
        s->slug = query_str(&q, a);
        s->has_four_eyes = query_int(&q) != 0;
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static struct section *
find(struct sections *ss, int64_t id)
{
    const struct section *s = sections_by_id(ss, id);
    return s != NULL ? &ss->all[s - ss->all] : NULL;
}

static enum rc
read_names(struct store *st, const struct site *site, struct arena *a,
           struct sections *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    TRY(query_start(st, Q_SECTION_NAMES, &q, err, ""));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct section *s = find(out, query_int(&q));
        int lang = site_lang_find(site, query_str(&q, a));
        if (s != NULL && lang >= 0)
            s->names[lang] = query_str(&q, a);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_section_all(struct store *st, const struct site *site, struct arena *a,
                  struct sections *out, struct err *err)
{
    TRY(read_rows(st, a, out, err));
    return read_names(st, site, a, out, err);
}

enum rc
store_section_by_alias(struct store *st, struct str slug, int64_t *id, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_SECTION_BY_ALIAS, &q, err, "s", slug));
    TRY(query_row(&q, err));
    *id = query_int(&q);
    return RC_OK;
}

/* No parent is NULL in the table and 0 in the struct. */
static int64_t
parent_or_none(int64_t parent_id)
{
    return parent_id != 0 ? parent_id : TIME_NONE;
}

static enum rc
insert(struct store *st, struct section *s, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_SECTION_ADD, &q, err, "tis", parent_or_none(s->parent_id),
                    s->position, s->slug));
    TRY(query_row(&q, err));
    s->id = query_int(&q);
    return RC_OK;
}

enum rc
store_section_add(struct store *st, const struct site *site, struct section *s,
                  struct err *err)
{
    TRY(query_do(st, Q_SECTION_DROP_ALIAS, err, "s", s->slug));
    TRY(insert(st, s, err));
    for (int i = 0; i < site->n_langs; i++)
        if (s->names[i].n > 0)
            TRY(store_section_set_name(st, s->id, site->langs[i].code, s->names[i], err));
    return RC_OK;
}

enum rc
store_section_set_name(struct store *st, int64_t id, struct str lang, struct str name,
                       struct err *err)
{
    return query_do(st, Q_SECTION_SET_NAME, err, "iss", id, lang, name);
}

enum rc
store_section_drop_name(struct store *st, int64_t id, struct str lang, struct err *err)
{
    return query_do(st, Q_SECTION_DROP_NAME, err, "is", id, lang);
}

enum rc
store_section_set_place(struct store *st, int64_t id, int64_t parent_id, int64_t position,
                        struct err *err)
{
    return query_do(st, Q_SECTION_MOVE, err, "tii", parent_or_none(parent_id), position,
                    id);
}

enum rc
store_section_set_slug(struct store *st, int64_t id, struct str old, struct str slug,
                       struct err *err)
{
    TRY(query_do(st, Q_SECTION_DROP_ALIAS, err, "s", slug));
    TRY(query_do(st, Q_SECTION_SET_SLUG, err, "si", slug, id));
    return query_do(st, Q_SECTION_ADD_ALIAS, err, "si", old, id);
}

enum rc
store_section_set_four_eyes(struct store *st, int64_t id, bool is_on, struct err *err)
{
    return query_do(st, Q_SECTION_SET_FOUR_EYES, err, "ii", (int64_t)is_on, id);
}

enum rc
store_section_in_use(struct store *st, int64_t id, bool *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_SECTION_IN_USE, &q, err, "i", id));
    TRY(query_row(&q, err));
    *out = query_int(&q) != 0;
    return RC_OK;
}

enum rc
store_section_remove(struct store *st, int64_t id, struct err *err)
{
    TRY(query_do(st, Q_SECTION_DROP_NAMES, err, "i", id));
    TRY(query_do(st, Q_SECTION_DROP_ALIASES, err, "i", id));
    return query_do(st, Q_SECTION_DROP, err, "i", id);
}
