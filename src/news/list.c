/* news/list.c - the newsroom's list.
 *
 * A page is merged from streams, each a walk along an index in the order of the list;
 * what no index knows is asked of every line. Looking ends after SCAN_MAX lines, so a
 * page costs the same whatever the archive holds and however little of it is wanted. */
#include "model/person.h"
#include "news/desk.h"
#include "store/desk.h"

enum { SCAN_MAX = 2000, BATCH = 64 };

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
    struct stream streams[SITE_LANGS_MAX * DESK__MAX];
    int n_streams;
    bool is_up;
    int n_seen;
};

/* Whoever may not see this state of others' items sees only their own there. */
static bool
may_see(const struct desk *d, const struct desk_line *l)
{
    const struct person *p = d->actor->person;
    struct right_facts facts = {.is_own = l->author_id == d->actor->person_id,
                                .section_id = l->section_id,
                                .state = l->state == DESK_APPROVED ? STATE_APPROVED
                                         : l->state == DESK_REVIEW ? STATE_REVIEW
                                                                   : STATE_DRAFT};
    return p == NULL || right_allows(p, RIGHT_ITEM_VIEW, &facts);
}

/* ---- streams ---- */

static bool
wants(const struct desk_filter *f, struct str lang, int state)
{
    return (f->lang.n == 0 || str_eq(f->lang, lang)) &&
           (f->state >= 0 ? f->state == state : state != DESK_DISCARDED);
}

static struct cursor
start_of(const struct list *l)
{
    if (l->is_up)
        return l->f->after;
    return l->f->has_before ? l->f->before : (struct cursor){INT64_MAX, 0};
}

static void
open_streams(struct list *l)
{
    const struct site *site = l->d->site;
    for (int i = 0; i < site->n_langs; i++)
        for (int state = 0; state < DESK__MAX; state++)
            if (wants(l->f, site->langs[i].code, state))
                l->streams[l->n_streams++].w =
                    (struct desk_walk){.section_id = l->f->section_id,
                                       .author_id = l->f->author_id,
                                       .lang = site->langs[i].code,
                                       .state = (enum desk_state)state,
                                       .is_up = l->is_up,
                                       .from = start_of(l),
                                       .limit = BATCH};
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

/* Does a come before b in the list's order, newest first? */
static bool
is_newer(const struct desk_line *a, const struct desk_line *b)
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
                            is_newer(&s->lines[s->i], &best->lines[best->i]) != l->is_up))
            best = s;
    }
    *out = best != NULL ? &best->lines[best->i++] : NULL;
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
        out->is_cut = l->n_seen == SCAN_MAX;
        if (out->is_cut)
            return RC_OK;
        TRY(next(l, &line, err));
        if (line == NULL)
            return RC_OK;
        l->n_seen++;
        *last = line->at;
        if (may_see(l->d, line))
            out->all[out->n++] = *line;
    }
    return RC_OK;
}

/* ---- pages ---- */

static enum rc
read_down(const struct desk *d, const struct desk_filter *f, int limit, struct arena *a,
          struct desk_page *out, struct err *err)
{
    struct list l = {.d = d, .f = f, .a = a};
    struct cursor last = {0, 0};
    *out = (struct desk_page){0};
    open_streams(&l);
    TRY(collect(&l, limit + 1, out, &last, err));
    bool is_full = out->n > limit;
    if (is_full)
        last = out->all[--out->n - 1].at;
    out->has_older = is_full || out->is_cut;
    out->older = last;
    out->has_newer = f->has_before;
    out->newer = out->n > 0 ? out->all[0].at : f->before;
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

/* What is newer and fits on one page is the first page, from its top. */
static enum rc
read_up(const struct desk *d, const struct desk_filter *f, int limit, struct arena *a,
        struct desk_page *out, struct err *err)
{
    struct list l = {.d = d, .f = f, .a = a, .is_up = true};
    struct desk_filter first = *f;
    struct cursor last = {0, 0};
    *out = (struct desk_page){0};
    open_streams(&l);
    TRY(collect(&l, limit + 1, out, &last, err));
    first.has_after = false;
    if (out->n <= limit && !out->is_cut)
        return read_down(d, &first, limit, a, out, err);
    if (out->n > limit)
        last = out->all[--out->n - 1].at;
    reverse(out);
    out->has_newer = out->has_older = true;
    out->newer = last;
    out->older = out->n > 0 ? out->all[out->n - 1].at : f->after;
    return RC_OK;
}

enum rc
news_desk_list(const struct desk *d, const struct desk_filter *f, int limit,
               struct arena *a, struct desk_page *out, struct err *err)
{
    if (f->section_id != 0 && f->author_id != 0)
        return err_field(err, "author", "choose either a section or an author");
    TRY(store_read_begin(d->st, err));
    enum rc rc = f->has_after ? read_up(d, f, limit, a, out, err)
                              : read_down(d, f, limit, a, out, err);
    store_read_end(d->st);
    return rc;
}
