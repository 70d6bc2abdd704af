/* cli/rebuild.c - making the files of photos, all of them in turn.
 *
 * Every set is kept as soon as it is made, so a run that is cut off has lost one at most.
 * The keeper of a site that is served may make the same sets at the same time: whoever is
 * second finds them there. */
#include "cli/rebuild.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>

#include "cli/progress.h"
#include "media/set.h"
#include "ops/log.h"
#include "store/photo.h"
#include "web/render.h"

#include "base/file.h"
#include "base/time.h"

enum { BATCH = 200 };

struct rebuild {
    struct cli *c;
    struct store *st;
    struct media_helper helper;
    struct web_render render;
    struct progress progress;
    int64_t before; /* made earlier than this: anew */
    int64_t total, done, n_made, n_failed;
};

static volatile sig_atomic_t is_told_to_end;

static void
note_end(int number)
{
    (void)number;
    is_told_to_end = 1;
}

/* The row says that it is there as it was made: but is it? */
static enum rc
is_to_be_made(const struct rebuild *b, const struct rendition_want *w, struct arena *a,
              bool *is, struct err *err)
{
    struct str sum;
    *is = true;
    if (w->made_at == TIME_NONE || w->made_at < b->before)
        return RC_OK;
    TRY(store_rendition_sum(b->st, w->digest, a, &sum, err));
    const char *path = media_set_path(a, b->c->conf.media_dir, w->digest);
    *is = media_set_check(path, sum, err) != RC_OK;
    return RC_OK;
}

static enum rc
wait_for(struct rebuild *b, struct err *err)
{
    while (b->render.step != RENDER_IDLE) {
        struct pollfd p = {.fd = web_render_fd(&b->render), .events = POLLIN};
        poll(&p, 1, 1000);
        TRY(web_render_go(&b->render, time_now(), err));
    }
    return RC_OK;
}

/* What cannot be made is told and counted; the others are made all the same. */
static enum rc
make(struct rebuild *b, int64_t photo_id, const struct rendition_want *w, struct err *err)
{
    struct rendition_order o = {
        .photo_id = photo_id, .want = *w, .is_anew = w->made_at != TIME_NONE};
    TRY(web_render_begin(&b->render, &o, time_now(), err));
    TRY(wait_for(b, err));
    b->n_made += b->render.rc == RC_OK;
    b->n_failed += b->render.rc != RC_OK;
    if (b->render.rc != RC_OK) {
        progress_done(&b->progress);
        fprintf(stderr, "byline: photo %lld: %s\n", (long long)photo_id,
                b->render.err.text);
    }
    return RC_OK;
}

static enum rc
rebuild_photo(struct rebuild *b, int64_t id, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct rendition_wants wants;
    arena_init(&a);
    enum rc rc = news_rendition_wants(b->st, id, &a, &wants, err);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    for (int i = 0; i < wants.n && !is_told_to_end; i++) {
        bool is_missing;
        TRY(is_to_be_made(b, &wants.all[i], &a, &is_missing, err));
        if (is_missing)
            TRY(make(b, id, &wants.all[i], err));
        progress_draw(&b->progress, "photos", b->done, b->total, b->n_made, "sets");
    }
    return RC_OK;
}

static enum rc
rebuild_all(struct rebuild *b, struct err *err)
{
    struct photo_files files;
    int64_t last = 0;
    do {
        struct arena a AT_END(arena_done);
        arena_init(&a);
        TRY(store_photo_files(b->st, last, BATCH, &a, &files, err));
        for (int i = 0; i < files.n && !is_told_to_end; i++, b->done++)
            TRY(rebuild_photo(b, files.all[i].id, err));
        last = files.n > 0 ? files.all[files.n - 1].id : last;
        TRY(store_checkpoint(b->st, NULL, err));
    } while (files.n == BATCH && !is_told_to_end);
    return RC_OK;
}

/* From when on what was made is left alone. */
static enum rc
read_before(const struct cli *c, int64_t *out, struct err *err)
{
    const char *before = cli_value(c, "made-before");
    bool is_date_only;
    *out = cli_value(c, "all") != NULL ? time_now() : TIME_NONE;
    if (before == NULL)
        return RC_OK;
    if (time_read(str_of(before), out, &is_date_only, err) == RC_OK)
        return RC_OK;
    return err_field(err, "made-before", "--made-before: %s", err->text);
}

static enum rc
tell(struct rebuild *b, struct err *err)
{
    progress_done(&b->progress);
    printf("%lld photos, %lld sets of files made\n", (long long)b->done,
           (long long)b->n_made);
    if (is_told_to_end && b->before != TIME_NONE)
        fprintf(stderr, "to go on: byline photo rebuild --made-before %.*s\n",
                STR_ARG(time_write(&b->c->arena, b->before, false)));
    if (is_told_to_end)
        return err_set(err, RC_FAILED, "cut off");
    return b->n_failed == 0 ? RC_OK
                            : err_set(err, RC_FAILED, "%lld sets could not be made",
                                      (long long)b->n_failed);
}

static enum rc
run(struct rebuild *b, struct err *err)
{
    TRY(store_photo_count(b->st, &b->total, err));
    TRY(rebuild_all(b, err));
    return tell(b, err);
}

enum rc
cli_rebuild(struct cli *c, struct store *st, struct err *err)
{
    struct rebuild b = {.c = c, .st = st};
    struct sigaction end = {.sa_handler = note_end};
    TRY(read_before(c, &b.before, err));
    TRY(media_helper_open(c->conf.originals_dir, 1, &c->arena, &b.helper, err));
    sigaction(SIGINT, &end, NULL);
    sigaction(SIGTERM, &end, NULL);
    log_init(LOG_WARN, "photo"); /* what goes well is in the bar */
    progress_init(&b.progress);
    web_render_open(&b.render, st, &c->conf, &b.helper);
    enum rc rc = run(&b, err);
    web_render_close(&b.render);
    media_helper_close(&b.helper);
    return rc;
}
