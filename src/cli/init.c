/* cli/init.c - `byline init`: a new database, empty or with demo content. */
#include <stdio.h>

#include <jansson.h>

#include "cli/commands.h"
#include "cli/import.h"
#include "cli/people.h"
#include "media/receive.h"
#include "news/section.h"

#include "base/file.h"
#include "base/time.h"

/* The web server's user passes through the database's folder to the photos below it. */
enum { SECTIONS_FILE_MAX = 256 * 1024, DATA_MODE = 0751, MEDIA_MODE = 0755 };

static struct str
member(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    return (struct str){json_string_value(v), json_string_length(v)};
}

static enum rc
add_section(struct cli *c, struct store *st, const json_t *o, struct err *err)
{
    struct actor who = cli_actor(c);
    struct desk d = {st, &c->site, &who, time_now()};
    struct section s = {.slug = member(o, "slug")};
    for (int i = 0; i < c->site.n_langs; i++)
        s.names[i] = member(json_object_get(o, "names"), c->conf.languages.code[i]);
    if (s.names[0].n == 0) /* a site without the demo's languages */
        s.names[0] = member(json_object_get(o, "names"), "en");
    return news_section_add(&d, &s, member(o, "parent"), err);
}

/* The demo's sections: a list of {slug, parent, names}, parents first. */
static enum rc
add_sections(struct cli *c, struct store *st, const char *path, struct err *err)
{
    struct str text;
    json_error_t why;
    TRY(file_read(&c->arena, path, SECTIONS_FILE_MAX, &text, err));
    json_t *list = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why);
    if (list == NULL)
        return err_set(err, RC_INVALID, "%s:%d: %s", path, why.line, why.text);
    enum rc rc = RC_OK;
    for (size_t i = 0; rc == RC_OK && i < json_array_size(list); i++)
        rc = add_section(c, st, json_array_get(list, i), err);
    json_decref(list);
    return rc;
}

static int
fill_demo(struct cli *c, struct store *st)
{
    struct err err;
    struct str dir = str_fmt(&c->arena, "%s/demo", c->conf.share_dir);
    const char *sections = file_join(&c->arena, dir, STR("sections.json"));
    struct import_request r = {.path = file_join(&c->arena, dir, STR("items.jsonl")),
                               .by = STR("init --demo")};
    enum rc rc = add_sections(c, st, sections, &err);
    if (rc == RC_OK)
        rc = cli_import_open(r.path, &r.fd, &err);
    return rc == RC_OK ? cli_import(c, st, &r) : cli_fail(&err);
}

static enum rc
make_folder_of(struct cli *c, const char *file, struct err *err)
{
    struct str path = str_of(file);
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return file_make_dir(str_z(&c->arena, str_sub(path, 0, at)), DATA_MODE, err);
}

static enum rc
make_folders(struct cli *c, struct err *err)
{
    TRY(make_folder_of(c, c->conf.database, err));
    TRY(make_folder_of(c, c->conf.accounts, err));
    TRY(file_make_dir(c->conf.media_dir, MEDIA_MODE, err));
    return file_make_dir(c->conf.originals_dir, MEDIA_ORIGINALS_MODE, err);
}

/* accounts.db, which may be there already; with its demo when it was not. */
static enum rc
make_accounts(struct cli *c, struct store *st, bool is_demo, struct err *err)
{
    if (file_exists(c->conf.accounts))
        return RC_OK;
    TRY(store_create_accounts(c->conf.accounts, err));
    return is_demo ? people_add_demo(c, st, err) : RC_OK;
}

static int
run(struct cli *c)
{
    struct store *st = NULL;
    struct err err;
    enum rc rc = cli_become_owner(c->conf.database, &err);
    if (rc == RC_OK)
        rc = make_folders(c, &err);
    if (rc == RC_OK)
        rc = store_create(c->conf.database, &err);
    if (rc == RC_OK)
        rc = store_open(c->conf.database, STORE_WRITE, &st, &err);
    if (rc != RC_OK)
        return cli_fail(&err);
    bool is_demo = cli_value(c, "demo") != NULL;
    int code = is_demo ? fill_demo(c, st) : EXIT_DONE;
    if (code == EXIT_DONE && make_accounts(c, st, is_demo, &err) != RC_OK)
        code = cli_fail(&err);
    store_close(st);
    if (code == EXIT_DONE)
        fprintf(stderr, "made %s\n", c->conf.database);
    return code;
}

static const struct cli_option options[] = {
    {"demo", NULL, "fill it with the news of an invented office, in English and Russian"},
    {NULL, NULL, NULL},
};

const struct command command_init = {
    .name = "init",
    .args = "",
    .summary = "make new databases and the folder for photos",
    .help =
        "Nothing that is there already is touched. The folders are those of the\n"
        "settings database, accounts, media_dir and originals_dir. With --demo, prints\n"
        "the logins and passwords of an editor and an administrator.\n",
    .options = options,
    .run = run,
};
