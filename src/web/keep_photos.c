/* web/keep_photos.c - orders for files, and sweeping. */
#include "web/keep_photos.h"

#include <unistd.h>

#include "media/receive.h"
#include "media/set.h"
#include "ops/counters.h"
#include "ops/log.h"
#include "store/job.h"
#include "store/photo.h"

enum { NAMES_MAX = 10000 };

void
keep_photos_open(struct keep_photos *k, struct store *st, const struct conf *conf,
                 int photo_fd)
{
    *k = (struct keep_photos){.st = st, .conf = conf};
    k->helper = media_helper_through(photo_fd, MEDIA_HELPER_WAIT_MS);
    web_render_open(&k->render, st, conf, &k->helper);
}

void
keep_photos_close(struct keep_photos *k)
{
    web_render_close(&k->render);
}

int
keep_photos_fd(const struct keep_photos *k)
{
    return web_render_fd(&k->render);
}

/* ---- orders ---- */

static enum rc
release(struct keep_photos *k, int64_t now, struct err *err)
{
    if (k->has_released)
        return RC_OK;
    TRY(news_rendition_release(k->st, now, err));
    k->has_released = true;
    return RC_OK;
}

static enum rc
count_jobs(struct keep_photos *k, struct err *err)
{
    int64_t n = 0;
    TRY(store_job_count(k->st, JOB_RENDITIONS, &n, err));
    ops_set(OPS_PHOTO_JOBS, n);
    return RC_OK;
}

/* Without a photo process there is nobody to ask: the orders wait. */
enum rc
keep_photos_go(struct keep_photos *k, int64_t now, struct err *err)
{
    TRY(release(k, now, err));
    TRY(count_jobs(k, err));
    TRY(web_render_go(&k->render, now, err));
    if (k->render.step != RENDER_IDLE || k->helper.socket_fd < 0)
        return RC_OK;
    enum rc rc = web_render_next(&k->render, now, err);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* ---- sweeping ---- */

static void
complain(const struct err *err)
{
    log_event(LOG_WARN, "sweep_failed", LOG_ERR(err), LOG_END);
}

/* The folder goes under a temporary name first, so that it is there whole or not at all.
 * One that cannot be taken away must not keep the others from it. */
static enum rc
take(void *ctx, struct str digest, struct err *err)
{
    struct keep_photos *k = ctx;
    struct arena a AT_END(arena_done);
    const char *temporary = NULL;
    arena_init(&a);
    if (media_set_take_away(k->conf->media_dir, digest, &a, &temporary, err) != RC_OK)
        complain(err);
    media_set_drop(temporary);
    return RC_OK;
}

static bool
is_digest(struct str name)
{
    bool is_hex = name.n == RENDITION_DIGEST_SIZE;
    for (size_t i = 0; i < name.n && is_hex; i++)
        is_hex = strchr("0123456789abcdef", name.p[i]) != NULL;
    return is_hex;
}

static enum rc
sweep_sets(struct keep_photos *k, int64_t now, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct media_names names;
    int n = 0;
    arena_init(&a);
    if (media_names(k->conf->media_dir, k->part, NAMES_MAX, &a, &names, err) != RC_OK) {
        complain(err);
        return RC_OK;
    }
    for (int i = 0; i < names.n; i++) {
        bool is_gone = false;
        if (!is_digest(names.all[i].name) ||
            names.all[i].changed_at > now - KEEP_ORPHAN_S)
            continue;
        TRY(news_rendition_sweep_one(k->st, names.all[i].name, take, k, &is_gone, err));
        n += is_gone;
    }
    if (n > 0)
        log_event(LOG_INFO, "photo_sets_removed", LOG_I("number", n), LOG_END);
    return RC_OK;
}

/* Under the write lock, so that whoever is about to add its row has done so, or does it
 * with a file that is written anew. */
static enum rc
remove_original(struct keep_photos *k, struct str name, struct str sha256, bool *is_gone,
                struct err *err)
{
    struct arena a AT_END(arena_done);
    struct library_photo p;
    arena_init(&a);
    enum rc rc = store_photo_by_sha256(k->st, sha256, &a, &p, err);
    if (rc != RC_NOT_FOUND)
        return rc;
    const char *path =
        str_fmt(&a, "%s/%.2s/%.*s", k->conf->originals_dir, name.p, STR_ARG(name)).p;
    *is_gone = unlink(path) == 0;
    return RC_OK;
}

static enum rc
sweep_original(struct keep_photos *k, struct str name, bool *is_gone, struct err *err)
{
    struct str ext = name, sha256 = str_cut(&ext, '.');
    struct arena a AT_END(arena_done);
    struct library_photo p;
    arena_init(&a);
    *is_gone = false;
    if (!photo_sha256_is_valid(sha256))
        return RC_OK;
    enum rc rc = store_photo_by_sha256(k->st, sha256, &a, &p, err);
    if (rc != RC_NOT_FOUND)
        return rc;
    TRY(store_write_begin(k->st, err));
    rc = remove_original(k, name, sha256, is_gone, err);
    store_write_rollback(k->st); /* no row was changed */
    return rc;
}

static enum rc
sweep_originals(struct keep_photos *k, int64_t now, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct media_names names;
    int n = 0;
    arena_init(&a);
    if (media_names(k->conf->originals_dir, k->part, NAMES_MAX, &a, &names, err) !=
        RC_OK) {
        complain(err);
        return RC_OK;
    }
    for (int i = 0; i < names.n; i++) {
        bool is_gone = false;
        if (names.all[i].changed_at > now - KEEP_ORPHAN_S)
            continue;
        TRY(sweep_original(k, names.all[i].name, &is_gone, err));
        n += is_gone;
    }
    if (n > 0)
        log_event(LOG_INFO, "originals_removed", LOG_I("number", n), LOG_END);
    return RC_OK;
}

static enum rc
sweep_retired(struct keep_photos *k, int64_t now, struct err *err)
{
    int n = 0;
    TRY(news_rendition_retire(k->st, &k->retire_after, KEEP_SWEEP_AT_ONCE, now, err));
    TRY(news_rendition_sweep(k->st, now, KEEP_SWEEP_AT_ONCE, take, k, &n, err));
    if (n > 0)
        log_event(LOG_INFO, "photo_sets_removed", LOG_I("number", n), LOG_END);
    return RC_OK;
}

/* What killed processes left under temporary names. */
static void
sweep_unfinished(struct keep_photos *k, int64_t now)
{
    int n = media_receive_sweep(k->conf->originals_dir, now);
    if (n > 0)
        log_event(LOG_INFO, "uploads_removed", LOG_I("number", n), LOG_END);
    n = media_set_sweep(k->conf->media_dir, now);
    if (n > 0)
        log_event(LOG_INFO, "photo_sets_removed", LOG_I("number", n), LOG_END);
}

enum rc
keep_photos_sweep(struct keep_photos *k, int64_t now, struct err *err)
{
    if (now < k->sweep_at)
        return RC_OK;
    sweep_unfinished(k, now);
    TRY(sweep_retired(k, now, err));
    TRY(sweep_sets(k, now, err));
    TRY(sweep_originals(k, now, err));
    k->part = (k->part + 1) % KEEP_PARTS;
    k->sweep_at = now + KEEP_SWEEP_EVERY_S;
    return RC_OK;
}
