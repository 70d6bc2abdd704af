/* store/photo.c - photos and their uses. */
#include "store/photo.h"

#include "model/rendition.h"
#include "store/job.h"
#include "store/library.h"
#include "store/photo_in.h"
#include "store/query.h"

/* The kinds of the parameters of statements that write texts. */
#define PHOTO_TEXT(member, key, column, most, inside) "e"
static const char add_kinds[] = "ssiii"
#include "model/photo.def"
                                "ieieeiiet";
static const char set_kinds[] = ""
#include "model/photo.def"
                                "ieiti";
static const char use_kinds[] = "iii"
#include "model/photo.def"
                                "ieiiiiti";
#undef PHOTO_TEXT

static int64_t
end_written(int64_t t)
{
    return t == TIME_NONE || t > VISIBLE_NEVER ? VISIBLE_NEVER : t;
}

static int64_t
end_read(struct query *q)
{
    int64_t end = query_int(q);
    return end == VISIBLE_NEVER ? TIME_NONE : end;
}

static void
read_file(struct query *q, struct arena *a, struct photo *p)
{
    p->sha256 = query_str(q, a);
    p->ext = query_str(q, a);
    p->width_px = (int)query_int(q);
    p->height_px = (int)query_int(q);
    p->bytes = query_int(q);
}

void
photo_read(struct query *q, struct arena *a, struct photo *p)
{
    *p = (struct photo){0};
    read_file(q, a, p);
#define PHOTO_TEXT(member, key, column, most, inside) p->member = query_str(q, a);
#include "model/photo.def"
#undef PHOTO_TEXT
    p->is_decorative = query_int(q) != 0;
    p->focal = query_str(q, a);
    p->expires_at = end_read(q);
}

/* ---- reading ---- */

enum rc
store_photo_of_item(struct store *st, int64_t item_id, struct arena *a, struct item *it,
                    struct err *err)
{
    struct query q AT_END(query_end) = {0};
    struct photo all[ITEM_PHOTOS_MAX];
    enum rc rc;
    it->n_photos = 0;
    TRY(query_start(st, Q_PHOTO_OF_ITEM, &q, err, "i", item_id));
    while ((rc = query_row(&q, err)) == RC_OK && it->n_photos < ITEM_PHOTOS_MAX) {
        struct photo *p = &all[it->n_photos++];
        photo_read(&q, a, p);
        p->rendition = query_str(&q, a);
        p->has_own_credit = query_int(&q) != 0;
        p->has_no_caption = query_int(&q) != 0;
    }
    if (rc != RC_NOT_FOUND)
        return rc == RC_OK ? err_set(err, RC_FAILED, "too many photos in an item") : rc;
    it->photos = arena_array(a, struct photo, it->n_photos);
    memcpy(it->photos, all, sizeof *all * (size_t)it->n_photos);
    return RC_OK;
}

static enum rc
read_library(struct query *q, struct arena *a, struct library_photo *out, struct err *err)
{
    *out = (struct library_photo){0};
    TRY(query_row(q, err));
    out->id = query_int(q);
    photo_read(q, a, &out->photo);
    out->found = query_str(q, a);
    out->file_name = query_str(q, a);
    out->added_by = query_str(q, a);
    out->added_at = query_int(q);
    out->person_id = query_int(q);
    out->confirmed_at = query_time(q);
    out->withdrawn_at = query_time(q);
    out->withdrawn_reason = query_str(q, a);
    out->version = query_int(q);
    out->photo.rendition = query_str(q, a);
    return RC_OK;
}

enum rc
store_photo(struct store *st, int64_t id, struct arena *a, struct library_photo *out,
            struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PHOTO_BY_ID, &q, err, "i", id));
    return read_library(&q, a, out, err);
}

enum rc
store_photo_by_sha256(struct store *st, struct str sha256, struct arena *a,
                      struct library_photo *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PHOTO_BY_SHA256, &q, err, "s", sha256));
    return read_library(&q, a, out, err);
}

enum rc
store_photo_before(struct store *st, int64_t id, struct arena *a, struct photo *out,
                   struct err *err)
{
    struct query q AT_END(query_end) = {0};
    *out = (struct photo){.expires_at = TIME_NONE};
    TRY(query_start(st, Q_PHOTO_BEFORE, &q, err, "i", id));
    TRY(query_row(&q, err));
    out->credit = query_str(&q, a);
    out->credit_url = query_str(&q, a);
    out->creator = query_str(&q, a);
    out->licence = query_str(&q, a);
    out->usage = query_str(&q, a);
    out->caption = query_str(&q, a);
    out->alt = query_str(&q, a);
    out->is_decorative = query_int(&q) != 0;
    out->focal = query_str(&q, a);
    return RC_OK;
}

