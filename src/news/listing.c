/* news/listing.c - pages of listings, and the home page.
 *
 * A section's listing holds its children's items too. Each of them is walked along its
 * own index, a page at most, and the walks are merged here: the cost is one short walk
 * per child, whatever the depth in the archive. */
#include "news/page.h"

#include "base/time.h"

/* One part of a listing under way. */
struct part {
    struct news *n;
    int64_t ids[SECTIONS_MAX]; /* merged into one listing; 0 alone means all news */
    int n_ids;
    struct listing_query lq;
    int64_t from, to;
    int size;
};

typedef enum rc walk_fn(struct store *st, const struct listing_query *lq, struct arena *a,
                        struct cards *out, struct err *err);

/* s is NULL for all news. */
static void
set_sections(struct part *p, const struct section *s)
{
    const struct sections *all = &p->n->sections;
    p->n_ids = 1;
    p->ids[0] = s != NULL ? s->id : 0;
    for (int i = 0; s != NULL && i < all->n; i++)
        if (all->all[i].parent_id == s->id)
            p->ids[p->n_ids++] = all->all[i].id;
}

static int
order(const struct card *a, const struct card *b)
{
    if (a->published_at != b->published_at)
        return a->published_at < b->published_at ? -1 : 1;
    return (a->tie > b->tie) - (a->tie < b->tie);
}

/* Takes the first limit cards of several sorted lists; sign 1 ascending, -1 descending.
 */
static void
take_first(struct cards *lists, int n_lists, int sign, int limit, struct cards *out)
{
    while (out->n < limit) {
        struct cards *best = NULL;
        for (int i = 0; i < n_lists; i++)
            if (lists[i].n > 0 &&
                (best == NULL || sign * order(lists[i].all, best->all) < 0))
                best = &lists[i];
        if (best == NULL)
            return;
        out->all[out->n++] = *best->all++;
        best->n--;
    }
}

static enum rc
walk(const struct part *p, walk_fn *fn, struct arena *a, struct cards *out,
     struct err *err)
{
    struct listing_query lq = p->lq;
    struct cards *lists = arena_array(a, struct cards, p->n_ids);
    for (int i = 0; i < p->n_ids; i++) {
        lq.section_id = p->ids[i];
        TRY(fn(p->n->st, &lq, a, &lists[i], err));
    }
    *out = lists[0];
    if (p->n_ids == 1)
        return RC_OK;
    *out = (struct cards){.all = arena_array(a, struct card, lq.limit)};
    take_first(lists, p->n_ids, fn == store_listing_before ? -1 : 1, lq.limit, out);
    return RC_OK;
}

static struct cursor
cursor_of(const struct card *c)
{
    return (struct cursor){c->published_at, c->tie};
}

/* Everything up to an instant, whatever the tie. */
static struct cursor
cursor_up_to(int64_t t)
{
    return (struct cursor){t + 1, 0};
}

/* First and last second of the listing's time. */
static void
time_bounds(const struct listing_place *p, int64_t now, int64_t *from, int64_t *to)
{
    *from = INT64_MIN;
    *to = now;
    if (p->year == 0)
        return;
    int month = p->month != 0 ? p->month : 1;
    int next_year = p->year + (p->month == 0 || p->month == 12);
    int next_month = p->month == 0 || p->month == 12 ? 1 : p->month + 1;
    *from = time_office_midnight(p->year, month, 1);
    int64_t end = time_office_midnight(next_year, next_month, 1) - 1;
    *to = end < now ? end : now;
}

static void
reverse(struct cards *c)
{
    for (int i = 0; i < c->n / 2; i++) {
        struct card swap = c->all[i];
        c->all[i] = c->all[c->n - 1 - i];
        c->all[c->n - 1 - i] = swap;
    }
}

/* Is there anything newer than the first card, and is that all on the first page? */
static enum rc
look_newer(struct part *p, struct arena *a, struct page_listing *out, struct err *err)
{
    struct cards newer;
    if (out->cards.n == 0) {
        out->has_newer = out->newer_is_first = true;
        return RC_OK;
    }
    p->lq.cursor = out->newer = cursor_of(&out->cards.all[0]);
    p->lq.bound = p->to;
    TRY(walk(p, store_listing_after, a, &newer, err));
    out->has_newer = newer.n > 0;
    out->newer_is_first = newer.n <= p->size;
    return RC_OK;
}

static enum rc
read_older(struct part *p, struct arena *a, struct page_listing *out, struct err *err)
{
    const struct listing_place *place = &out->place;
    p->lq.cursor = cursor_up_to(p->to);
    if (place->has_before && place->before.published_at <= p->to)
        p->lq.cursor = place->before;
    p->lq.bound = p->from;
    TRY(walk(p, store_listing_before, a, &out->cards, err));
    out->has_older = out->cards.n > p->size;
    if (out->has_older)
        out->older = cursor_of(&out->cards.all[--out->cards.n - 1]);
    return place->has_before ? look_newer(p, a, out, err) : RC_OK;
}

