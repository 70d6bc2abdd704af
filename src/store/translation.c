/* store/translation.c - translations. */
#include "store/translation.h"

#include "store/query.h"

enum rc
store_translation_set(struct store *st, const struct translation *t, struct err *err)
{
    return query_do(st, Q_TRANSLATION_SET, err, "iiit", t->item_id, t->source_id,
                    t->reflects, t->stale_since);
}

enum rc
store_translation_drop(struct store *st, int64_t item_id, struct err *err)
{
    return query_do(st, Q_TRANSLATION_DROP, err, "i", item_id);
}

static void
read_translation(struct query *q, struct translation *out)
{
    out->item_id = query_int(q);
    out->source_id = query_int(q);
    out->reflects = query_int(q);
    out->stale_since = query_time(q);
}

enum rc
store_translation_of(struct store *st, int64_t item_id, struct translation *out,
                     struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_TRANSLATION_OF, &q, err, "i", item_id));
    TRY(query_row(&q, err));
    read_translation(&q, out);
    return RC_OK;
}

enum rc
store_translation_by_source(struct store *st, int64_t source_id, struct translation *out,
                            int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc = RC_OK;
    *n = 0;
    TRY(query_start(st, Q_TRANSLATION_BY_SOURCE, &q, err, "i", source_id));
    while (*n < TRANSLATIONS_MAX && (rc = query_row(&q, err)) == RC_OK)
        read_translation(&q, &out[(*n)++]);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static void
read_line(struct query *q, struct arena *a, struct translation_line *out)
{
    struct desk_line *l = &out->line;
    *out = (struct translation_line){0};
    l->item_id = out->translation.item_id = query_int(q);
    l->public_id = query_str(q, a);
    l->lang = query_str(q, a);
    l->section_id = query_int(q);
    l->title = query_str(q, a);
    int state = desk_state_read(query_str(q, a));
    l->state = state >= 0 ? (enum desk_state)state : DESK_DRAFT;
    l->author_id = query_int(q);
    l->visible_from = query_int(q);
    l->visible_until = query_int(q);
    l->withdrawn_at = query_time(q);
    out->translation.source_id = query_int(q);
    out->translation.reflects = query_int(q);
    out->translation.stale_since = query_time(q);
}

enum rc
store_translation_group(struct store *st, struct str group, struct arena *a,
                        struct translation_line *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_TRANSLATION_GROUP, &q, err, "si", group,
                    (int64_t)TRANSLATIONS_MAX));
    while ((rc = query_row(&q, err)) == RC_OK)
        read_line(&q, a, &out[(*n)++]);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
