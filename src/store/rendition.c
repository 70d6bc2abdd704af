/* store/rendition.c - sets of files that are given out of photos. */
#include "store/rendition.h"

#include "store/photo.h"
#include "store/photo_in.h"
#include "store/query.h"

enum { USES_MAX = 10000 };

static enum rc
read_itself(struct store *st, int64_t photo_id, struct arena *a,
            struct rendition_use *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    struct library_photo p;
    TRY(store_photo(st, photo_id, a, &p, err));
    TRY(query_start(st, Q_RENDITION_OF_PHOTO, &q, err, "i", photo_id));
    TRY(query_row(&q, err));
    *out = (struct rendition_use){.photo = p.photo, .rendition_id = query_int(&q)};
    return RC_OK;
}

/* Room for twice as many. */
static void
grow(struct arena *a, struct rendition_uses *u, int *room)
{
    struct rendition_use *all = arena_array(a, struct rendition_use, *room * 2);
    if (u->n > 0)
        memcpy(all, u->all, sizeof *all * (size_t)u->n);
    u->all = all;
    *room *= 2;
}

enum rc
store_rendition_uses(struct store *st, int64_t photo_id, struct arena *a,
                     struct rendition_uses *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    int room = 8;
    enum rc rc;
    *out = (struct rendition_uses){.n = 0};
    grow(a, out, &room);
    TRY(read_itself(st, photo_id, a, &out->all[out->n++], err));
    TRY(query_start(st, Q_RENDITION_USES, &q, err, "i", photo_id));
    while ((rc = query_row(&q, err)) == RC_OK && out->n < USES_MAX) {
        if (out->n == room)
            grow(a, out, &room);
        struct rendition_use *u = &out->all[out->n++];
        photo_read(&q, a, &u->photo);
        u->item_id = query_int(&q);
        u->position = (int)query_int(&q);
        u->rendition_id = query_int(&q);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_rendition_find(struct store *st, struct str digest, int64_t *id, int64_t *made_at,
                     struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_RENDITION_BY_DIGEST, &q, err, "s", digest));
    TRY(query_row(&q, err));
    *id = query_int(&q);
    *made_at = query_int(&q);
    return RC_OK;
}

enum rc
store_rendition_sum(struct store *st, struct str digest, struct arena *a, struct str *sum,
                    struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_RENDITION_SUM, &q, err, "s", digest));
    TRY(query_row(&q, err));
    *sum = query_str(&q, a);
    return RC_OK;
}

enum rc
store_rendition_add(struct store *st, int64_t photo_id, const struct rendition_made *m,
                    int64_t *id, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_RENDITION_ADD, &q, err, "issi", photo_id, m->digest, m->sum,
                    m->at));
    TRY(query_row(&q, err));
    *id = query_int(&q);
    return RC_OK;
}

enum rc
store_rendition_set_made(struct store *st, int64_t id, const struct rendition_made *m,
                         struct err *err)
{
    return query_do(st, Q_RENDITION_SET_MADE, err, "isi", m->at, m->sum, id);
}

enum rc
store_rendition_point(struct store *st, int64_t photo_id, const struct rendition_use *use,
                      int64_t id, struct err *err)
{
    if (use->item_id == 0)
        return query_do(st, Q_RENDITION_SET_PHOTO, err, "ii", id, photo_id);
    return query_do(st, Q_RENDITION_SET_USE, err, "iii", id, use->item_id,
                    (int64_t)use->position);
}

enum rc
store_rendition_retire(struct store *st, int64_t photo_id, int64_t now, struct err *err)
{
    TRY(query_do(st, Q_RENDITION_REVIVE, err, "i", photo_id));
    return query_do(st, Q_RENDITION_RETIRE, err, "ii", now, photo_id);
}

enum rc
store_rendition_drop(struct store *st, int64_t id, int64_t before, bool *is_gone,
                     struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_RENDITION_DROP, &q, err, "ii", id, before));
    enum rc rc = query_row(&q, err);
    *is_gone = rc == RC_OK;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
read_rows(struct query *q, int limit, struct arena *a, struct rendition_rows *out,
          struct err *err)
{
    enum rc rc = RC_OK;
    *out = (struct rendition_rows){.all = arena_array(a, struct rendition_row, limit)};
    while (out->n < limit && (rc = query_row(q, err)) == RC_OK) {
        struct rendition_row *r = &out->all[out->n++];
        r->id = query_int(q);
        r->photo_id = query_int(q);
        r->digest = query_str(q, a);
    }
    return out->n == limit || rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_rendition_retired(struct store *st, int64_t before, int limit, struct arena *a,
                        struct rendition_rows *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_RENDITION_RETIRED, &q, err, "ii", before, (int64_t)limit));
    return read_rows(&q, limit, a, out, err);
}

enum rc
store_rendition_from(struct store *st, int64_t after_id, int limit, struct arena *a,
                     struct rendition_rows *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_RENDITION_FROM, &q, err, "ii", after_id, (int64_t)limit));
    return read_rows(&q, limit, a, out, err);
}

enum rc
store_rendition_unused(struct store *st, int64_t after_id, int limit, struct arena *a,
                       struct rendition_rows *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_RENDITION_UNUSED, &q, err, "ii", after_id, (int64_t)limit));
    return read_rows(&q, limit, a, out, err);
}
