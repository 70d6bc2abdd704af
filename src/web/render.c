/* web/render.c - from an order to files that are given out. */
#include "web/render.h"

#include <poll.h>

#include "media/original.h"
#include "ops/counters.h"
#include "ops/log.h"

void
web_render_open(struct web_render *r, struct store *st, const struct conf *conf,
                const struct media_helper *helper)
{
    *r = (struct web_render){.st = st, .conf = conf, .helper = helper};
    arena_init(&r->a);
}

/* The order is over, one way or the other. */
static void
end_order(struct web_render *r)
{
    media_set_drop(r->temporary);
    r->temporary = NULL;
    r->step = RENDER_IDLE;
}

void
web_render_close(struct web_render *r)
{
    struct media_answer answer;
    struct err err;
    if (r->step == RENDER_MAKING || r->step == RENDER_CHECKING) {
        r->run.end_ms = 0; /* no more patience */
        if (media_run_end(&r->run, &r->a, &answer, &err) != RC_OK)
            log_event(LOG_DEBUG, "photo_dropped", LOG_ERR(&err), LOG_END);
    }
    end_order(r);
    arena_done(&r->a);
}

/* Keeps why the order failed, and puts it off. */
static enum rc
fail(struct web_render *r, int64_t now, struct err *err)
{
    bool is_refused = r->err.rc == RC_INVALID || r->err.rc == RC_LIMIT;
    ops_count(OPS_PHOTO_FAILURES, 1);
    log_event(LOG_ERROR, "photo_failed", LOG_S("photo", r->order.want.photo.sha256),
              LOG_I("tries", r->order.job.tries + 1), LOG_ERR(&r->err), LOG_END);
    r->rc = r->err.rc;
    end_order(r);
    return news_rendition_fail(r->st, &r->order, now, is_refused, str_of(r->err.text),
                               err);
}

/* --- the steps: what fails in one is kept in r->err ---------------------------- */

static enum rc
begin_making(struct web_render *r)
{
    struct arena scratch AT_END(arena_done);
    const struct photo *p = &r->order.want.photo;
    struct str bytes;
    arena_init(&scratch);
    TRY(media_original_read(r->conf->originals_dir, r->conf->media_dir, p->sha256, p->ext,
                            &scratch, &bytes, &r->err));
    TRY(media_run_begin(r->helper, media_give_order(&scratch, p), bytes, &r->run,
                        &r->err));
    r->step = RENDER_MAKING;
    return RC_OK;
}

/* What was made goes to disk. */
static enum rc
end_making(struct web_render *r)
{
    struct arena scratch AT_END(arena_done);
    struct media_answer answer;
    arena_init(&scratch);
    r->step = RENDER_TO_CHECK; /* the helper is gone, whatever it says */
    TRY(media_run_end(&r->run, &scratch, &answer, &r->err));
    TRY(media_give_made(&r->order.want.photo, &answer, &r->a, &r->made, &r->err));
    return media_set_write(r->conf->media_dir, r->made.files, r->made.n, &r->a,
                           &r->temporary, &r->err);
}

/* What is looked at is what can be read from there. */
static enum rc
begin_checking(struct web_render *r)
{
    struct arena scratch AT_END(arena_done);
    struct str bytes;
    arena_init(&scratch);
    for (int i = 0; i < r->made.n; i++)
        TRY(media_set_read(r->temporary, r->made.files[i].name, &scratch,
                           &r->made.files[i].bytes, &r->err));
    r->order.sum = media_set_sum(&r->a, r->made.files, r->made.n);
    struct str order = media_give_check(&scratch, &r->made, &bytes);
    TRY(media_run_begin(r->helper, order, bytes, &r->run, &r->err));
    r->step = RENDER_CHECKING;
    return RC_OK;
}

static enum rc
end_checking(struct web_render *r)
{
    struct arena scratch AT_END(arena_done);
    struct media_answer answer;
    arena_init(&scratch);
    r->step = RENDER_IDLE;
    TRY(media_run_end(&r->run, &scratch, &answer, &r->err));
    return media_give_checked(&r->order.want.photo, &r->made, answer.json, &scratch,
                              &r->err);
}

/* --- between the steps --------------------------------------------------------- */

static enum rc
place(void *ctx, struct str digest, struct err *err)
{
    struct web_render *r = ctx;
    TRY(media_set_place(r->conf->media_dir, r->temporary, digest, err));
    r->temporary = NULL;
    return RC_OK;
}

/* A full disk is the order's failure; a busy database is not, but the files are made
 * again then: their folder has no name that could be found. */
static enum rc
keep(struct web_render *r, int64_t now, struct err *err)
{
    r->rc = news_rendition_keep(r->st, &r->order, now, place, r, &r->err);
    if (r->rc != RC_OK)
        return fail(r, now, err);
    ops_count(OPS_PHOTO_SETS, 1);
    log_event(LOG_INFO, "photo_made", LOG_S("photo", r->order.want.photo.sha256),
              LOG_S("set", r->order.want.digest), LOG_END);
    end_order(r);
    return RC_OK;
}

enum rc
web_render_begin(struct web_render *r, const struct rendition_order *o, int64_t now,
                 struct err *err)
{
    r->order = *o;
    r->rc = RC_OK;
    enum rc rc = begin_making(r);
    if (rc == RC_BUSY) {
        r->rc = RC_BUSY;
        return news_rendition_defer(r->st, &r->order, now, err);
    }
    return rc == RC_OK ? RC_OK : fail(r, now, err);
}

enum rc
web_render_next(struct web_render *r, int64_t now, struct err *err)
{
    struct rendition_order o;
    arena_reset(&r->a);
    TRY(news_rendition_claim(r->st, now, &r->a, &o, err));
    return web_render_begin(r, &o, now, err);
}

int
web_render_fd(const struct web_render *r)
{
    return r->step == RENDER_MAKING || r->step == RENDER_CHECKING ? r->run.fd : -1;
}

/* Has the helper ended, or is it to be ended? */
static bool
is_over(const struct web_render *r)
{
    struct pollfd p = {.fd = r->run.fd, .events = POLLIN};
    return poll(&p, 1, 0) != 0 || time_monotonic_ms() >= r->run.end_ms;
}

static enum rc
check_soon(struct web_render *r, int64_t now, struct err *err)
{
    enum rc rc = begin_checking(r);
    return rc == RC_OK || rc == RC_BUSY ? RC_OK : fail(r, now, err);
}

enum rc
web_render_go(struct web_render *r, int64_t now, struct err *err)
{
    if (r->step == RENDER_IDLE || (r->step != RENDER_TO_CHECK && !is_over(r)))
        return RC_OK;
    if (r->step == RENDER_TO_CHECK)
        return check_soon(r, now, err);
    if (r->step == RENDER_MAKING)
        return end_making(r) == RC_OK ? check_soon(r, now, err) : fail(r, now, err);
    return end_checking(r) == RC_OK ? keep(r, now, err) : fail(r, now, err);
}