static enum rc
read_newer(struct part *p, struct arena *a, struct page_listing *out, struct err *err)
{
    p->lq.cursor = out->place.after;
    if (p->from != INT64_MIN && p->lq.cursor.published_at < p->from)
        p->lq.cursor = cursor_up_to(p->from - 1);
    p->lq.bound = p->to;
    TRY(walk(p, store_listing_after, a, &out->cards, err));
    if (out->cards.n > p->size)
        out->cards.n--;
    reverse(&out->cards);
    out->has_older = out->cards.n > 0;
    if (out->has_older)
        out->older = cursor_of(&out->cards.all[out->cards.n - 1]);
    return look_newer(p, a, out, err);
}

static void
set_children(const struct news *n, struct arena *a, struct page_listing *out)
{
    const struct section *s = out->place.section;
    out->children = arena_array(a, const struct section *, n->sections.n + 1);
    for (int i = 0; s != NULL && i < n->sections.n; i++)
        if (n->sections.all[i].parent_id == s->id)
            out->children[out->n_children++] = &n->sections.all[i];
}

/* Hops from month to month like news_years from year to year. */
static enum rc
read_months(struct news *n, const struct listing_place *year, bool *months,
            struct err *err)
{
    struct str lang = n->site->langs[year->lang].code;
    int64_t from, to, t = 0;
    enum rc rc;
    time_bounds(year, n->now, &from, &to);
    int64_t before = to + 1;
    while ((rc = store_listing_time_before(n->st, lang, before, n->now, &t, err)) ==
               RC_OK &&
           t >= from) {
        struct civil c = time_office(t);
        months[c.month] = true;
        before = time_office_midnight(c.year, c.month, 1);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
read_archive(struct part *p, struct page_listing *out, struct err *err)
{
    const struct years *years = NULL;
    if (out->place.section != NULL)
        return RC_OK;
    TRY(news_years(p->n, out->place.lang, &years, err));
    out->years = *years;
    if (out->place.year == 0)
        return RC_OK;
    struct listing_place year = out->place;
    year.month = 0;
    return read_months(p->n, &year, out->months, err);
}

enum rc
news_listing(struct news *n, const struct listing_place *place, struct arena *a,
             struct page_listing *out, struct err *err)
{
    struct part p = {.n = n, .size = n->config.items_per_page};
    *out = (struct page_listing){.place = *place};
    p.lq = (struct listing_query){
        .lang = n->site->langs[place->lang].code, .now = n->now, .limit = p.size + 1};
    set_sections(&p, place->section);
    time_bounds(place, n->now, &p.from, &p.to);
    set_children(n, a, out);
    TRY(place->has_after ? read_newer(&p, a, out, err) : read_older(&p, a, out, err));
    return read_archive(&p, out, err);
}

/* ---- home ---- */

/* The part of a listing that is shown first; s is NULL for all news. */
static struct part
newest(struct news *n, const struct section *s, int lang, int limit)
{
    struct part p = {.n = n,
                     .lq = {.lang = n->site->langs[lang].code,
                            .now = n->now,
                            .cursor = cursor_up_to(n->now),
                            .bound = INT64_MIN,
                            .limit = limit}};
    set_sections(&p, s);
    return p;
}

static void
drop_card(struct cards *c, int64_t id, int keep)
{
    int to = 0;
    for (int i = 0; i < c->n; i++)
        if (c->all[i].id != id)
            c->all[to++] = c->all[i];
    c->n = to < keep ? to : keep;
}

static enum rc
read_lead(struct news *n, int lang, struct arena *a, struct page_home *out,
          struct err *err)
{
    struct cards pinned;
    struct listing_query lq = {
        .lang = n->site->langs[lang].code, .now = n->now, .limit = 1};
    TRY(store_listing_pinned(n->st, &lq, a, &pinned, err));
    const struct cards *from = pinned.n > 0 ? &pinned : &out->latest;
    out->has_lead = from->n > 0;
    if (out->has_lead)
        out->lead = from->all[0];
    return RC_OK;
}

static enum rc
read_blocks(struct news *n, int lang, struct arena *a, struct page_home *out,
            struct err *err)
{
    out->blocks = arena_array(a, struct block, n->sections.n + 1);
    for (int i = 0; n->config.home_per_section > 0 && i < n->sections.n; i++) {
        const struct section *s = &n->sections.all[i];
        struct block *b = &out->blocks[out->n_blocks];
        if (s->parent_id != 0)
            continue;
        b->section = s;
        struct part p = newest(n, s, lang, n->config.home_per_section);
        TRY(walk(&p, store_listing_before, a, &b->cards, err));
        out->n_blocks += b->cards.n > 0;
    }
    return RC_OK;
}

enum rc
news_home(struct news *n, int lang, struct arena *a, struct page_home *out,
          struct err *err)
{
    struct part p = newest(n, NULL, lang, n->config.home_latest + 1);
    *out = (struct page_home){0};
    TRY(walk(&p, store_listing_before, a, &out->latest, err));
    TRY(read_lead(n, lang, a, out, err));
    drop_card(&out->latest, out->has_lead ? out->lead.id : 0, n->config.home_latest);
    return read_blocks(n, lang, a, out, err);
}
