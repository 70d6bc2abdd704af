/* cli/desk.c - the newsroom by command: adding, steps, history. */
#include "cli/desk.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "news/correction.h"
#include "news/desk.h"
#include "news/exchange.h"
#include "store/section.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/time.h"

enum { BATCH = 100 };

static void
open_desk(struct cli *c, struct store *st, struct actor *who, struct desk *d)
{
    *who = cli_actor(c);
    *d = (struct desk){st, &c->site, who, time_now()};
}

/* ---- steps ---- */

static void
print_shortcomings(enum rc rc, const struct shortcomings *shorts)
{
    for (int i = 0; rc == RC_INVALID && i < shorts->n; i++) {
        fprintf(stderr, "byline: %s: %s", shortcoming_name(shorts->all[i].kind),
                shortcoming_text(shorts->all[i].kind));
        if (shorts->all[i].photo > 0)
            fprintf(stderr, " (photo %d)", shorts->all[i].photo);
        fputc('\n', stderr);
    }
}

static enum rc
take_step(struct cli *c, const struct desk *d, struct str name, enum desk_step step,
          struct err *err)
{
    struct shortcomings shorts;
    struct desk_order o = {
        .name = name, .step = step, .reason = str_of(cli_value(c, "reason"))};
    o.at = TIME_NONE;
    if (cli_value(c, "at") != NULL)
        TRY(cli_time(c, d->now, &o.at, err));
    enum rc rc = news_desk_step(d, &o, &shorts, err);
    print_shortcomings(rc, &shorts);
    return rc;
}

enum rc
cli_item_step(struct cli *c, struct store *st, struct err *err)
{
    struct actor who;
    struct desk d;
    open_desk(c, st, &who, &d);
    return take_step(c, &d, str_of(c->args[1]),
                     (enum desk_step)desk_step_read(str_of(c->args[0])), err);
}

/* ---- adding ---- */

/* Standard input, which may be a socket that has no path. */
static enum rc
read_input(struct arena *a, struct str *out, struct err *err)
{
    struct buf b;
    buf_init(&b, a, EXCHANGE_LINE_MAX);
    for (char *to; (to = buf_space(&b, 65536)) != NULL;) {
        ssize_t n = read(STDIN_FILENO, to, 65536);
        if (n < 0)
            return err_set(err, RC_FAILED, "standard input: %s", strerrordesc_np(errno));
        if (n == 0)
            break;
        buf_filled(&b, (size_t)n);
    }
    *out = buf_str(&b);
    return buf_ok(&b) ? RC_OK
                      : err_set(err, RC_LIMIT, "over %d bytes", EXCHANGE_LINE_MAX);
}

static enum rc
read_file(struct cli *c, struct str *out, struct err *err)
{
    TRY(strcmp(c->args[1], "-") == 0
            ? read_input(&c->arena, out, err)
            : file_read(&c->arena, c->args[1], EXCHANGE_LINE_MAX, out, err));
    *out = str_trim(*out);
    return RC_OK;
}

static enum rc
add(struct cli *c, struct store *st, struct err *err)
{
    struct actor who;
    struct desk d;
    struct str text;
    struct exchange x;
    struct desk_saved saved;
    struct merge unused;
    struct shortcomings shorts = {.n = 0};
    struct desk_order then = {.at = TIME_NONE};
    open_desk(c, st, &who, &d);
    TRY(read_file(c, &text, err));
    TRY(news_desk_parse(&d, text, NULL, &c->arena, &x, err));
    struct desk_save s = {.item = &x.item,
                          .is_minor = cli_value(c, "minor") != NULL,
                          .then = news_desk_then(&x, &then.step) ? &then : NULL,
                          .shortcomings = &shorts};
    enum rc rc = news_desk_save(&d, &s, &c->arena, &saved, &unused, err);
    if (rc == RC_OK)
        printf("%.*s\n", STR_ARG(saved.public_id));
    else
        print_shortcomings(rc, &shorts);
    return rc;
}

/* The key that is wrong stands before what is wrong with it. */
enum rc
cli_item_add(struct cli *c, struct store *st, struct err *err)
{
    enum rc rc = add(c, st, err);
    if (rc != RC_INVALID || err->field[0] == '\0')
        return rc;
    struct err why = *err;
    return err_set(err, rc, "%s: %s", why.field, why.text);
}

/* ---- history ---- */

static void
print_past(struct cli *c, const struct desk_past *past)
{
    const struct revision *r = &past->revision;
    printf("%4lld  %.*s  %-9s  %s  %.*s%s%.*s\n", (long long)r->number,
           STR_ARG(time_write(&c->arena, r->saved_at, false)),
           r->is_sent_back ? desk_state_word(DESK_SENT_BACK) : item_state_word(r->state),
           r->is_text ? "text" : "step", STR_ARG(r->saved_by),
           past->why.n > 0 ? ": " : "", STR_ARG(past->why));
}

enum rc
cli_item_history(struct cli *c, struct store *st, struct err *err)
{
    struct actor who;
    struct desk d;
    struct desk_past past[BATCH];
    int64_t before = INT64_MAX;
    int n = BATCH;
    open_desk(c, st, &who, &d);
    while (n == BATCH) {
        TRY(news_desk_history(&d, str_of(c->args[1]), before, BATCH, &c->arena, past, &n,
                              err));
        for (int i = 0; i < n; i++)
            print_past(c, &past[i]);
        before = n > 0 ? past[n - 1].revision.number : 0;
    }
    return RC_OK;
}

static enum rc
read_number(const char *word, int64_t *out, struct err *err)
{
    if (!str_to_int(str_of(word), 1, INT64_MAX, out))
        return err_set(err, RC_INVALID, "\"%s\" is no number of a revision", word);
    return RC_OK;
}

/* Words that went stand as [-…-], words that came as {+…+}. */
static void
print_diff(const struct diff *diff)
{
    static const char *const open[] = {"", "[-", "{+"}, *const shut[] = {"", "-]", "+}"};
    for (int i = 0; i < diff->n; i++)
        printf("%s%.*s%s", open[diff->all[i].kind], STR_ARG(diff->all[i].text),
               shut[diff->all[i].kind]);
    putchar('\n');
}

enum rc
cli_item_diff(struct cli *c, struct store *st, struct err *err)
{
    struct actor who;
    struct desk d;
    struct desk_diff diff;
    int64_t old = 0, new = 0;
    open_desk(c, st, &who, &d);
    TRY(read_number(c->args[2], &old, err));
    TRY(read_number(c->args[3], &new, err));
    TRY(news_desk_diff(&d, str_of(c->args[1]), old, new, &c->arena, &diff, err));
    for (int i = 0; i < diff.n; i++) {
        printf("%s: ", diff.fields[i].name);
        print_diff(&diff.fields[i].diff);
    }
    return RC_OK;
}

enum rc
cli_item_correct(struct cli *c, struct store *st, struct err *err)
{
    struct actor who;
    struct desk d;
    open_desk(c, st, &who, &d);
    return news_correction_add(&d, str_of(c->args[1]), str_of(c->args[2]), err);
}

enum rc
cli_item_restore(struct cli *c, struct store *st, struct err *err)
{
    struct actor who;
    struct desk d;
    struct desk_item now;
    int64_t number = 0;
    struct str name = str_of(c->args[1]);
    open_desk(c, st, &who, &d);
    TRY(read_number(c->args[2], &number, err));
    TRY(news_desk_read(&d, name, &c->arena, &now, err));
    return news_desk_restore(&d, name, number, now.version, err);
}
