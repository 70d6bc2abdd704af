/* news/list.c - the newsroom's list.
 *
 * A page is merged from streams, each a walk along one index in the order of the list;
 * the index is the one by which the filter leaves least, and the rest of the filter is
 * asked of every line. Looking ends after DESK_LIST_LOOKS lines, so a page costs the same
 * whatever the archive holds and however little of it is wanted. */
#include "model/person.h"
#include "news/desk_in.h"
#include "store/desk.h"

enum { BATCH = 64 };
/* Later than every change: the words' places are multiplied by 2^29. */
#define WORDS_END (INT64_C(1) << 33)

struct stream {
    struct desk_walk w;
    struct desk_line *lines; /* the batch at hand */
    int n, i;
    bool is_over; /* there is no other batch */
};

struct list {
    const struct desk *d;
    const struct desk_filter *f;
    struct arena *a;
    enum desk_way way;
    struct stream streams[SITE_LANGS_MAX * DESK__MAX];
    int n_streams;
    bool is_up;
    int n_seen;
};

/* ---- what is wanted ---- */

/* Whoever may not see this state of others' items sees only their own there. */
bool
room_may_see(const struct desk *d, const struct desk_line *l)
{
    const struct person *p = d->actor->person;
    struct right_facts facts = {.is_own = l->author_id == d->actor->person_id,
                                .section_id = l->section_id,
                                .state = l->state == DESK_APPROVED ? STATE_APPROVED
                                         : l->state == DESK_REVIEW ? STATE_REVIEW
                                                                   : STATE_DRAFT};
    return p == NULL || right_allows(p, RIGHT_ITEM_VIEW, &facts);
}

static bool
wants(const struct desk_filter *f, struct str lang, int state)
{
    return (f->lang.n == 0 || str_eq(f->lang, lang)) &&
           (f->state >= 0 ? f->state == state : state != DESK_DISCARDED);
}

static bool
is_withdrawn(const struct desk_line *l, int64_t now)
{
    return l->withdrawn_at != TIME_NONE && l->withdrawn_at <= now;
}

static bool
is_scheduled(const struct desk_line *l, int64_t now)
{
    return l->published_at != TIME_NONE && l->visible_from > now &&
           l->visible_until > l->visible_from;
}

static bool
is_shown(const struct list *l, const struct desk_line *line)
{
    const struct desk_filter *f = l->f;
    int64_t now = l->d->now;
    if (!wants(f, line->lang, (int)line->state) ||
        (f->section_id != 0 && f->section_id != line->section_id) ||
        (f->author_id != 0 && f->author_id != line->author_id))
        return false;
    if (f->has_dates && (line->published_at == TIME_NONE ||
                         line->published_at < f->from || line->published_at >= f->until))
        return false;
    if ((f->out == DESK_OUT_SCHEDULED && !is_scheduled(line, now)) ||
        (f->out == DESK_OUT_WITHDRAWN && !is_withdrawn(line, now)) ||
        (f->out == DESK_OUT_STALE && line->stale_since == TIME_NONE))
        return false;
    return room_may_see(l->d, line);
}

/* ---- streams ---- */

/* Few titles hold a word; few items are to come, withdrawn or stale; an author has fewer
 * items than most spans of time, and these have fewer than a section. */
static enum desk_way
choose_way(const struct desk_filter *f)
{
    return f->words.n > 0 || f->tag.n > 0       ? DESK_WAY_WORDS
           : f->out == DESK_OUT_SCHEDULED       ? DESK_WAY_GOES_OUT
           : f->out == DESK_OUT_WITHDRAWN       ? DESK_WAY_WITHDRAWN
           : f->out == DESK_OUT_STALE           ? DESK_WAY_STALE
           : f->has_dates && f->section_id != 0 ? DESK_WAY_SECTION_TIME
           : f->has_dates                       ? DESK_WAY_TIME
           : f->author_id != 0                  ? DESK_WAY_AUTHOR
           : f->section_id != 0                 ? DESK_WAY_SECTION
                                                : DESK_WAY_LANG;
}

static bool
is_by_time(enum desk_way way)
{
    return way == DESK_WAY_TIME || way == DESK_WAY_SECTION_TIME;
}

/* The whole list lies behind it. */
static struct cursor
start_of(const struct list *l)
{
    if (l->f->turn != DESK_FIRST)
        return l->f->place;
    return l->way == DESK_WAY_GOES_OUT    ? (struct cursor){l->d->now, INT64_MAX}
           : l->way == DESK_WAY_WITHDRAWN ? (struct cursor){l->d->now, INT64_MAX}
           : l->way == DESK_WAY_WORDS     ? (struct cursor){WORDS_END, 0}
           : is_by_time(l->way)           ? (struct cursor){l->f->until, 0}
                                          : (struct cursor){INT64_MAX, 0};
}

static void
add_stream(struct list *l, struct str lang, int state)
{
    const struct desk_filter *f = l->f;
    l->streams[l->n_streams++].w =
        (struct desk_walk){.way = l->way,
                           .section_id = f->section_id,
                           .author_id = f->author_id,
                           .lang = lang,
                           .words = f->words,
                           .tag = f->tag,
                           .state = (enum desk_state)state,
                           .is_up = l->is_up,
                           .from = start_of(l),
                           .bound = l->is_up ? f->until : f->from,
                           .limit = BATCH};
}

