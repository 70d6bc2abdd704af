/* cli/export.c - `byline export`. */
#include "news/export.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "media/original.h"

#include "base/file.h"

struct exporting {
    struct cli *c;
    struct progress progress;
    const char *media; /* where photo files go; NULL: nowhere */
    int64_t photos;
};

static enum rc
write_line(void *ctx, struct str line, struct err *err)
{
    (void)ctx;
    if (fwrite(line.p, 1, line.n, stdout) != line.n)
        return err_set(err, RC_FAILED, "standard output: %s", strerrordesc_np(errno));
    return RC_OK;
}

static enum rc
write_photo(void *ctx, const struct photo *p, struct err *err)
{
    struct exporting *ex = ctx;
    struct arena a AT_END(arena_done);
    arena_init(&a);
    const struct conf *conf = &ex->c->conf;
    struct str bytes;
    struct str to =
        str_fmt(&a, "%s/%.*s.%.*s", ex->media, STR_ARG(p->sha256), STR_ARG(p->ext));
    if (file_exists(to.p))
        return RC_OK;
    ex->photos++;
    TRY(media_original_read(conf->originals_dir, conf->media_dir, p->sha256, p->ext, &a,
                            &bytes, err));
    return file_write(to.p, bytes, 0644, err);
}

static void
show_progress(void *ctx, int64_t items)
{
    struct exporting *ex = ctx;
    progress_draw(&ex->progress, "exporting", items, 0, items, "items");
}

static int
run(struct cli *c)
{
    struct exporting ex = {.c = c, .media = cli_value(c, "media")};
    struct export_hooks hooks = {&ex, write_line, ex.media != NULL ? write_photo : NULL,
                                 show_progress};
    struct store *st = NULL;
    struct err err;
    int64_t n = 0;
    progress_init(&ex.progress);
    enum rc rc = cli_open_store(c, STORE_WRITE, &st, &err);
    if (rc == RC_OK && ex.media != NULL)
        rc = file_make_dir(ex.media, 0755, &err);
    if (rc == RC_OK)
        rc = news_export(st, &c->site, &hooks, &n, &err);
    if (rc == RC_OK && fflush(stdout) != 0)
        rc = err_set(&err, RC_FAILED, "standard output: %s", strerrordesc_np(errno));
    store_close(st);
    progress_done(&ex.progress);
    if (rc != RC_OK)
        return cli_fail(&err);
    fprintf(stderr, "%lld items, %lld photos\n", (long long)n, (long long)ex.photos);
    return EXIT_DONE;
}

static const struct cli_option options[] = {
    {"media", "DIR", "copy the photos as they were received into DIR too"},
    {NULL, NULL, NULL},
};

const struct command command_export = {
    .name = "export",
    .args = "",
    .summary = "write all items as JSON Lines to standard output",
    .help =
        "`byline export --media photos > items.jsonl` and then\n"
        "`byline import --media photos items.jsonl` elsewhere gives the same items.\n",
    .options = options,
    .run = run,
};
