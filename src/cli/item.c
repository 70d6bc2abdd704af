/* cli/item.c - `byline item`: listing, showing, publishing. The newsroom: cli/desk.c. */
#include "news/item.h"

#include <stdio.h>

#include "cli/commands.h"
#include "cli/desk.h"
#include "cli/words.h"
#include "model/url.h"
#include "news/exchange.h"
#include "store/correction.h"
#include "store/item.h"
#include "store/section.h"

#include "base/time.h"

enum { LIST_DEFAULT = 20, LIST_BATCH = 100 };

static const char *
status_of(const struct item_line *line, int64_t now)
{
    if (line->visible_from == VISIBLE_NEVER)
        return "draft";
    if (line->item.withdrawn_at != TIME_NONE && line->item.withdrawn_at <= now)
        return "withdrawn";
    if (line->visible_from > now)
        return "scheduled";
    return line->visible_until <= now ? "ended" : "visible";
}

static void
print_line(const struct cli *c, const struct sections *sections,
           const struct item_line *line, struct arena *a)
{
    const struct item *it = &line->item;
    const struct section *s = sections_by_id(sections, it->section_id);
    struct str when = it->published_at != TIME_NONE
                          ? time_write(a, it->published_at, it->is_date_only)
                          : STR("-");
    (void)c;
    printf("%-22.*s %-9s %-25.*s %.*s  %-16.*s %.*s\n", STR_ARG(it->public_id),
           status_of(line, time_now()), STR_ARG(when), STR_ARG(it->lang),
           STR_ARG(s != NULL ? s->slug : STR("-")), STR_ARG(it->title));
}

static enum rc
list(struct cli *c, struct store *st, struct err *err)
{
    struct sections sections;
    struct item_lines lines = {.n = LIST_BATCH};
    const char *limit = cli_value(c, "limit");
    int64_t left = LIST_DEFAULT, before = INT64_MAX;
    if (limit != NULL && !str_to_int(str_of(limit), 1, INT64_MAX, &left))
        return err_field(err, "limit", "--limit must be a whole number from 1");
    TRY(store_section_all(st, &c->site, &c->arena, &sections, err));
    while (left > 0 && lines.n == LIST_BATCH) {
        struct arena a AT_END(arena_done);
        arena_init(&a);
        TRY(store_item_lines(st, before, LIST_BATCH, &a, &lines, err));
        for (int i = 0; i < lines.n && left > 0; i++, left--)
            print_line(c, &sections, &lines.all[i], &a);
        before = lines.n > 0 ? lines.all[lines.n - 1].item.id : 0;
    }
    return RC_OK;
}

static enum rc
show(struct cli *c, struct store *st, struct err *err)
{
    struct sections sections;
    struct item it;
    struct corrections corrections;
    int64_t id = 0;
    TRY(store_section_all(st, &c->site, &c->arena, &sections, err));
    TRY(news_item_find(st, &c->site, &sections, str_of(c->args[1]), &id, err));
    TRY(news_item_read(st, id, &c->arena, &it, err));
    TRY(store_correction_of_item(st, id, &c->arena, &corrections, err));
    const struct section *s = sections_by_id(&sections, it.section_id);
    int lang = site_lang_find(&c->site, it.lang);
    struct str section = s != NULL ? s->slug : STR("");
    if (lang >= 0)
        fprintf(stderr, "%.*s\n",
                STR_ARG(url_absolute(
                    &c->arena, &c->site,
                    url_article(&c->arena, &c->site, lang, section, it.slug))));
    printf("%.*s\n",
           STR_ARG(exchange_write_corrected(&it, section, &corrections, &c->arena)));
    return RC_OK;
}

static enum rc
prepare(struct cli *c, struct item_change *change, struct err *err)
{
    *change = (struct item_change){.site = &c->site,
                                   .name = str_of(c->args[1]),
                                   .reason = str_of(cli_value(c, "reason")),
                                   .by = c->user,
                                   .now = time_now()};
    return cli_time(c, change->now, &change->at, err);
}

static enum rc
publish(struct cli *c, struct store *st, struct err *err)
{
    struct item_change change;
    TRY(prepare(c, &change, err));
    return news_item_publish(st, &change, err);
}

static const struct cli_word words[] = {
    {"list", 0, list},
    {"show", 1, show},
    {"publish", 1, publish},
    {"add", 1, cli_item_add},
    {"submit", 1, cli_item_step},
    {"recall", 1, cli_item_step},
    {"send-back", 1, cli_item_step},
    {"approve", 1, cli_item_step},
    {"discard", 1, cli_item_step},
    {"undiscard", 1, cli_item_step},
    {"withdraw", 1, cli_item_step},
    {"reinstate", 1, cli_item_step},
    {"history", 1, cli_item_history},
    {"diff", 3, cli_item_diff},
    {"restore", 2, cli_item_restore},
    {"correct", 2, cli_item_correct},
    {NULL, 0, NULL},
};

static int
run(struct cli *c)
{
    return cli_run_word(c, words);
}

static const struct cli_option options[] = {
    {"limit", "N", "list: how many, the last made first (20)"},
    {"at", "TIME",
     "approve, publish, withdraw: when, as 2026-03-01T09:00:00+03:00 (now)"},
    {"reason", "TEXT", "withdraw (visitors see it), reinstate, send-back: why"},
    {"minor", NULL, "add: a small change, which does not set \"Updated\""},
    {NULL, NULL, NULL},
};

const struct command command_item = {
    .name = "item",
    .args =
        "list | show ITEM | add FILE | STEP ITEM | history ITEM | diff ITEM OLD NEW | "
        "restore ITEM N | correct ITEM TEXT",
    .summary = "list items, add one, take it through the newsroom, see its history",
    .help =
        "ITEM is an id, as `byline item list` shows it, or an address on the site,\n"
        "as /news/events/opening/. Adding saves a draft (FILE is\n"
        "one object of the exchange format, - for standard input); with \"state\" it is\n"
        "submitted or approved too.\n"
        "STEP is submit, recall, send-back, approve, discard, undiscard, withdraw or\n"
        "reinstate. publish approves the newest text without the checklist.\n"
        "OLD, NEW and N are numbers that `byline item history` shows.\n"
        "correct says on the item's page, and on /corrections/, what was wrong in it;\n"
        "it cannot be taken back.\n",
    .options = options,
    .min_args = 1,
    .max_args = 4,
    .run = run,
};
