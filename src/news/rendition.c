/* news/rendition.c - orders for sets of files, and giving photos out as them. */
#include "news/rendition.h"

#include "model/rendition.h"

/* Once per digest. */
static enum rc
add_want(struct store *st, const struct photo *p, struct arena *a,
         struct rendition_wants *out, struct err *err)
{
    struct rendition_want *w = &out->all[out->n];
    int64_t id = 0;
    *w = (struct rendition_want){*p, rendition_digest(a, p), TIME_NONE};
    for (int i = 0; i < out->n; i++)
        if (str_eq(out->all[i].digest, w->digest))
            return RC_OK;
    enum rc rc = store_rendition_find(st, w->digest, &id, &w->made_at, err);
    out->n++;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
news_rendition_wants(struct store *st, int64_t photo_id, struct arena *a,
                     struct rendition_wants *out, struct err *err)
{
    struct rendition_uses uses;
    TRY(store_rendition_uses(st, photo_id, a, &uses, err));
    *out = (struct rendition_wants){.all = arena_array(a, struct rendition_want, uses.n)};
    for (int i = 0; i < uses.n; i++)
        TRY(add_want(st, &uses.all[i].photo, a, out, err));
    return RC_OK;
}

static const struct rendition_want *
first_missing(const struct rendition_wants *wants)
{
    for (int i = 0; i < wants->n; i++)
        if (wants->all[i].made_at == TIME_NONE)
            return &wants->all[i];
    return NULL;
}

/* Ends a write transaction that went well or did not. */
static enum rc
end_write(struct store *st, enum rc rc, bool is_changed, int64_t now, struct err *err)
{
    if (rc == RC_OK)
        return store_write_commit(st, is_changed, now, err);
    store_write_rollback(st);
    return rc;
}

/* Points each use to the set that is its own by now; a set that is still missing leaves
 * the one that was made before, whose texts are older. */
static enum rc
point_all(struct store *st, int64_t photo_id, const struct rendition_uses *uses,
          bool *is_changed, bool *is_missing, struct err *err)
{
    for (int i = 0; i < uses->n; i++) {
        struct arena a AT_END(arena_done);
        const struct rendition_use *u = &uses->all[i];
        int64_t id = 0, made_at;
        arena_init(&a);
        struct str digest = rendition_digest(&a, &u->photo);
        enum rc rc = store_rendition_find(st, digest, &id, &made_at, err);
        if (rc != RC_OK && rc != RC_NOT_FOUND)
            return rc;
        *is_missing |= rc == RC_NOT_FOUND;
        if (rc == RC_NOT_FOUND || id == u->rendition_id)
            continue;
        TRY(store_rendition_point(st, photo_id, u, id, err));
        *is_changed = true;
    }
    return RC_OK;
}

/* Makes pointers, retired sets and the job what they should be. is_changed: do pages show
 * other files than before? */
static enum rc
settle(struct store *st, int64_t photo_id, int64_t now, bool *is_changed, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct rendition_uses uses;
    bool is_missing = false;
    arena_init(&a);
    TRY(store_rendition_uses(st, photo_id, &a, &uses, err));
    TRY(point_all(st, photo_id, &uses, is_changed, &is_missing, err));
    TRY(store_rendition_retire(st, photo_id, now, err));
    return is_missing ? store_job_add(st, JOB_RENDITIONS, photo_id, now, err)
                      : store_job_drop(st, JOB_RENDITIONS, photo_id, err);
}

/* The job's first missing set, claimed; RC_NOT_FOUND when it has none and is ended. A
 * photo that is gone needs nothing. */
static enum rc
take_up(struct store *st, int64_t now, struct arena *a, struct rendition_order *out,
        bool *is_changed, struct err *err)
{
    struct rendition_wants wants;
    int64_t photo_id = out->job.subject;
    enum rc rc = news_rendition_wants(st, photo_id, a, &wants, err);
    if (rc == RC_NOT_FOUND)
        return store_job_drop(st, JOB_RENDITIONS, photo_id, err);
    TRY(rc);
    const struct rendition_want *missing = first_missing(&wants);
    out->photo_id = photo_id;
    out->want = missing != NULL ? *missing : (struct rendition_want){0};
    if (missing == NULL)
        return settle(st, photo_id, now, is_changed, err);
    return store_job_claim(st, &out->job, now + RENDITION_CLAIM_S, err);
}

/* In one transaction, looked at again. */
static enum rc
claim_one(struct store *st, int64_t now, struct arena *a, struct rendition_order *out,
          struct err *err)
{
    bool is_changed = false;
    TRY(store_write_begin(st, err));
    enum rc rc = store_job_next(st, now, &out->job, err);
    if (rc == RC_OK)
        rc = take_up(st, now, a, out, &is_changed, err);
    return end_write(st, rc, is_changed, now, err);
}

enum rc
news_rendition_claim(struct store *st, int64_t now, struct arena *a,
                     struct rendition_order *out, struct err *err)
{
    do {
        *out = (struct rendition_order){0};
        TRY(store_job_next(st, now, &out->job, err));
        TRY(claim_one(st, now, a, out, err));
    } while (out->want.digest.n == 0);
    return RC_OK;
}

/* The row of the set, whose files are placed first; made by somebody else meanwhile, they
 * are the same. */
static enum rc
place_set(struct store *st, const struct rendition_order *o, int64_t now,
          rendition_place *place, void *ctx, struct err *err)
{
    struct rendition_made made = {o->want.digest, o->sum, now};
    int64_t id = 0, made_at;
    enum rc rc = store_rendition_find(st, o->want.digest, &id, &made_at, err);
    if (rc == RC_OK && !o->is_anew)
        return RC_OK;
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    TRY(place(ctx, o->want.digest, err));
    if (rc == RC_OK)
        return store_rendition_set_made(st, id, &made, err);
    return store_rendition_add(st, o->photo_id, &made, &id, err);
}

enum rc
news_rendition_keep(struct store *st, const struct rendition_order *o, int64_t now,
                    rendition_place *place, void *ctx, struct err *err)
{
    bool is_changed = false;
    TRY(store_write_begin(st, err));
    enum rc rc = place_set(st, o, now, place, ctx, err);
    if (rc == RC_OK)
        rc = settle(st, o->photo_id, now, &is_changed, err);
    return end_write(st, rc, is_changed, now, err);
}

/* How long after the first, second … failure it is tried again. */
static const int64_t delays_s[] = {5, 30, 120, 600, 3600, TIME_DAY_S};

static enum rc
put_off(struct store *st, const struct job *j, int64_t now, int64_t delay_s,
        struct str why, struct err *err)
{
    TRY(store_write_begin(st, err));
    enum rc rc = store_job_put_off(st, j, now + delay_s, why, err);
    return end_write(st, rc, false, now, err);
}

enum rc
news_rendition_fail(struct store *st, const struct rendition_order *o, int64_t now,
                    bool is_refused, struct str why, struct err *err)
{
    struct job j = o->job;
    int last = (int)N_ELEMENTS(delays_s) - 1;
    int at = is_refused || j.tries > last ? last : j.tries;
    if (j.id == 0)
        return RC_OK;
    j.tries++;
    return put_off(st, &j, now, delays_s[at], why, err);
}

enum rc
news_rendition_defer(struct store *st, const struct rendition_order *o, int64_t now,
                     struct err *err)
{
    return o->job.id == 0 ? RC_OK : put_off(st, &o->job, now, 1, STR(""), err);
}

enum rc
news_rendition_release(struct store *st, int64_t now, struct err *err)
{
    TRY(store_write_begin(st, err));
    enum rc rc = store_job_release(st, now, err);
    return end_write(st, rc, false, now, err);
}

enum rc
news_photo_progress(struct store *st, int64_t photo_id, int64_t now, struct arena *a,
                    struct rendition_progress *out, struct err *err)
{
    struct job j;
    enum rc rc = store_job_of(st, JOB_RENDITIONS, photo_id, a, &j, err);
    *out = (struct rendition_progress){RENDITION_READY, STR(""), TIME_NONE};
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    out->state = j.error.n > 0     ? RENDITION_FAILED
                 : j.due_at <= now ? RENDITION_WAITING
                                   : RENDITION_BEING_MADE;
    out->why = j.error;
    out->again_at = j.due_at;
    return RC_OK;
}

static enum rc
retire_all(struct store *st, const struct rendition_rows *rows, int64_t now,
           struct err *err)
{
    for (int i = 0; i < rows->n; i++)
        TRY(store_rendition_retire(st, rows->all[i].photo_id, now, err));
    return RC_OK;
}

enum rc
news_rendition_retire(struct store *st, int64_t *after_id, int limit, int64_t now,
                      struct err *err)
{
    struct arena a AT_END(arena_done);
    struct rendition_rows rows;
    arena_init(&a);
    TRY(store_rendition_unused(st, *after_id, limit, &a, &rows, err));
    *after_id = rows.n == limit ? rows.all[rows.n - 1].id : 0;
    if (rows.n == 0)
        return RC_OK;
    TRY(store_write_begin(st, err));
    return end_write(st, retire_all(st, &rows, now, err), false, now, err);
}

static enum rc
take_unknown(struct store *st, struct str digest, rendition_take *take, void *ctx,
             bool *is_gone, struct err *err)
{
    int64_t id, made_at;
    enum rc rc = store_rendition_find(st, digest, &id, &made_at, err);
    if (rc != RC_NOT_FOUND)
        return rc;
    *is_gone = true;
    return take(ctx, digest, err);
}

enum rc
news_rendition_sweep_one(struct store *st, struct str digest, rendition_take *take,
                         void *ctx, bool *is_gone, struct err *err)
{
    int64_t id, made_at;
    *is_gone = false;
    enum rc rc = store_rendition_find(st, digest, &id, &made_at, err);
    if (rc != RC_NOT_FOUND)
        return rc;
    TRY(store_write_begin(st, err));
    rc = take_unknown(st, digest, take, ctx, is_gone, err);
    return end_write(st, rc, false, TIME_NONE, err);
}

static enum rc
forget(struct store *st, struct rendition_rows *rows, int64_t before, struct err *err)
{
    int n = 0;
    for (int i = 0; i < rows->n; i++) {
        bool is_gone = false;
        TRY(store_rendition_drop(st, rows->all[i].id, before, &is_gone, err));
        if (is_gone)
            rows->all[n++] = rows->all[i];
    }
    rows->n = n;
    return RC_OK;
}

/* First the rows, then the files: cut off between, it leaves files without a row, which
 * are found one day, and never a row without files. */
enum rc
news_rendition_sweep(struct store *st, int64_t now, int limit, rendition_take *take,
                     void *ctx, int *n, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct rendition_rows rows;
    int64_t before = now - RENDITION_RETIRED_S;
    *n = 0;
    arena_init(&a);
    TRY(store_rendition_retired(st, before, limit, &a, &rows, err));
    if (rows.n == 0)
        return RC_OK;
    TRY(store_write_begin(st, err));
    enum rc rc = forget(st, &rows, before, err);
    TRY(end_write(st, rc, false, now, err));
    for (int i = 0; i < rows.n; i++) {
        bool is_gone;
        TRY(news_rendition_sweep_one(st, rows.all[i].digest, take, ctx, &is_gone, err));
        *n += is_gone;
    }
    return RC_OK;
}
