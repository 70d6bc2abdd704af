/* store/photo.c - photos. */
#include "store/photo.h"

#include "store/query.h"

static void
read_use(struct query *q, struct arena *a, struct photo *p)
{
    p->sha256 = query_str(q, a);
    p->ext = query_str(q, a);
    p->width_px = (int)query_int(q);
    p->height_px = (int)query_int(q);
    p->bytes = query_int(q);
    p->credit = query_str(q, a);
    p->has_own_credit = query_int(q) != 0;
    p->credit_url = query_str(q, a);
    p->caption = query_str(q, a);
    p->alt = query_str(q, a);
    p->is_decorative = query_int(q) != 0;
    p->creator = query_str(q, a);
    p->licence = query_str(q, a);
    p->usage = query_str(q, a);
    p->focal = query_str(q, a);
    int64_t end = query_int(q);
    p->expires_at = end == VISIBLE_NEVER ? TIME_NONE : end;
}

enum rc
store_photo_of_item(struct store *st, int64_t item_id, struct arena *a, struct item *it,
                    struct err *err)
{
    struct query q AT_END(query_end) = {0};
    struct photo all[ITEM_PHOTOS_MAX];
    enum rc rc;
    it->n_photos = 0;
    TRY(query_start(st, Q_PHOTO_OF_ITEM, &q, err, "i", item_id));
    while ((rc = query_row(&q, err)) == RC_OK && it->n_photos < ITEM_PHOTOS_MAX)
        read_use(&q, a, &all[it->n_photos++]);
    if (rc != RC_NOT_FOUND)
        return rc == RC_OK ? err_set(err, RC_FAILED, "too many photos in an item") : rc;
    it->photos = arena_array(a, struct photo, it->n_photos);
    memcpy(it->photos, all, sizeof *all * (size_t)it->n_photos);
    return RC_OK;
}

static enum rc
find(struct store *st, struct str sha256, struct arena *a, struct photo_file *out,
     struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PHOTO_BY_SHA256, &q, err, "s", sha256));
    TRY(query_row(&q, err));
    out->id = query_int(&q);
    out->photo = (struct photo){.sha256 = sha256, .ext = query_str(&q, a)};
    out->photo.width_px = (int)query_int(&q);
    out->photo.height_px = (int)query_int(&q);
    out->photo.bytes = query_int(&q);
    return RC_OK;
}

enum rc
store_photo_by_sha256(struct store *st, struct str sha256, struct arena *a,
                      struct photo *out, struct err *err)
{
    struct photo_file f;
    TRY(find(st, sha256, a, &f, err));
    *out = f.photo;
    return RC_OK;
}

enum rc
store_photo_add(struct store *st, const struct photo *p, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct photo_file f;
    arena_init(&a);
    enum rc rc = find(st, p->sha256, &a, &f, err);
    if (rc != RC_NOT_FOUND)
        return rc;
    return query_do(st, Q_PHOTO_ADD, err, "ssiii", p->sha256, p->ext,
                    (int64_t)p->width_px, (int64_t)p->height_px, p->bytes);
}

static enum rc
add_use(struct store *st, int64_t item_id, int position, const struct photo *p,
        struct err *err)
{
    struct arena a AT_END(arena_done);
    struct photo_file f;
    arena_init(&a);
    TRY(find(st, p->sha256, &a, &f, err));
    return query_do(st, Q_PHOTO_ADD_TO_ITEM, err, "iiisieeeieeeei", item_id,
                    (int64_t)position, f.id, p->credit, (int64_t)p->has_own_credit,
                    p->credit_url, p->caption, p->alt, (int64_t)p->is_decorative,
                    p->creator, p->licence, p->usage, p->focal,
                    p->expires_at == TIME_NONE ? VISIBLE_NEVER : p->expires_at);
}

enum rc
store_photo_add_to_item(struct store *st, const struct item *it, struct err *err)
{
    for (int i = 0; i < it->n_photos; i++)
        TRY(add_use(st, it->id, i + 1, &it->photos[i], err));
    return RC_OK;
}

enum rc
store_photo_is_shown(struct store *st, struct str sha256, struct str ext, int64_t now,
                     bool *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PHOTO_IS_SHOWN, &q, err, "ssi", sha256, ext, now));
    TRY(query_row(&q, err));
    *out = query_int(&q) != 0;
    return RC_OK;
}

enum rc
store_photo_files(struct store *st, int64_t after_id, int limit, struct arena *a,
                  struct photo_files *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *out = (struct photo_files){.all = arena_array(a, struct photo_file, limit)};
    TRY(query_start(st, Q_PHOTO_FROM, &q, err, "ii", after_id, (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct photo_file *f = &out->all[out->n++];
        f->id = query_int(&q);
        f->photo.sha256 = query_str(&q, a);
        f->photo.ext = query_str(&q, a);
        f->photo.bytes = query_int(&q);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