/* One for every language and state, for every language, or for all. */
static void
open_streams(struct list *l)
{
    const struct site *site = l->d->site;
    bool by_state = l->way == DESK_WAY_LANG || l->way == DESK_WAY_SECTION ||
                    l->way == DESK_WAY_AUTHOR;
    if (!by_state && !is_by_time(l->way)) {
        add_stream(l, STR(""), 0);
        return;
    }
    for (int i = 0; i < site->n_langs; i++)
        for (int state = 0; state < (by_state ? DESK__MAX : 1); state++)
            if (by_state ? wants(l->f, site->langs[i].code, state)
                         : l->f->lang.n == 0 || str_eq(l->f->lang, site->langs[i].code))
                add_stream(l, site->langs[i].code, state);
}

/* What goes out soonest stands first, otherwise what is latest. */
static void
open_list(struct list *l, const struct desk *d, const struct desk_filter *f,
          struct arena *a)
{
    *l = (struct list){.d = d, .f = f, .a = a, .way = choose_way(f)};
    l->is_up = (l->way == DESK_WAY_GOES_OUT) != (f->turn == DESK_BACK);
    open_streams(l);
}

/* Has the next batch at hand when the last one is used up. */
static enum rc
refill(struct list *l, struct stream *s, struct err *err)
{
    if (s->i < s->n || s->is_over)
        return RC_OK;
    s->lines = arena_array(l->a, struct desk_line, BATCH);
    s->i = 0;
    TRY(store_desk_walk(l->d->st, &s->w, l->a, s->lines, &s->n, err));
    s->is_over = s->n < BATCH;
    if (s->n > 0)
        s->w.from = s->lines[s->n - 1].at;
    return RC_OK;
}

static bool
is_later(const struct desk_line *a, const struct desk_line *b)
{
    if (a->at.published_at != b->at.published_at)
        return a->at.published_at > b->at.published_at;
    return a->at.tie > b->at.tie;
}

/* The next line of all streams; NULL when there is none. */
static enum rc
next(struct list *l, const struct desk_line **out, struct err *err)
{
    struct stream *best = NULL;
    for (int i = 0; i < l->n_streams; i++) {
        struct stream *s = &l->streams[i];
        TRY(refill(l, s, err));
        if (s->i < s->n && (best == NULL ||
                            is_later(&s->lines[s->i], &best->lines[best->i]) != l->is_up))
            best = s;
    }
    *out = best != NULL ? &best->lines[best->i++] : NULL;
    /* Back from what is to come: what has come is no part of the list. */
    if (*out != NULL && l->way == DESK_WAY_GOES_OUT && (*out)->visible_from <= l->d->now)
        *out = NULL;
    return RC_OK;
}

/* Up to limit lines that are wanted.
 *   last  the last one that was looked at, wanted or not */
static enum rc
collect(struct list *l, int limit, struct desk_page *out, struct cursor *last,
        struct err *err)
{
    const struct desk_line *line = NULL;
    out->all = arena_array(l->a, struct desk_line, limit);
    while (out->n < limit) {
        out->is_cut = l->n_seen == DESK_LIST_LOOKS;
        if (out->is_cut)
            return RC_OK;
        TRY(next(l, &line, err));
        if (line == NULL)
            return RC_OK;
        l->n_seen++;
        *last = line->at;
        if (is_shown(l, line))
            out->all[out->n++] = *line;
    }
    return RC_OK;
}

/* ---- pages ---- */

static enum rc
read_on(const struct desk *d, const struct desk_filter *f, int limit, struct arena *a,
        struct desk_page *out, struct err *err)
{
    struct list l;
    struct cursor last = f->place;
    *out = (struct desk_page){0};
    open_list(&l, d, f, a);
    TRY(collect(&l, limit + 1, out, &last, err));
    bool is_full = out->n > limit;
    if (is_full)
        last = out->all[--out->n - 1].at;
    out->has_on = is_full || out->is_cut;
    out->on = last;
    out->has_back = f->turn == DESK_ON;
    out->back = out->n > 0 ? out->all[0].at : f->place;
    return RC_OK;
}

static void
reverse(struct desk_page *p)
{
    for (int i = 0; i < p->n / 2; i++) {
        struct desk_line swap = p->all[i];
        p->all[i] = p->all[p->n - 1 - i];
        p->all[p->n - 1 - i] = swap;
    }
}

/* What lies before a place and fits on one page is the first page, from its beginning. */
static enum rc
read_back(const struct desk *d, const struct desk_filter *f, int limit, struct arena *a,
          struct desk_page *out, struct err *err)
{
    struct list l;
    struct desk_filter first = *f;
    struct cursor last = f->place;
    *out = (struct desk_page){0};
    open_list(&l, d, f, a);
    TRY(collect(&l, limit + 1, out, &last, err));
    first.turn = DESK_FIRST;
    if (out->n <= limit && !out->is_cut)
        return read_on(d, &first, limit, a, out, err);
    if (out->n > limit)
        last = out->all[--out->n - 1].at;
    reverse(out);
    out->has_on = out->has_back = true;
    out->back = last;
    out->on = out->n > 0 ? out->all[out->n - 1].at : f->place;
    return RC_OK;
}

enum rc
news_desk_list(const struct desk *d, const struct desk_filter *f, int limit,
               struct arena *a, struct desk_page *out, struct err *err)
{
    TRY(store_read_begin(d->st, err));
    enum rc rc = f->turn == DESK_BACK ? read_back(d, f, limit, a, out, err)
                                      : read_on(d, f, limit, a, out, err);
    for (int i = 0; rc == RC_OK && i < out->n; i++)
        rc = store_revision_number(d->st, out->all[i].item_id, &out->all[i].version, err);
    store_read_end(d->st);
    return rc;
}
