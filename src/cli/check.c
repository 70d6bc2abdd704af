/* cli/check.c - `byline check`: is everything as it should be? */
#include <stdio.h>

#include "cli/check_accounts.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "fcgi/sandbox.h"
#include "media/original.h"
#include "media/set.h"
#include "store/desk.h"
#include "store/item.h"
#include "store/library.h"
#include "store/photo.h"
#include "store/rendition.h"
#include "store/revision.h"
#include "store/section.h"
#include "view/view.h"

#include "base/file.h"

enum { BATCH = 500, NOTES_MAX = 256 * 1024, FOUND_SHOWN = 20 };

/* One line per thing looked at, and one for each other thing found wrong with it;
 * failures are counted. */
struct checking {
    struct cli *c;
    struct store *st;
    struct progress progress;
    struct err first; /* what is found wrong of photos or sets, one by one */
    struct buf others;
    int n_found;
    int n_failed;
};

static void
say(struct checking *k, const char *what, enum rc rc, const struct err *err)
{
    progress_done(&k->progress);
    printf("%-10s %s%s\n", what,
           rc == RC_OK ? "ok" : "FAILED: ", rc == RC_OK ? "" : err->text);
    k->n_failed += rc != RC_OK;
}

static void
find(struct checking *k, const struct err *err)
{
    if (k->n_found++ == 0)
        k->first = *err;
    else if (k->n_found <= FOUND_SHOWN)
        buf_fmt(&k->others, "%11s%s\n", "", err->text);
}

/* All that was found, unless the looking itself failed. */
static void
say_found(struct checking *k, const char *what, enum rc rc, const struct err *err)
{
    bool is_found = rc == RC_OK && k->n_found > 0;
    say(k, what, is_found ? RC_FAILED : rc, is_found ? &k->first : err);
    printf("%.*s", STR_ARG(buf_str(&k->others)));
    if (k->n_found > FOUND_SHOWN)
        printf("%11sand %d more\n", "", k->n_found - FOUND_SHOWN);
    k->n_found = 0;
    buf_init(&k->others, &k->c->arena, NOTES_MAX);
}

static enum rc
check_photo(struct checking *k, const struct photo *p, struct err *err)
{
    const struct conf *conf = &k->c->conf;
    return media_original_check(conf->originals_dir, conf->media_dir, p->sha256, p->ext,
                                err);
}

static enum rc
check_photos(struct checking *k, struct err *err)
{
    struct photo_files files;
    int64_t last = 0, done = 0;
    do {
        struct arena a AT_END(arena_done);
        arena_init(&a);
        TRY(store_photo_files(k->st, last, BATCH, &a, &files, err));
        for (int i = 0; i < files.n; i++, done++) {
            if (check_photo(k, &files.all[i].photo, err) != RC_OK)
                find(k, err);
            progress_draw(&k->progress, "photos", done, 0, done, "photos");
        }
        last = files.n > 0 ? files.all[files.n - 1].id : last;
    } while (files.n == BATCH);
    return RC_OK;
}

/* Are the files that a row stands for there, as they were made? RC_NOT_FOUND: the row is
 * gone by now. */
static enum rc
check_set(struct checking *k, struct str digest, struct arena *a, struct err *err)
{
    struct str sum;
    TRY(store_rendition_sum(k->st, digest, a, &sum, err));
    return media_set_check(media_set_path(a, k->c->conf.media_dir, digest), sum, err);
}

/* Whoever makes a set anew replaces files and sum in one transaction: what looks wrong is
 * looked at again while nobody does. */
static enum rc
check_set_again(struct checking *k, struct str digest, struct arena *a, struct err *err)
{
    TRY(store_write_begin(k->st, err));
    enum rc rc = check_set(k, digest, a, err);
    store_write_rollback(k->st);
    if (rc == RC_FAILED)
        find(k, err);
    return RC_OK;
}

static enum rc
check_sets(struct checking *k, struct err *err)
{
    struct rendition_rows rows;
    int64_t last = 0, done = 0;
    do {
        struct arena a AT_END(arena_done);
        arena_init(&a);
        TRY(store_rendition_from(k->st, last, BATCH, &a, &rows, err));
        for (int i = 0; i < rows.n; i++, done++) {
            if (check_set(k, rows.all[i].digest, &a, err) != RC_OK)
                TRY(check_set_again(k, rows.all[i].digest, &a, err));
            progress_draw(&k->progress, "photos", done, 0, done, "sets of files");
        }
        last = rows.n > 0 ? rows.all[rows.n - 1].id : last;
    } while (rows.n == BATCH);
    return RC_OK;
}