/* ---- writing ---- */

/* From here on: the texts of p, as parameters. */
#define PHOTO_TEXT(member, key, column, most, inside) p->member,

static enum rc
insert(struct store *st, const struct library_photo *l, int64_t *id, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    const struct photo *p = &l->photo;
    enum rc rc = query_start(st, Q_PHOTO_ADD, &q, err, add_kinds, p->sha256, p->ext,
                             (int64_t)p->width_px, (int64_t)p->height_px, p->bytes,
#include "model/photo.def"
                             (int64_t)p->is_decorative, p->focal,
                             end_written(p->expires_at), l->found, l->file_name,
                             l->added_at, l->person_id, l->added_by, l->confirmed_at);
    TRY(rc);
    TRY(query_row(&q, err));
    *id = query_int(&q);
    return RC_OK;
}

enum rc
store_photo_add(struct store *st, const struct library_photo *p, int64_t *id,
                struct err *err)
{
    TRY(insert(st, p, id, err));
    TRY(library_words_set(st, *id, err));
    return store_job_add(st, JOB_RENDITIONS, *id, p->added_at, err);
}

/* What follows it in its uses. */
static enum rc
set_uses(struct store *st, const struct library_photo *p, struct err *err)
{
    return query_do(st, Q_PHOTO_SET_USES, err, "eii", p->photo.credit,
                    end_written(library_photo_end(p)), p->id);
}

enum rc
store_photo_set(struct store *st, const struct library_photo *l, int64_t now,
                struct err *err)
{
    const struct photo *p = &l->photo;
    enum rc rc = query_do(st, Q_PHOTO_SET, err, set_kinds,
#include "model/photo.def"
                          (int64_t)p->is_decorative, p->focal, end_written(p->expires_at),
                          l->confirmed_at, l->id);
    TRY(rc);
    TRY(set_uses(st, l, err));
    TRY(library_words_set(st, l->id, err));
    return store_job_add(st, JOB_RENDITIONS, l->id, now, err);
}

enum rc
store_photo_set_withdrawn(struct store *st, const struct library_photo *p,
                          struct err *err)
{
    TRY(query_do(st, Q_PHOTO_SET_WITHDRAWN, err, "tsi", p->withdrawn_at,
                 p->withdrawn_reason, p->id));
    TRY(library_words_set(st, p->id, err));
    return set_uses(st, p, err);
}

