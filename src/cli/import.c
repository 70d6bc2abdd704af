/* cli/import.c - `byline import`. */
#include "cli/import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "media/place.h"
#include "news/import.h"

#include "base/file.h"
#include "base/time.h"

enum { REFUSED_SHOWN = 20 };

/* What the hooks need. */
struct importing {
    struct cli *c;
    struct progress progress;
    int64_t total_bytes, checked_bytes;
    const char *name;     /* of the input, for messages */
    struct str photo_dir; /* files of photos are relative to it */
    int64_t n_refused, n_with_location;
};

/* A photo that comes without its file must be in its place already. */
static const char *
stored_path(const struct importing *im, const struct photo *p, struct arena *a)
{
    static const char *const exts[] = {"jpg", "png", "webp"};
    for (size_t i = 0; p->sha256.n == 64 && i < N_ELEMENTS(exts); i++) {
        const char *path = media_path(a, im->c->conf.media_dir, p->sha256, exts[i]);
        if (file_exists(path))
            return path;
    }
    return NULL;
}

static const char *
photo_path(const struct importing *im, const struct photo *p, struct arena *a)
{
    const char *path = p->file.n > 0 ? file_join(a, im->photo_dir, p->file) : NULL;
    if (path != NULL && file_exists(path))
        return path;
    const char *stored = stored_path(im, p, a);
    if (stored != NULL)
        return stored;
    return path != NULL ? path : str_fmt(a, "%.*s", STR_ARG(p->sha256)).p;
}

typedef enum rc photo_step(const struct importing *im, const char *path, struct arena *a,
                           struct media_photo *out, struct err *err);

static enum rc
only_check(const struct importing *im, const char *path, struct arena *a,
           struct media_photo *out, struct err *err)
{
    (void)im;
    return media_check(path, a, out, err);
}

static enum rc
put_in_place(const struct importing *im, const char *path, struct arena *a,
             struct media_photo *out, struct err *err)
{
    return media_place(im->c->conf.media_dir, path, a, out, err);
}

/* Does a step with a photo's file; what is wrong with the file is wrong with the line. */
static enum rc
with_photo(const struct importing *im, const struct photo *p, photo_step *step,
           struct arena *a, struct media_photo *out, struct err *err)
{
    struct err why;
    enum rc rc = step(im, photo_path(im, p, a), a, out, &why);
    if (rc == RC_FAILED)
        return err_set(err, rc, "%s", why.text);
    if (rc != RC_OK)
        return err_field(err, "photos", "%s", why.text);
    if (p->sha256.n > 0 && !str_eq(p->sha256, out->sha256))
        return err_field(err, "photos", "%.*s: its SHA-256 is %.*s, not %.*s",
                         STR_ARG(p->file), STR_ARG(out->sha256), STR_ARG(p->sha256));
    return RC_OK;
}

/* A file that cannot be read, for whatever reason, is wrong with the line; only placing
 * fails for reasons of ours. */
static enum rc
check_photo(void *ctx, const struct photo *p, struct err *err)
{
    struct importing *im = ctx;
    struct arena a AT_END(arena_done);
    struct media_photo found;
    struct err why;
    arena_init(&a);
    if (with_photo(im, p, only_check, &a, &found, &why) != RC_OK)
        return err_field(err, "photos", "%s", why.text);
    im->n_with_location += found.has_location;
    return RC_OK;
}

static enum rc
place_photo(void *ctx, struct arena *a, struct photo *p, struct err *err)
{
    struct media_photo placed;
    TRY(with_photo(ctx, p, put_in_place, a, &placed, err));
    p->sha256 = placed.sha256;
    p->ext = str_of(placed.ext);
    p->width_px = placed.width_px;
    p->height_px = placed.height_px;
    p->bytes = placed.bytes;
    return RC_OK;
}

static void
show_progress(void *ctx, enum import_phase phase, int64_t done_bytes, int64_t items)
{
    struct importing *im = ctx;
    bool is_checking = phase == IMPORT_CHECKING;
    if (is_checking)
        im->checked_bytes = done_bytes;
    progress_draw(&im->progress, is_checking ? "checking" : "storing", done_bytes,
                  is_checking ? im->total_bytes : im->checked_bytes, items);
}

static void
say_refused(void *ctx, int64_t line, const struct err *err)
{
    struct importing *im = ctx;
    progress_done(&im->progress);
    if (im->n_refused++ < REFUSED_SHOWN)
        fprintf(stderr, "%s:%lld: %s%s%s\n", im->name, (long long)line, err->field,
                err->field[0] != '\0' ? ": " : "", err->text);
    else if (im->n_refused == REFUSED_SHOWN + 1)
        fprintf(stderr, "%s: more lines are refused; only the first %d are shown\n",
                im->name, REFUSED_SHOWN);
}

/* ---- the input ---- */

