/* news/library.c - looking for photos in the library.
 *
 * A page is a walk along one index in the order of the list: the one by which the filter
 * leaves least; the rest of the filter is asked of every line. */
#include "news/library.h"

#include "store/library.h"

enum { BATCH = 64 };

struct list {
    const struct desk *d;
    const struct library_filter *f;
    struct arena *a;
    struct library_walk w;
    struct library_line *lines; /* the batch at hand */
    int n, i, n_seen;
    bool is_over; /* there is no other batch */
};

static enum rc
may_see(const struct desk *d, struct err *err)
{
    const struct person *p = d->actor->person;
    if (p == NULL || right_is_possible(p, RIGHT_PHOTO_VIEW))
        return RC_OK;
    return err_set(err, RC_DENIED, "%.*s may not see the photo library",
                   STR_ARG(d->actor->name));
}

/* ---- what is wanted ---- */

/* "2026-03" is of every day of that month. */
static bool
is_taken_within(const struct library_line *l, const struct library_filter *f)
{
    struct str day = str_sub(l->taken_at, 0, STR("2026-03-31").n);
    if (f->from.n + f->until.n == 0)
        return true;
    return day.n > 0 && str_cmp(day, str_sub(f->from, 0, day.n)) >= 0 &&
           (f->until.n == 0 || str_cmp(day, str_sub(f->until, 0, day.n)) <= 0);
}

static bool
is_in_state(const struct library_line *l, enum library_state state, int64_t now)
{
    bool is_withdrawn = l->withdrawn_at != TIME_NONE;
    switch (state) {
    case LIBRARY_TO_CONFIRM:
        return l->confirmed_at == TIME_NONE;
    case LIBRARY_WITHOUT_CREDIT:
        return l->credit.n == 0;
    case LIBRARY_UNUSED:
        return !l->is_used;
    case LIBRARY_ENDING:
        return l->expires_at > now && l->expires_at < VISIBLE_NEVER && !is_withdrawn;
    case LIBRARY_ENDED:
        return l->expires_at <= now;
    case LIBRARY_WITHDRAWN:
        return is_withdrawn;
    default:
        return true;
    }
}

/* ---- the walk ---- */

static enum library_way
choose_way(const struct list *l)
{
    static const enum library_way of_state[LIBRARY__MAX] = {
        [LIBRARY_TO_CONFIRM] = LIBRARY_WAY_TO_CONFIRM,
        [LIBRARY_WITHOUT_CREDIT] = LIBRARY_WAY_WITHOUT_CREDIT,
        [LIBRARY_UNUSED] = LIBRARY_WAY_ALL,
        [LIBRARY_ENDING] = LIBRARY_WAY_ENDING,
        [LIBRARY_ENDED] = LIBRARY_WAY_ENDED,
        [LIBRARY_WITHDRAWN] = LIBRARY_WAY_WITHDRAWN,
    };
    const struct library_filter *f = l->f;
    if (l->w.match.n > 0)
        return LIBRARY_WAY_WORDS;
    if (f->from.n + f->until.n > 0)
        return LIBRARY_WAY_TAKEN;
    return of_state[f->state];
}

/* The whole list lies behind it; "~" sorts behind every date and time of day. */
static struct library_line
start_of(const struct list *l)
{
    bool is_ended = l->w.way == LIBRARY_WAY_ENDED;
    int64_t end = is_ended || l->w.way == LIBRARY_WAY_ENDING ? l->d->now : 0;
    return (struct library_line){
        .id = INT64_MAX,
        .taken_at =
            l->f->until.n > 0 ? str_fmt(l->a, "%.*s~", STR_ARG(l->f->until)) : STR("~"),
        .expires_at = end,
        .withdrawn_at = INT64_MAX};
}

static enum rc
open_list(struct list *l, struct err *err)
{
    l->w.match = library_match(l->a, l->f);
    l->w.way = choose_way(l);
    l->w.since = str_sub(l->f->from, 0, 4); /* a photo may know no more than its year */
    l->w.from = start_of(l);
    l->w.limit = BATCH;
    l->lines = arena_array(l->a, struct library_line, BATCH);
    if (l->f->after == 0)
        return RC_OK;
    enum rc rc = store_library_line(l->d->st, l->f->after, l->a, &l->w.from, err);
    return rc == RC_NOT_FOUND ? err_field(err, "after", "not a place in the library")
                              : rc;
}

/* The next line; NULL when there is none. */
static enum rc
next(struct list *l, const struct library_line **out, struct err *err)
{
    if (l->i == l->n && !l->is_over) {
        TRY(store_library_walk(l->d->st, &l->w, l->a, l->lines, &l->n, err));
        l->i = 0;
        l->is_over = l->n < BATCH;
        if (l->n > 0)
            l->w.from = l->lines[l->n - 1];
    }
    *out = l->i < l->n ? &l->lines[l->i++] : NULL;
    return RC_OK;
}

/* Up to limit lines, and whether there is one more behind them. */
static enum rc
collect(struct list *l, int limit, struct library_page *out, struct err *err)
{
    const struct library_line *line;
    int64_t seen = l->f->after;
    out->all = arena_array(l->a, struct library_line, limit);
    for (;; seen = line->id) {
        out->is_cut = l->n_seen++ == LIBRARY_LOOKS;
        if (out->is_cut)
            break;
        TRY(next(l, &line, err));
        if (line == NULL)
            return RC_OK;
        if (!is_in_state(line, l->f->state, l->d->now) || !is_taken_within(line, l->f))
            continue;
        if (out->n == limit)
            break;
        out->all[out->n++] = *line;
    }
    out->has_more = true;
    out->after = seen;
    return RC_OK;
}

enum rc
news_library_list(const struct desk *d, const struct library_filter *f, int limit,
                  struct arena *a, struct library_page *out, struct err *err)
{
    struct list l = {.d = d, .f = f, .a = a};
    *out = (struct library_page){0};
    TRY(may_see(d, err));
    TRY(store_read_begin(d->st, err));
    enum rc rc = open_list(&l, err);
    if (rc == RC_OK)
        rc = collect(&l, limit, out, err);
    store_read_end(d->st);
    return rc;
}

enum rc
news_library_line(const struct desk *d, int64_t id, struct arena *a,
                  struct library_line *out, struct err *err)
{
    TRY(may_see(d, err));
    return store_library_line(d->st, id, a, out, err);
}

enum rc
news_library_leaving(const struct desk *d, int64_t within_s, int limit, struct arena *a,
                     struct library_leaving *out, int *n, struct err *err)
{
    TRY(may_see(d, err));
    return store_library_leaving(d->st, d->now, d->now + within_s, limit, a, out, n, err);
}
