/* web/work.c - the keeper of both databases while `serve` runs. */
#include "news/desk.h"
#include "ops/counters.h"
#include "ops/log.h"
#include "store/site.h"
#include "web/keep_photos.h"
#include "web/web.h"

#include "base/mem.h"

enum { REMOVE_EVERY_S = 600, REMOVE_AT_ONCE = 50 };

struct web_work {
    struct store *st, *accounts;
    struct keep_photos photos;
    int64_t remove_at; /* when to look again for what was given up */
};

enum rc
web_work_open(const struct conf *conf, int photo_fd, struct web_work **out,
              struct err *err)
{
    struct web_work w = {.st = NULL};
    TRY(store_open(conf->database, STORE_WRITE, &w.st, err));
    enum rc rc = store_open_accounts(conf->accounts, &w.accounts, err);
    if (rc != RC_OK) {
        store_close(w.st);
        return rc;
    }
    *out = mem_alloc(sizeof **out);
    **out = w;
    keep_photos_open(&(*out)->photos, w.st, conf, photo_fd);
    return RC_OK;
}

int
web_work_fd(const struct web_work *w)
{
    return keep_photos_fd(&w->photos);
}

/* A read by a writer is what repairs the shared index after a process died in the middle
 * of something. */
static enum rc
read_through(struct web_work *w, struct err *err)
{
    struct site_state state;
    TRY(store_read_begin(w->st, err));
    enum rc rc = store_site_state(w->st, &state, err);
    store_read_end(w->st);
    return rc;
}

static enum rc
checkpoint(struct store *st, struct err *err)
{
    int frames = -1;
    TRY(store_checkpoint(st, &frames, err));
    if (frames >= 0) {
        ops_count(OPS_CHECKPOINTS, 1);
        log_event(LOG_DEBUG, "checkpoint", LOG_Z("database", store_path(st)),
                  LOG_I("pages", frames), LOG_END);
    }
    return RC_OK;
}

/* A round removes a few; what is left over, the next one does. */
static enum rc
remove_discarded(struct web_work *w, int64_t now, struct err *err)
{
    static const struct actor itself = {.name = STR_INIT("byline"),
                                        .origin = STR_INIT("serve")};
    struct desk d = {.st = w->st, .actor = &itself, .now = now};
    int n = 0;
    if (now < w->remove_at)
        return RC_OK;
    TRY(news_desk_remove_discarded(&d, REMOVE_AT_ONCE, &n, err));
    w->remove_at = n < REMOVE_AT_ONCE ? now + REMOVE_EVERY_S : now;
    if (n > 0)
        log_event(LOG_INFO, "drafts_removed", LOG_I("number", n), LOG_END);
    return RC_OK;
}

/* The keeper must look after the files that others see, and make the ones they miss. */
static enum rc
check_files(struct web_work *w, struct err *err)
{
    if (store_is_current(w->st))
        return RC_OK;
    TRY(store_drop_leftovers(w->st, err));
    return err_set(err, RC_FAILED,
                   "%s, its -wal or its -shm was removed or replaced: to be opened anew",
                   store_path(w->st));
}

enum rc
web_work_tick(struct web_work *w, struct err *err)
{
    TRY(check_files(w, err));
    TRY(read_through(w, err));
    TRY(checkpoint(w->st, err));
    ops_set(OPS_WAL_BYTES, store_wal_bytes(w->st));
    TRY(checkpoint(w->accounts, err));
    TRY(keep_photos_go(&w->photos, time_now(), err));
    TRY(keep_photos_sweep(&w->photos, time_now(), err));
    return remove_discarded(w, time_now(), err);
}

void
web_work_close(struct web_work *w)
{
    if (w == NULL)
        return;
    keep_photos_close(&w->photos);
    store_close(w->accounts);
    store_close(w->st);
    mem_free(w);
}