enum rc
cli_import_open(const char *path, int *fd, struct err *err)
{
    *fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (*fd < 0)
        return err_set(err, RC_NOT_FOUND, "%s: %s", path, strerrordesc_np(errno));
    return RC_OK;
}

/* A file without a name, on the disk of the database. */
static enum rc
open_spool(const struct cli *c, struct arena *a, int *fd, struct err *err)
{
    struct str name = str_fmt(a, "%s-import-XXXXXX", c->conf.database);
    char *path = arena_copy(a, name.p, name.n);
    *fd = mkostemp(path, O_CLOEXEC);
    if (*fd < 0)
        return err_set(err, RC_FAILED, "%s: %s", path, strerrordesc_np(errno));
    unlink(path);
    return RC_OK;
}

static int64_t
size_of(int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 ? info.st_size : 0;
}

static struct str
folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? (struct str){path, (size_t)(slash - path) + 1} : STR(".");
}

/* ---- the run ---- */

static void
say_result(const struct importing *im, const struct import_result *r)
{
    if (!r->is_stored && r->refused > 0)
        fprintf(
            stderr,
            "%lld of %lld items refused, nothing stored (--keep-going stores the rest)\n",
            (long long)r->refused, (long long)r->read);
    else
        fprintf(stderr,
                "%lld items: %lld added, %lld changed, %lld unchanged, "
                "%lld refused; %lld photos\n",
                (long long)r->read, (long long)r->added, (long long)r->changed,
                (long long)r->unchanged, (long long)r->refused, (long long)r->photos);
    if (im->n_with_location > 0)
        fprintf(stderr,
                "warning: %lld photos say where they were taken; that is not "
                "removed from the files\n",
                (long long)im->n_with_location);
}

static int
run_import(struct importing *im, struct store *st, const struct import_request *r)
{
    struct import_options o = {.fd = r->fd,
                               .spool_fd = -1,
                               .create_sections = r->create_sections,
                               .keep_going = r->keep_going,
                               .credit_lines = r->credit_lines,
                               .batch_items = im->c->conf.import_batch_items,
                               .batch_ms = im->c->conf.import_batch_ms,
                               .now = time_now(),
                               .by = r->by,
                               .who = cli_actor(im->c)};
    struct import_hooks hooks = {im, check_photo, place_photo, show_progress,
                                 say_refused};
    struct import_result result;
    struct err err;
    store_set_bulk(st);
    if (open_spool(im->c, &im->c->arena, &o.spool_fd, &err) != RC_OK)
        return cli_fail(&err);
    enum rc rc = news_import(st, &im->c->site, &o, &hooks, &result, &err);
    close(o.spool_fd);
    progress_done(&im->progress);
    if (rc != RC_OK) {
        int64_t done = result.added + result.changed + result.unchanged;
        fprintf(stderr, "stopped after %lld items; run it again to finish\n",
                (long long)done);
        return cli_fail(&err);
    }
    say_result(im, &result);
    return result.refused == 0 ? EXIT_DONE : EXIT_FAILED;
}

int
cli_import(struct cli *c, struct store *st, const struct import_request *r)
{
    struct importing im = {.c = c, .name = r->path, .total_bytes = size_of(r->fd)};
    progress_init(&im.progress);
    im.photo_dir = r->media != NULL ? str_of(r->media) : folder_of(r->path);
    int code = run_import(&im, st, r);
    close(r->fd);
    return code;
}

static int
run(struct cli *c)
{
    struct import_request r = {.path = c->args[0],
                               .media = cli_value(c, "media"),
                               .by = STR("import"),
                               .create_sections = cli_value(c, "create-sections") != NULL,
                               .keep_going = cli_value(c, "keep-going") != NULL,
                               .credit_lines = cli_value(c, "credit-lines") != NULL};
    struct store *st = NULL;
    struct err err;
    enum rc rc = cli_import_open(r.path, &r.fd, &err);
    if (rc == RC_OK)
        rc = cli_open_store(c, STORE_WRITE, &st, &err);
    if (rc != RC_OK)
        return cli_fail(&err);
    int code = cli_import(c, st, &r);
    store_close(st);
    return code;
}

static const struct cli_option options[] = {
    {"media", "DIR", "photo files are relative to DIR (else to FILE's folder)"},
    {"create-sections", NULL, "make sections that are not there, instead of refusing"},
    {"credit-lines", NULL, "a last line \"Photo: X\" of a body becomes the photo credit"},
    {"keep-going", NULL, "store what is right even when some lines are refused"},
    {NULL, NULL, NULL},
};

const struct command command_import = {
    .name = "import",
    .args = "FILE",
    .summary = "store items from a JSON Lines file (\"-\": standard input)",
    .help = "The whole input is checked first; when a line is wrong nothing is stored.\n"
            "Importing the same file twice changes nothing; one that was cut off is\n"
            "finished by running it again. The format is in docs/EXCHANGE.md.\n",
    .options = options,
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
