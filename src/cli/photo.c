/* cli/photo.c - `byline photo`: the photo library. Making files anew: cli/rebuild.c. */
#include "news/photo.h"

#include <stdio.h>

#include "cli/commands.h"
#include "cli/rebuild.h"
#include "cli/words.h"
#include "media/take.h"
#include "news/library.h"
#include "news/rendition.h"

#include "base/time.h"

enum { LIST_DEFAULT = 20, LIST_BATCH = 100, USES_MAX = 1000 };

static struct desk
desk_of(const struct cli *c, struct store *st, const struct actor *who)
{
    return (struct desk){st, &c->site, who, time_now()};
}

/* ---- list ---- */

static enum rc
read_state(const struct cli *c, enum library_state *out, struct err *err)
{
    const char *word = cli_value(c, "state");
    int state = word != NULL ? library_state_read(str_of(word)) : LIBRARY_ANY;
    if (state < 0)
        return err_field(err, "state", "--state %s: there is no such", word);
    *out = (enum library_state)state;
    return RC_OK;
}

static void
print_line(const struct library_line *p)
{
    printf("%6lld %.12s %-4.*s %5dx%-5d %-9s %-30.*s %.*s\n", (long long)p->id,
           p->sha256.p, STR_ARG(p->ext), p->width_px, p->height_px,
           p->withdrawn_at != TIME_NONE ? "withdrawn"
           : p->is_used                 ? "used"
                                        : "unused",
           STR_ARG(p->credit), STR_ARG(p->caption.n > 0 ? p->caption : p->file_name));
}

static enum rc
list(struct cli *c, struct store *st, struct err *err)
{
    struct actor who = cli_actor(c);
    struct desk d = desk_of(c, st, &who);
    struct library_filter f = {.words = str_of(cli_value(c, "words")),
                               .credit = str_of(cli_value(c, "credit"))};
    struct library_page page = {.has_more = true};
    const char *limit = cli_value(c, "limit");
    int64_t left = LIST_DEFAULT;
    if (limit != NULL && !str_to_int(str_of(limit), 1, INT64_MAX, &left))
        return err_field(err, "limit", "--limit must be a whole number from 1");
    TRY(read_state(c, &f.state, err));
    while (left > 0 && page.has_more) {
        struct arena a AT_END(arena_done);
        arena_init(&a);
        int n = left < LIST_BATCH ? (int)left : LIST_BATCH;
        TRY(news_library_list(&d, &f, n, &a, &page, err));
        for (int i = 0; i < page.n; i++)
            print_line(&page.all[i]);
        left -= page.n;
        f.after = page.after;
    }
    return RC_OK;
}

/* ---- one photo ---- */

/* By its number or by the SHA-256 of its original. */
static enum rc
find(struct cli *c, struct desk *d, struct library_photo *out, struct err *err)
{
    struct str name = str_of(c->args[1]);
    int64_t id = 0;
    enum rc rc = RC_NOT_FOUND;
    if (photo_sha256_is_valid(name))
        rc = news_photo_by_sha256(d, name, &c->arena, out, err);
    else if (str_to_int(name, 1, INT64_MAX, &id))
        rc = news_photo(d, id, &c->arena, out, err);
    return rc == RC_NOT_FOUND ? err_set(err, rc, "there is no photo \"%s\"", c->args[1])
                              : rc;
}

static void
print_text(const char *name, struct str text)
{
    if (text.n > 0)
        printf("%-14s %.*s\n", name, STR_ARG(text));
}

static void
print_time(struct arena *a, const char *name, int64_t t)
{
    if (t != TIME_NONE)
        print_text(name, time_write(a, t, false));
}

static void
print_photo(const struct library_photo *p, struct arena *a)
{
    printf("%-14s %lld\n", "number", (long long)p->id);
    print_text("sha256", p->photo.sha256);
    print_text("format",
               str_fmt(a, "%.*s, %d x %d, %lld bytes", STR_ARG(p->photo.ext),
                       p->photo.width_px, p->photo.height_px, (long long)p->photo.bytes));
    print_text("file", p->file_name);
    print_text("added",
               str_fmt(a, "%.*s, %.*s", STR_ARG(time_write(a, p->added_at, false)),
                       STR_ARG(p->added_by)));
#define PHOTO_TEXT(member, key, column, most, inside) print_text(key, p->photo.member);
#include "model/photo.def"
#undef PHOTO_TEXT
    print_text("decorative", p->photo.is_decorative ? STR("yes") : STR(""));
    print_text("focal", p->photo.focal);
    print_time(a, "rights_end", p->photo.expires_at);
    print_time(a, "withdrawn", p->withdrawn_at);
    print_text("why", p->withdrawn_reason);
}

static const char *const progress_words[] = {
    [RENDITION_READY] = "ready",
    [RENDITION_WAITING] = "waiting for their turn",
    [RENDITION_BEING_MADE] = "being made",
    [RENDITION_FAILED] = "failed",
};

static enum rc
print_files(struct desk *d, const struct library_photo *p, struct arena *a,
            struct err *err)
{
    struct rendition_progress r;
    TRY(news_photo_progress(d->st, p->id, d->now, a, &r, err));
    print_text("files", str_of(progress_words[r.state]));
    print_text("because", r.why);
    print_text("set", p->photo.rendition);
    return RC_OK;
}

