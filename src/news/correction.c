/* news/correction.c - corrections: adding one, an item's, the list of all. */
#include "news/correction.h"

#include "news/desk_in.h"
#include "news/page.h"
#include "store/correction.h"

#include "base/utf8.h"

/* ---- one item ---- */

static bool
is_visible(const struct room *r)
{
    return item_visible_from(&r->row) <= r->d->now &&
           item_visible_until(&r->row) > r->d->now;
}

static enum rc
check(const struct room *r, struct str text, struct err *err)
{
    struct corrections all;
    TRY(room_may(r, RIGHT_ITEM_CORRECT, r->row.section_id, err));
    if (!is_visible(r))
        return err_set(err, RC_CONFLICT, "\"%.*s\" is not to be seen: nothing to correct",
                       STR_ARG(r->row.public_id));
    if (text.n == 0)
        return err_field(err, "text", "a correction says what was wrong");
    if (text.n > CORRECTION_MAX)
        return err_field(err, "text", "at most %d bytes are allowed", CORRECTION_MAX);
    if (utf8_check(text) < text.n || utf8_find_control(text) < text.n)
        return err_field(err, "text", "holds characters that no text may hold");
    TRY(store_correction_of_item(r->d->st, r->row.id, r->a, &all, err));
    if (all.n == CORRECTIONS_MAX)
        return err_field(err, "text", "an item has at most %d corrections",
                         CORRECTIONS_MAX);
    return RC_OK;
}

static enum rc
add_in(struct room *r, struct str name, struct str text, struct err *err)
{
    const struct actor *who = r->d->actor;
    struct correction c = {r->d->now, text, who->name};
    bool is_added;
    TRY(room_find(r, name, err));
    TRY(check(r, text, err));
    return store_correction_add(r->d->st, &r->row, &c, who->person_id, &is_added, err);
}

enum rc
news_correction_add(const struct desk *d, struct str name, struct str text,
                    struct err *err)
{
    struct arena a AT_END(arena_done);
    struct room r;
    arena_init(&a);
    text = str_trim(text);
    TRY(store_write_begin(d->st, err));
    enum rc rc = room_open(&r, d, &a, err);
    if (rc == RC_OK)
        rc = add_in(&r, name, text, err);
    return room_end(d, rc, "correct", r.row.public_id, text, true, err);
}

static enum rc
list_in(struct room *r, struct str name, struct desk_corrections *out, struct err *err)
{
    struct err ignored;
    TRY(room_find(r, name, err));
    TRY(room_may(r, RIGHT_ITEM_VIEW, r->now.item.section_id, err));
    out->item = r->now;
    out->is_visible = is_visible(r);
    out->may_correct =
        room_may(r, RIGHT_ITEM_CORRECT, r->row.section_id, &ignored) == RC_OK;
    return store_correction_of_item(r->d->st, r->row.id, r->a, &out->corrections, err);
}

enum rc
news_correction_list(const struct desk *d, struct str name, struct arena *a,
                     struct desk_corrections *out, struct err *err)
{
    struct room r;
    *out = (struct desk_corrections){0};
    TRY(store_read_begin(d->st, err));
    enum rc rc = room_open(&r, d, a, err);
    if (rc == RC_OK)
        rc = list_in(&r, name, out, err);
    store_read_end(d->st);
    return rc;
}

/* ---- the list of all ---- */

/* A page of it under way. */
struct part {
    struct news *n;
    struct correction_walk walk;
    int size;
};

/* One more than a page, so that it is known whether there is more. */
static enum rc
walk_from(const struct part *p, struct cursor from, bool is_newer, struct arena *a,
          struct page_corrections *out, struct err *err)
{
    struct correction_walk w = p->walk;
    w.from = from;
    w.is_newer = is_newer;
    out->all = arena_array(a, struct correction_line, w.limit);
    return store_correction_walk(p->n->st, &w, a, out->all, &out->n, err);
}

static struct cursor
cursor_of(const struct correction_line *l)
{
    return (struct cursor){l->correction.at, l->tie};
}

/* Is there anything newer than the first line, and is that all on the first page? */
static enum rc
look_newer(const struct part *p, struct arena *a, struct page_corrections *out,
           struct err *err)
{
    struct page_corrections newer;
    out->has_newer = out->newer_is_first = true;
    if (out->n == 0)
        return RC_OK;
    out->newer = cursor_of(&out->all[0]);
    TRY(walk_from(p, out->newer, true, a, &newer, err));
    out->has_newer = newer.n > 0;
    out->newer_is_first = newer.n <= p->size;
    return RC_OK;
}

static enum rc
read_older(const struct part *p, struct arena *a, struct page_corrections *out,
           struct err *err)
{
    const struct listing_place *place = &out->place;
    struct cursor from =
        place->has_before ? place->before : (struct cursor){INT64_MAX, 0};
    TRY(walk_from(p, from, false, a, out, err));
    out->has_older = out->n > p->size;
    if (out->has_older)
        out->older = cursor_of(&out->all[--out->n - 1]);
    return place->has_before ? look_newer(p, a, out, err) : RC_OK;
}

static enum rc
read_newer(const struct part *p, struct arena *a, struct page_corrections *out,
           struct err *err)
{
    TRY(walk_from(p, out->place.after, true, a, out, err));
    if (out->n > p->size)
        out->n--;
    for (int i = 0; i < out->n / 2; i++) {
        struct correction_line swap = out->all[i];
        out->all[i] = out->all[out->n - 1 - i];
        out->all[out->n - 1 - i] = swap;
    }
    out->has_older = out->n > 0;
    if (out->has_older)
        out->older = cursor_of(&out->all[out->n - 1]);
    return look_newer(p, a, out, err);
}

enum rc
news_corrections(struct news *n, const struct listing_place *place, struct arena *a,
                 struct page_corrections *out, struct err *err)
{
    struct part p = {.n = n, .size = n->config.items_per_page};
    p.walk = (struct correction_walk){
        .lang = n->site->langs[place->lang].code, .now = n->now, .limit = p.size + 1};
    *out = (struct page_corrections){.place = *place};
    return place->has_after ? read_newer(&p, a, out, err) : read_older(&p, a, out, err);
}
