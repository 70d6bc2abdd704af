/* news/library.c - looking for photos in the library.
 *
 * A page is a walk along one index in the order of the list. What is asked alone has an
 * index of its own; several things together are looked up among the words, where every
 * photo has its marks. Only whether rights have ended already is asked of every line. */
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

/* Behind all days without an end: no digit. What is no day at all stands behind it. */
#define NO_DAY STR(":")

/* "2026-03" is of every day of that month. */
static bool
is_taken_within(const struct library_line *l, const struct library_filter *f)
{
    struct str day = str_sub(l->taken_at, 0, STR("2026-03-31").n);
    struct str until = f->until.n > 0 ? f->until : NO_DAY;
    if (f->from.n + f->until.n == 0)
        return true;
    return day.n > 0 && str_cmp(day, str_sub(f->from, 0, day.n)) >= 0 &&
           str_cmp(day, str_sub(until, 0, day.n)) <= 0;
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
choose_way(const struct library_filter *f)
{
    static const enum library_way of_state[LIBRARY__MAX] = {
        [LIBRARY_TO_CONFIRM] = LIBRARY_WAY_TO_CONFIRM,
        [LIBRARY_WITHOUT_CREDIT] = LIBRARY_WAY_WITHOUT_CREDIT,
        [LIBRARY_UNUSED] = LIBRARY_WAY_UNUSED,
        [LIBRARY_ENDING] = LIBRARY_WAY_ENDING,
        [LIBRARY_ENDED] = LIBRARY_WAY_ENDED,
        [LIBRARY_WITHDRAWN] = LIBRARY_WAY_WITHDRAWN,
    };
    bool has_words = f->words.n + f->credit.n + f->creator.n + f->caption.n > 0;
    bool has_days = f->from.n + f->until.n > 0;
    if (has_words || (has_days && f->state != LIBRARY_ANY))
        return LIBRARY_WAY_WORDS;
    return has_days ? LIBRARY_WAY_TAKEN : of_state[f->state];
}

/* The whole list lies behind it; "~" sorts behind every date and time of day. */
static struct library_line
start_of(const struct list *l, struct str end)
{
    bool is_by_end = l->w.way == LIBRARY_WAY_ENDED || l->w.way == LIBRARY_WAY_ENDING;
    return (struct library_line){.id = INT64_MAX,
                                 .taken_at = end,
                                 .expires_at = is_by_end ? l->d->now : 0,
                                 .withdrawn_at = INT64_MAX};
}

static enum rc
open_list(struct list *l, struct err *err)
{
    const struct library_filter *f = l->f;
    struct str end = f->until.n > 0 ? str_fmt(l->a, "%.*s~", STR_ARG(f->until)) : NO_DAY;
    int64_t place = f->before != 0 ? f->before : f->after;
    l->w = (struct library_walk){.way = choose_way(f),
                                 .is_up = f->before != 0,
                                 .match = library_match(l->a, f),
                                 .limit = BATCH};
    l->w.from = start_of(l, end);
    /* A photo may know no more than its year. */
    l->w.bound = l->w.is_up ? end : str_sub(f->from, 0, 4);
    l->lines = arena_array(l->a, struct library_line, BATCH);
    if (place == 0)
        return RC_OK;
    enum rc rc = store_library_line(l->d->st, place, l->a, &l->w.from, err);
    return rc == RC_NOT_FOUND ? err_field(err, f->before != 0 ? "before" : "after",
                                          "not a place in the library")
                              : rc;
}

/* Back from what has an end behind what ended already, or the other way round. */
static bool
is_before_list(const struct list *l, const struct library_line *line)
{
    return l->w.is_up &&
           ((l->w.way == LIBRARY_WAY_ENDING && line->expires_at <= l->d->now) ||
            (l->w.way == LIBRARY_WAY_ENDED && line->expires_at > l->d->now));
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
    if (*out != NULL && is_before_list(l, *out))
        *out = NULL;
    return RC_OK;
}

/* Up to limit lines that are wanted.
 *   last  the last one that was looked at, wanted or not */
static enum rc
collect(struct list *l, int limit, struct library_page *out, int64_t *last,
        struct err *err)
{
    const struct library_line *line = NULL;
    out->all = arena_array(l->a, struct library_line, limit);
    while (out->n < limit) {
        out->is_cut = l->n_seen == LIBRARY_LOOKS;
        if (out->is_cut)
            return RC_OK;
        TRY(next(l, &line, err));
        if (line == NULL)
            return RC_OK;
        l->n_seen++;
        *last = line->id;
        if (is_in_state(line, l->f->state, l->d->now) && is_taken_within(line, l->f))
            out->all[out->n++] = *line;
    }
    return RC_OK;
}

/* ---- pages ---- */

static enum rc
read_on(const struct desk *d, const struct library_filter *f, int limit, struct arena *a,
        struct library_page *out, struct err *err)
{
    struct list l = {.d = d, .f = f, .a = a};
    int64_t last = f->after;
    *out = (struct library_page){0};
    TRY(open_list(&l, err));
    TRY(collect(&l, limit + 1, out, &last, err));
    bool is_full = out->n > limit;
    if (is_full)
        last = out->all[--out->n - 1].id;
    out->has_more = is_full || out->is_cut;
    out->after = last;
    out->has_back = f->after != 0;
    out->before = out->n > 0 ? out->all[0].id : f->after;
    return RC_OK;
}

static void
reverse(struct library_page *p)
{
    for (int i = 0; i < p->n / 2; i++) {
        struct library_line swap = p->all[i];
        p->all[i] = p->all[p->n - 1 - i];
        p->all[p->n - 1 - i] = swap;
    }
}

/* What lies before a place and fits on one page is the first page, from its beginning. */
static enum rc
read_back(const struct desk *d, const struct library_filter *f, int limit,
          struct arena *a, struct library_page *out, struct err *err)
{
    struct list l = {.d = d, .f = f, .a = a};
    struct library_filter first = *f;
    int64_t last = f->before;
    *out = (struct library_page){0};
    TRY(open_list(&l, err));
    TRY(collect(&l, limit + 1, out, &last, err));
    first.before = first.after = 0;
    if (out->n <= limit && !out->is_cut)
        return read_on(d, &first, limit, a, out, err);
    if (out->n > limit)
        last = out->all[--out->n - 1].id;
    reverse(out);
    out->has_more = out->has_back = true;
    out->before = last;
    out->after = out->n > 0 ? out->all[out->n - 1].id : f->before;
    return RC_OK;
}

enum rc
news_library_list(const struct desk *d, const struct library_filter *f, int limit,
                  struct arena *a, struct library_page *out, struct err *err)
{
    TRY(may_see(d, err));
    TRY(store_read_begin(d->st, err));
    enum rc rc = f->before != 0 ? read_back(d, f, limit, a, out, err)
                                : read_on(d, f, limit, a, out, err);
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