static enum rc
show(struct cli *c, struct store *st, struct err *err)
{
    struct actor who = cli_actor(c);
    struct desk d = desk_of(c, st, &who);
    struct library_photo p;
    struct photo_uses uses;
    TRY(find(c, &d, &p, err));
    TRY(news_photo_uses(&d, p.id, USES_MAX, &c->arena, &uses, err));
    print_photo(&p, &c->arena);
    TRY(print_files(&d, &p, &c->arena, err));
    for (int i = 0; i < uses.n; i++)
        print_text("used in",
                   str_fmt(&c->arena, "%.*s  %.*s", STR_ARG(uses.all[i].item.public_id),
                           STR_ARG(uses.all[i].item.title)));
    return RC_OK;
}

static enum rc
withdraw(struct cli *c, struct store *st, struct err *err)
{
    struct actor who = cli_actor(c);
    struct desk d = desk_of(c, st, &who);
    struct library_photo p;
    TRY(find(c, &d, &p, err));
    return news_photo_withdraw(&d, p.id, str_of(cli_value(c, "reason")), err);
}

static enum rc
reinstate(struct cli *c, struct store *st, struct err *err)
{
    struct actor who = cli_actor(c);
    struct desk d = desk_of(c, st, &who);
    struct library_photo p;
    TRY(find(c, &d, &p, err));
    return news_photo_reinstate(&d, p.id, err);
}

/* ---- add ---- */

/* What is known already is not looked at again. */
static enum rc
is_known(struct desk *d, struct media_receive *r, struct arena *a, int64_t *id,
         struct err *err)
{
    struct media_photo m;
    struct library_photo p;
    TRY(media_receive_look(r, a, &m, err));
    enum rc rc = news_photo_by_sha256(d, m.sha256, a, &p, err);
    *id = rc == RC_OK ? p.id : 0;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* A command's photos, and what is said of those whose files do not say it. */
struct adding {
    const char *originals_dir;
    struct desk d;
    struct media_helper helper;
    struct str credit; /* absent: they stay without */
};

static enum rc
add_new(struct adding *all, struct media_receive *r, const char *path, struct arena *a,
        int64_t *id, bool *was_there, struct err *err)
{
    struct library_photo p;
    const char *slash = strrchr(path, '/');
    TRY(media_take(r, &all->helper, a, &p, err));
    p.file_name = str_of(slash != NULL ? slash + 1 : path);
    if (p.photo.credit.n == 0 && all->credit.p != NULL)
        p.photo.credit = all->credit;
    return news_photo_add(&all->d, &p, id, was_there, err);
}

static enum rc
add_file(struct adding *all, const char *path, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct media_receive r AT_END(media_receive_end) = MEDIA_RECEIVE_NONE;
    int64_t id = 0;
    arena_init(&a);
    all->d.now = time_now();
    TRY(media_receive_file(&r, all->originals_dir, path, err));
    TRY(is_known(&all->d, &r, &a, &id, err));
    bool was_there = id != 0;
    if (!was_there)
        TRY(add_new(all, &r, path, &a, &id, &was_there, err));
    printf("%lld\t%s\t%s\n", (long long)id, was_there ? "known" : "added", path);
    return RC_OK;
}

/* One that is refused does not keep the others out. */
static enum rc
add(struct cli *c, struct store *st, struct err *err)
{
    struct actor who = cli_actor(c);
    struct adding all = {.originals_dir = c->conf.originals_dir,
                         .d = desk_of(c, st, &who),
                         .credit = str_of(cli_value(c, "credit"))};
    int n_refused = 0;
    TRY(media_helper_open(all.originals_dir, 1, &c->arena, &all.helper, err));
    for (int i = 1; i < c->n_args; i++)
        if (add_file(&all, c->args[i], err) != RC_OK) {
            fprintf(stderr, "byline: %s: %s\n", c->args[i], err->text);
            n_refused++;
        }
    media_helper_close(&all.helper);
    return n_refused == 0 ? RC_OK
                          : err_set(err, RC_INVALID, "%d of %d files were not added",
                                    n_refused, c->n_args - 1);
}

/* ---- the command ---- */

static const struct cli_word words[] = {
    {"add", CLI_ONE_OR_MORE, add},
    {"list", 0, list},
    {"show", 1, show},
    {"withdraw", 1, withdraw},
    {"reinstate", 1, reinstate},
    {"rebuild", 0, cli_rebuild},
    {NULL, 0, NULL},
};

static int
run(struct cli *c)
{
    return cli_run_word(c, words);
}

static const struct cli_option options[] = {
    {"credit", "TEXT",
     "add: of those whose files name none; list: those with all its words in theirs"},
    {"words", "WORDS", "list: those that have all of them somewhere in their texts"},
    {"state", "STATE",
     "list: to-confirm, without-credit, unused, ending, ended or withdrawn"},
    {"limit", "N", "list: at most so many, else 20"},
    {"reason", "TEXT", "withdraw: why; required"},
    {"all", NULL, "rebuild: all files anew"},
    {"made-before", "TIME", "rebuild: those made before then anew"},
    {NULL, NULL, NULL},
};

const struct command command_photo = {
    .name = "photo",
    .args = "add FILE... | list | show PHOTO | withdraw PHOTO | reinstate PHOTO | "
            "rebuild",
    .summary = "add photos to the library, take them off every page, make their files",
    .help =
        "A PHOTO is its number or the SHA-256 of its original.\n"
        "  byline photo add --credit \"Press office\" *.jpg\n"
        "  byline photo list --words \"river anna\"\n"
        "rebuild makes what is missing, has changed or was made by an older version in\n"
        "another way, also while the site is served. Cut off, it goes on where it was\n"
        "when it is started again; with --all it says how.\n",
    .options = options,
    .min_args = 1,
    .max_args = CLI_ARGS_MAX,
    .run = run,
};
