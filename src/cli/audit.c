/* cli/audit.c - `byline audit`: who did what in the newsroom. */
#include "news/audit.h"

#include <stdio.h>

#include "cli/commands.h"

#include "base/file.h"
#include "base/time.h"

enum { BATCH = 100 };

static enum rc
read_filter(const struct cli *c, struct audit_filter *f, struct err *err)
{
    bool is_date;
    const char *item = cli_value(c, "item"), *account = cli_value(c, "account");
    const char *since = cli_value(c, "since"), *until = cli_value(c, "until");
    *f = (struct audit_filter){.person = str_of(cli_value(c, "person")),
                               .about = str_of(item != NULL ? item : account),
                               .action = str_of(cli_value(c, "action")),
                               .since = INT64_MIN,
                               .until = INT64_MAX};
    if (item != NULL && account != NULL)
        return err_set(err, RC_INVALID, "give --item or --account, not both");
    if (since != NULL)
        TRY(time_read(str_of(since), &f->since, &is_date, err));
    if (until != NULL)
        TRY(time_read(str_of(until), &f->until, &is_date, err));
    return RC_OK;
}

static void
print_entry(struct arena *a, const struct audit_line *l)
{
    struct str person = l->person.n > 0 ? l->person : STR("-");
    printf("%.*s  %-16.*s %-16.*s %-16.*s %-20.*s %.*s\n",
           STR_ARG(time_write(a, l->at, false)), STR_ARG(person), STR_ARG(l->origin),
           STR_ARG(l->action), STR_ARG(l->about), STR_ARG(l->detail));
}

static enum rc
print_all(struct store *news, struct store *accounts, struct audit_filter *f,
          struct err *err)
{
    bool has_more = true;
    while (has_more) {
        struct arena a AT_END(arena_done);
        struct audit_entries found;
        arena_init(&a);
        TRY(news_audit(news, accounts, f, BATCH, &a, &found, err));
        for (int i = 0; i < found.n; i++)
            print_entry(&a, &found.all[i].line);
        has_more = found.has_more;
        f->has_before = true;
        if (found.n > 0)
            f->before = news_audit_place(&found.all[found.n - 1]);
    }
    return RC_OK;
}

/* A site that nobody was ever added to has no accounts.db. */
static enum rc
open_accounts(const struct cli *c, struct store **out, struct err *err)
{
    if (!file_exists(c->conf.accounts))
        return RC_OK;
    return store_open_accounts(c->conf.accounts, out, err);
}

static int
run(struct cli *c)
{
    struct audit_filter f;
    struct store *news = NULL, *accounts = NULL;
    struct err err;
    enum rc rc = read_filter(c, &f, &err);
    if (rc == RC_OK)
        rc = cli_open_store(c, STORE_READ, &news, &err);
    if (rc == RC_OK)
        rc = open_accounts(c, &accounts, &err);
    if (rc == RC_OK)
        rc = print_all(news, accounts, &f, &err);
    store_close(accounts);
    store_close(news);
    return rc == RC_OK ? EXIT_DONE : cli_fail(&err);
}

static const struct cli_option options[] = {
    {"person", "NAME", "only what this person did"},
    {"item", "ID", "only what was done to this item"},
    {"account", "LOGIN", "only what was done to this account, or with it"},
    {"action", "WORDS", "only this, as publish or \"sign in\""},
    {"since", "TIME", "from then on, as 2026-03-01 or 2026-03-01T09:00:00+03:00"},
    {"until", "TIME", "before then"},
    {NULL, NULL, NULL},
};

const struct command command_audit = {
    .name = "audit",
    .args = "",
    .summary = "show who did what in the newsroom, newest first",
    .help =
        "Texts, sections and words of the interface, and accounts: signing in, people,\n"
        "passwords, second factors.\n",
    .options = options,
    .run = run,
};