static enum rc
check_history(struct checking *k, struct err *err)
{
    int64_t ids[BATCH], last = 0, done = 0;
    int n = 0;
    do {
        TRY(store_item_ids(k->st, last, BATCH, ids, &n, err));
        for (int i = 0; i < n; i++, done++) {
            TRY(store_revision_check(k->st, ids[i], err));
            progress_draw(&k->progress, "history", done, 0, done, "items");
        }
        last = n > 0 ? ids[n - 1] : last;
    } while (n == BATCH);
    return RC_OK;
}

/* Lines of the newsroom's list and words of photos that an older program did not write.
 */
static enum rc
fill_desk(struct checking *k, struct err *err)
{
    TRY(store_write_begin(k->st, err));
    enum rc rc = store_desk_fill(k->st, err);
    if (rc == RC_OK)
        rc = store_library_fill(k->st, err);
    if (rc == RC_OK)
        return store_write_commit(k->st, false, 0, err);
    store_write_rollback(k->st);
    return rc;
}

static enum rc
check_templates(const struct cli *c, const char *folder, struct err *err)
{
    struct view v;
    TRY(view_open(&c->site, str_of(folder), &v, err));
    view_close(&v);
    return RC_OK;
}

static void
check_sandbox(struct checking *k)
{
    struct sandbox_wall walls[SANDBOX_WALLS];
    struct err err;
    bool is_on = k->c->conf.sandbox;
    say(k, "sandbox", fcgi_sandbox_check(&k->c->conf, &err), &err);
    fcgi_sandbox_walls(walls);
    for (int i = 0; i < SANDBOX_WALLS; i++)
        printf("  %-8s %s: %s\n           by %s\n", walls[i].name,
               !is_on            ? "off (setting sandbox)"
               : walls[i].stands ? "stands"
                                 : "MISSING",
               walls[i].keeps, walls[i].by);
}

/* What is told beside the finding stands below it. */
static void
check_people(struct checking *k)
{
    struct store *accounts = NULL;
    struct sections sections = {0};
    struct err err;
    struct buf notes;
    if (!file_exists(k->c->conf.accounts)) {
        printf("%-10s none: nobody works in the newsroom\n", "accounts");
        return;
    }
    buf_init(&notes, &k->c->arena, NOTES_MAX);
    enum rc rc = store_open_accounts(k->c->conf.accounts, &accounts, &err);
    if (rc == RC_OK)
        rc = store_section_all(k->st, &k->c->site, &k->c->arena, &sections, &err);
    if (rc == RC_OK)
        rc = check_accounts(accounts, &sections, &notes, &err);
    store_close(accounts);
    say(k, "accounts", rc, &err);
    printf("%.*s", STR_ARG(buf_str(&notes)));
}

static void
check_data(struct checking *k)
{
    struct err err;
    enum rc rc = cli_open_store(k->c, STORE_WRITE, &k->st, &err);
    say(k, "open", rc, &err);
    if (rc != RC_OK)
        return;
    say(k, "database", store_check(k->st, &err), &err);
    say(k, "history", check_history(k, &err), &err);
    say(k, "desk", fill_desk(k, &err), &err);
    say_found(k, "photos", check_photos(k, &err), &err);
    say_found(k, "sets", check_sets(k, &err), &err);
    check_people(k);
    store_close(k->st);
}

static int
run(struct cli *c)
{
    struct checking k = {.c = c};
    struct err err;
    const char *templates = cli_value(c, "templates");
    const char *folder = templates != NULL ? templates : c->conf.templates_dir;
    progress_init(&k.progress);
    buf_init(&k.others, &c->arena, NOTES_MAX);
    say(&k, "settings", RC_OK, NULL);
    say(&k, "templates", check_templates(c, folder, &err), &err);
    if (templates == NULL) {
        check_sandbox(&k);
        check_data(&k);
    }
    return k.n_failed == 0 ? EXIT_DONE : EXIT_FAILED;
}

static const struct cli_option options[] = {
    {"templates", "DIR", "only look at the templates and language files in DIR"},
    {NULL, NULL, NULL},
};

const struct command command_check = {
    .name = "check",
    .args = "",
    .summary = "check settings, templates, database, history, photos and their files, "
               "accounts and sandbox",
    .help =
        "Brings an older database up to date, mends the newsroom's list where an older\n"
        "program wrote meanwhile, and makes the -wal and -shm files that\n"
        "readers need. Reads every photo, the files made of it and every revision, so\n"
        "it takes its time.\n",
    .options = options,
    .run = run,
};
