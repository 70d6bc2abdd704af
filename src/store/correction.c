/* store/correction.c - corrections. */
#include "store/correction.h"

#include "store/query.h"

/* The same correction of an item has the same number, so that it is imported once. */
static int64_t
tie_of(const struct item *it, const struct correction *c)
{
    struct arena a AT_END(arena_done);
    arena_init(&a);
    return cursor_tie(str_fmt(&a, "%lld\x01%.*s\x01%.*s", (long long)it->id,
                              STR_ARG(c->author), STR_ARG(c->text)));
}

enum rc
store_correction_add(struct store *st, const struct item *it, const struct correction *c,
                     int64_t person_id, bool *is_added, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_CORRECTION_ADD, &q, err, "isiiies", it->id, it->lang, c->at,
                    tie_of(it, c), person_id, c->author, c->text));
    enum rc rc = query_row(&q, err);
    *is_added = rc == RC_OK;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static void
read_correction(struct query *q, struct arena *a, struct correction *c)
{
    c->author = query_str(q, a);
    c->text = query_str(q, a);
}

/* Most items have none, few more than one. */
static struct correction *
add(struct arena *a, struct corrections *out)
{
    if ((out->n & (out->n - 1)) == 0) {
        struct correction *more = arena_array(a, struct correction, 2 * out->n + 1);
        if (out->n > 0)
            memcpy(more, out->all, sizeof *more * (size_t)out->n);
        out->all = more;
    }
    return &out->all[out->n++];
}

enum rc
store_correction_of_item(struct store *st, int64_t item_id, struct arena *a,
                         struct corrections *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *out = (struct corrections){0};
    TRY(query_start(st, Q_CORRECTION_OF_ITEM, &q, err, "ii", item_id,
                    (int64_t)CORRECTIONS_MAX));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct correction *c = add(a, out);
        c->at = query_int(&q);
        read_correction(&q, a, c);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_correction_walk(struct store *st, const struct correction_walk *w, struct arena *a,
                      struct correction_line *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, w->is_newer ? Q_CORRECTION_AFTER : Q_CORRECTION_BEFORE, &q, err,
                    "siiii", w->lang, w->from.published_at, w->from.tie, w->now,
                    (int64_t)w->limit));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct correction_line *l = &out[(*n)++];
        l->correction.at = query_int(&q);
        l->tie = query_int(&q);
        read_correction(&q, a, &l->correction);
        l->lang = query_str(&q, a);
        l->section_id = query_int(&q);
        l->slug = query_str(&q, a);
        l->title = query_str(&q, a);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
