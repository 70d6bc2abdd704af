/* cli/serve.c - `byline serve`. */
#include "fcgi/serve.h"

#include "cli/commands.h"
#include "media/receive.h"

#include "base/file.h"

static enum rc
reload(void *ctx, struct conf **out, struct err *err)
{
    struct cli *c = ctx;
    struct conf *conf = arena_new(&c->arena, struct conf);
    TRY(cli_load_conf(c, &c->arena, conf, err));
    *out = conf;
    return RC_OK;
}

/* A site older than the photo library has no such folder. Without it the pages of
 * visitors are answered all the same, and an upload says what is wrong. */
static void
make_originals(const char *dir)
{
    struct err err;
    if (file_make_dir(dir, MEDIA_ORIGINALS_MODE, &err) != RC_OK)
        (void)cli_fail(&err);
}

static int
run(struct cli *c)
{
    struct fcgi_options o = {.conf = &c->conf,
                             .reload = reload,
                             .ctx = c,
                             .argv = c->argv,
                             .pid_file = cli_value(c, "pid-file")};
    struct err err;
    enum rc rc = RC_OK;
    if (!file_exists(c->conf.database))
        rc = err_set(&err, RC_NOT_FOUND,
                     "there is no database %s: make one with "
                     "`byline init`",
                     c->conf.database);
    if (rc == RC_OK)
        rc = cli_become_owner(c->conf.database, &err);
    if (rc == RC_OK && !file_exists(c->conf.accounts))
        rc = store_create_accounts(c->conf.accounts, &err); /* older than the newsroom */
    if (rc == RC_OK)
        make_originals(c->conf.originals_dir);
    if (rc == RC_OK)
        rc = fcgi_serve(&o, &err);
    return rc == RC_OK ? EXIT_DONE : cli_fail(&err);
}

static const struct cli_option options[] = {
    {"pid-file", "FILE", "write the process number there when everything is ready"},
    {NULL, NULL, NULL},
};

const struct command command_serve = {
    .name = "serve",
    .args = "",
    .summary = "answer requests over FastCGI until told to end",
    .help =
        "Signals: TERM finishes requests and ends; HUP reads settings and templates\n"
        "again; USR2 hands over to the binary now on disk without a failed request.\n"
        "Listens on the settings public_socket and staff_socket, or on sockets given\n"
        "by systemd (LISTEN_FDS) or as file descriptor 0 (spawn-fcgi: the public one).\n",
    .options = options,
    .run = run,
};