/* The set of files that was made for just this already, if there is one. */
static enum rc
find_rendition(struct store *st, struct str digest, int64_t *id, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    *id = TIME_NONE;
    TRY(query_start(st, Q_PHOTO_RENDITION, &q, err, "s", digest));
    enum rc rc = query_row(&q, err);
    if (rc == RC_OK)
        *id = query_int(&q);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Its row has its own texts; p->credit is what is shown. */
static enum rc
insert_use(struct store *st, const struct item *it, int i, const struct photo *p,
           const struct library_photo *l, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct photo shown = *p;
    int64_t rendition;
    arena_init(&a);
    photo_follow(&shown, it->photo_credit);
    bool is_photos = !p->has_own_credit && str_trim(l->photo.credit).n > 0;
    TRY(find_rendition(st, rendition_digest(&a, &shown), &rendition, err));
    return query_do(st, Q_PHOTO_ADD_TO_ITEM, err, use_kinds, it->id, (int64_t)i + 1,
                    l->id,
#include "model/photo.def"
                    (int64_t)p->is_decorative, p->focal, end_written(shown.expires_at),
                    end_written(p->expires_at), (int64_t)p->has_own_credit,
                    (int64_t)is_photos, rendition, (int64_t)p->has_no_caption);
}

static enum rc
add_use(struct store *st, const struct item *it, int i, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct photo use = it->photos[i], shown;
    struct library_photo l;
    arena_init(&a);
    TRY(store_photo_by_sha256(st, use.sha256, &a, &l, err));
    use.library = &l;
    shown = use;
    photo_follow_credit(&shown, it->photo_credit);
    use.credit = shown.credit;
    TRY(insert_use(st, it, i, &use, &l, err));
    return store_job_add(st, JOB_RENDITIONS, l.id, 0, err);
}

enum rc
store_photo_add_to_item(struct store *st, const struct item *it, struct err *err)
{
    for (int i = 0; i < it->n_photos; i++)
        TRY(add_use(st, it, i, err));
    return RC_OK;
}

/* The photos that an item names, ascending. */
struct named {
    int64_t ids[2 * ITEM_PHOTOS_MAX];
    int n;
};

static enum rc
read_named(struct store *st, int64_t item_id, struct named *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc = RC_OK;
    out->n = 0;
    TRY(query_start(st, Q_PHOTO_USE_OF_ITEM, &q, err, "i", item_id));
    while (out->n < (int)N_ELEMENTS(out->ids) && (rc = query_row(&q, err)) == RC_OK)
        out->ids[out->n++] = query_int(&q);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Notes whether anything names a photo, and if that is new, among its words. */
static enum rc
set_used(struct store *st, int64_t id, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PHOTO_SET_USED, &q, err, "i", id));
    enum rc rc = query_row(&q, err);
    query_end(&q);
    return rc == RC_OK ? library_words_set(st, id, err) : rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Those that are in one of the two only. */
static enum rc
set_used_anew(struct store *st, const struct named *before, const struct named *after,
              struct err *err)
{
    for (int i = 0, k = 0; i < before->n || k < after->n;) {
        int64_t one = i < before->n ? before->ids[i] : INT64_MAX;
        int64_t other = k < after->n ? after->ids[k] : INT64_MAX;
        i += one <= other;
        k += other <= one;
        if (one != other)
            TRY(set_used(st, one < other ? one : other, err));
    }
    return RC_OK;
}

enum rc
store_photo_set_named(struct store *st, const struct item *it, struct err *err)
{
    struct named before, after;
    TRY(read_named(st, it->id, &before, err));
    TRY(query_do(st, Q_PHOTO_USE_DROP, err, "i", it->id));
    for (int i = 0; i < it->n_photos; i++)
        TRY(query_do(st, Q_PHOTO_USE_ADD, err, "is", it->id, it->photos[i].sha256));
    TRY(query_do(st, Q_PHOTO_USE_ADD_SHOWN, err, "i", it->id));
    TRY(read_named(st, it->id, &after, err));
    return set_used_anew(st, &before, &after, err);
}

enum rc
store_photo_drop_named(struct store *st, int64_t item_id, struct err *err)
{
    static const struct named none = {.n = 0};
    struct named before;
    TRY(read_named(st, item_id, &before, err));
    TRY(query_do(st, Q_PHOTO_USE_DROP, err, "i", item_id));
    return set_used_anew(st, &before, &none, err);
}

/* ---- where it is used ---- */

/* The answer of a statement that asks whether there is any. */
static enum rc
read_is(struct query *q, bool *out, struct err *err)
{
    TRY(query_row(q, err));
    *out = query_int(q) != 0;
    return RC_OK;
}

enum rc
store_photo_is_settled(struct store *st, int64_t id, bool *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PHOTO_IS_SETTLED, &q, err, "i", id));
    return read_is(&q, out, err);
}

enum rc
store_photo_is_shown(struct store *st, struct str digest, int64_t now, int64_t since,
                     bool *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PHOTO_IS_SHOWN, &q, err, "sii", digest, now, since));
    return read_is(&q, out, err);
}

static void
read_use(struct query *q, struct arena *a, struct photo_use *u)
{
    *u = (struct photo_use){.item = {.id = query_int(q)}};
    u->item.public_id = query_str(q, a);
    u->item.section_id = query_int(q);
    u->item.lang = query_str(q, a);
    u->item.slug = query_str(q, a);
    u->item.title = query_str(q, a);
    u->item.published_at = query_time(q);
    u->visible_from = query_int(q);
    u->visible_until = query_int(q);
    u->position = (int)query_int(q);
    u->credit = query_str(q, a);
    u->has_own_credit = query_int(q) != 0;
    u->ends_at = end_read(q);
    u->author_id = query_int(q);
    int state = desk_state_read(query_str(q, a));
    u->state = state >= 0 ? (enum desk_state)state : DESK_DRAFT;
}

enum rc
store_photo_uses(struct store *st, int64_t id, int limit, struct arena *a,
                 struct photo_uses *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *out = (struct photo_uses){.all = arena_array(a, struct photo_use, limit)};
    TRY(query_start(st, Q_PHOTO_USES, &q, err, "ii", id, (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK)
        read_use(&q, a, &out->all[out->n++]);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
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

enum rc
store_photo_count(struct store *st, int64_t *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PHOTO_COUNT, &q, err, ""));
    TRY(query_row(&q, err));
    *out = query_int(&q);
    return RC_OK;
}
