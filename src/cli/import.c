/* cli/import.c - `byline import`. */
#include "cli/import.h"

#include <errno.h>
#include <fcntl.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "media/found.h"
#include "media/take.h"
#include "news/import.h"
#include "store/photo.h"

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
    int64_t n_refused;
    struct store *st;
    struct media_helper helper;
    void *looked; /* a tree of struct looked: pictures that are new to the library */
};

/* Where an original lies by its digest alone: from an export, or stored before. */
static const char *
stored_path(const struct importing *im, const struct photo *p, struct arena *a)
{
    const char *const dirs[] = {im->c->conf.originals_dir, im->c->conf.media_dir};
    for (size_t i = 0; p->sha256.n == 64 && i < N_ELEMENTS(dirs); i++)
        for (int type = 0; type < MEDIA_TYPE__MAX; type++) {
            const char *ext = media_type_ext((enum media_type)type);
            const char *path = media_path(a, dirs[i], p->sha256, ext);
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

/* A picture that was looked at, and what its file says. */
struct looked {
    struct str sha256, found;
};

static int
compare(const void *a, const void *b)
{
    return str_cmp(((const struct looked *)a)->sha256,
                   ((const struct looked *)b)->sha256);
}

static void
remember(struct importing *im, struct str sha256, struct str found)
{
    struct arena *a = &im->c->arena;
    struct looked *one = arena_array(a, struct looked, 1);
    *one = (struct looked){str_copy(a, sha256), str_copy(a, found)};
    (void)tsearch(one, &im->looked, compare);
}

/* What tsearch() was given lives in the arena. */
static void
keep(void *looked)
{
    (void)looked;
}

/* The library knows what it has; a new picture is decoded once, however often it is
 * named, and its texts are read. */
static enum rc
look(struct importing *im, const char *path, const struct media_photo *m, struct arena *a,
     struct str *found, struct err *err)
{
    struct library_photo l;
    void *const *known = tfind(&(struct looked){m->sha256, {0}}, &im->looked, compare);
    struct str bytes;
    struct err why;
    enum rc rc = RC_OK;
    if (known != NULL)
        *found = ((const struct looked *)*known)->found;
    else
        rc = store_photo_by_sha256(im->st, m->sha256, a, &l, err);
    if (rc != RC_NOT_FOUND)
        return rc;
    TRY(file_read(a, path, MEDIA_FILE_MAX, &bytes, err));
    rc = media_take_look(&im->helper, bytes, m, a, &l, &why);
    *found = l.found;
    if (rc == RC_INVALID || rc == RC_LIMIT)
        return err_field(err, "photos", "%s: %s", path, why.text);
    if (rc != RC_OK)
        return err_set(err, rc, "%s: %s", path, why.text);
    remember(im, m->sha256, l.found);
    return RC_OK;
}

/* A file that cannot be read, for whatever reason, is wrong with the line; but not what
 * goes wrong with us. */
static enum rc
check_photo(void *ctx, struct arena *a, struct photo *p, struct err *err)
{
    struct importing *im = ctx;
    const char *path = photo_path(im, p, a);
    struct media_photo m;
    struct err why;
    if (media_check(path, a, &m, &why) != RC_OK)
        return err_field(err, "photos", "%s", why.text);
    if (p->sha256.n > 0 && !str_eq(p->sha256, m.sha256))
        return err_field(err, "photos", "%.*s: its SHA-256 is %.*s, not %.*s",
                         STR_ARG(p->file), STR_ARG(m.sha256), STR_ARG(p->sha256));
    TRY(look(im, path, &m, a, &p->found, err));
    p->sha256 = m.sha256;
    p->ext = str_of(m.ext);
    p->width_px = m.width_px;
    p->height_px = m.height_px;
    p->bytes = m.bytes;
    return RC_OK;
}

static enum rc
fill_photo(void *ctx, struct arena *a, struct photo *p, struct err *err)
{
    struct media_found_words words;
    (void)ctx;
    TRY(media_found_read(p->found, a, &words, err));
    media_found_fill(&words, p);
    return RC_OK;
}

static enum rc
place_photo(void *ctx, struct arena *a, const struct photo *p, struct err *err)
{
    struct importing *im = ctx;
    struct media_receive r AT_END(media_receive_end) = MEDIA_RECEIVE_NONE;
    struct media_photo m;
    const char *dir = im->c->conf.originals_dir, *from = photo_path(im, p, a);
    if (file_exists(media_path(a, dir, p->sha256, str_z(a, p->ext))))
        return RC_OK;
    TRY(media_receive_file(&r, dir, from, err));
    TRY(media_receive_look(&r, a, &m, err));
    if (!str_eq(m.sha256, p->sha256))
        return err_set(err, RC_FAILED, "%s: it was changed meanwhile", from);
    return media_receive_keep(&r, err);
}

static void
show_progress(void *ctx, enum import_phase phase, int64_t done_bytes, int64_t items)
{
    struct importing *im = ctx;
    bool is_checking = phase == IMPORT_CHECKING;
    if (is_checking)
        im->checked_bytes = done_bytes;
    progress_draw(&im->progress, is_checking ? "checking" : "storing", done_bytes,
                  is_checking ? im->total_bytes : im->checked_bytes, items, "items");
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
say_result(const struct import_result *r)
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
    struct import_hooks hooks = {im,          check_photo,   fill_photo,
                                 place_photo, show_progress, say_refused};
    struct import_result result;
    struct err err;
    store_set_bulk(st);
    if (open_spool(im->c, &im->c->arena, &o.spool_fd, &err) != RC_OK)
        return cli_fail(&err);
    enum rc rc =
        media_helper_open(im->c->conf.originals_dir, (int)im->c->conf.photo_helpers,
                          &im->c->arena, &im->helper, &err);
    if (rc != RC_OK)
        return cli_fail(&err);
    rc = news_import(st, &im->c->site, &o, &hooks, &result, &err);
    media_helper_close(&im->helper);
    close(o.spool_fd);
    progress_done(&im->progress);
    if (rc != RC_OK) {
        int64_t done = result.added + result.changed + result.unchanged;
        fprintf(stderr, "stopped after %lld items; run it again to finish\n",
                (long long)done);
        return cli_fail(&err);
    }
    say_result(&result);
    return result.refused == 0 ? EXIT_DONE : EXIT_FAILED;
}

int
cli_import(struct cli *c, struct store *st, const struct import_request *r)
{
    struct importing im = {
        .c = c, .st = st, .name = r->path, .total_bytes = size_of(r->fd)};
    progress_init(&im.progress);
    im.photo_dir = r->media != NULL ? str_of(r->media) : folder_of(r->path);
    int code = run_import(&im, st, r);
    tdestroy(im.looked, keep);
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
