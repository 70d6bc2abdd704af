/* web/admin/list_table.c - the cells of lists of items. */
#include "web/admin/list_table.h"

#include "web/admin/item.h"

/* What visitors see of it now. */
static enum tpl_string
public_state(const struct desk_line *l, int64_t now)
{
    return l->withdrawn_at != TIME_NONE && l->withdrawn_at <= now ? S_LIST_WITHDRAWN
           : l->visible_until <= now                              ? S_LIST_ENDED
           : l->visible_from > now                                ? S_LIST_SCHEDULED
                                                                  : S_LIST_OUT;
}

/* "Published", and with a newer text on the desk "Published · Draft"; what was given up
 * says until when it can be taken back. */
static struct str
out_state(struct visit *v, const struct desk_line *l)
{
    struct str text = item_state_name(v, l->state);
    if (l->state == DESK_DISCARDED)
        return str_fmt(v->a, "%.*s · %.*s", STR_ARG(text),
                       STR_ARG(item_kept_until(v, l->changed_at)));
    if (l->published_at == TIME_NONE)
        return text;
    struct str out = staff_word(v, public_state(l, v->now));
    return l->state == DESK_APPROVED
               ? out
               : str_fmt(v->a, "%.*s · %.*s", STR_ARG(out), STR_ARG(text));
}

/* The same, and whether it is a translation that must be looked after. */
struct str
list_state(struct visit *v, const struct desk_line *l)
{
    struct str text = out_state(v, l);
    return l->stale_since == TIME_NONE
               ? text
               : str_fmt(v->a, "%.*s · %.*s", STR_ARG(text),
                         STR_ARG(staff_word(v, S_LIST_STALE_ONE)));
}

static struct str
title(struct visit *v, const struct desk_line *l)
{
    return l->title.n > 0 ? l->title : staff_word(v, S_LIST_NO_TITLE);
}

static struct str
section(struct visit *v, const struct desk_line *l)
{
    const struct section *s = sections_by_id(&v->w->news.sections, l->section_id);
    return s != NULL ? section_name(s, v->match.lang) : STR("");
}

static struct str
language(struct visit *v, const struct desk_line *l)
{
    int lang = site_lang_find(&v->w->site, l->lang);
    return lang >= 0 ? v->w->view.langs[lang].name : l->lang;
}

static struct str
author(struct visit *v, const struct desk_line *l)
{
    (void)v;
    return l->author;
}

static struct str
changed(struct visit *v, const struct desk_line *l)
{
    return staff_moment(v, l->changed_at);
}

static struct str
published(struct visit *v, const struct desk_line *l)
{
    return l->published_at == TIME_NONE ? STR("")
           : l->is_date_only
               ? view_date(&v->w->view.langs[v->match.lang], v->a, l->published_at)
               : staff_moment(v, l->published_at);
}

static struct str
goes_out(struct visit *v, const struct desk_line *l)
{
    return staff_moment(v, l->visible_from);
}

static const struct {
    enum tpl_string name;
    struct str (*text)(struct visit *v, const struct desk_line *l);
} columns[LIST_COLUMN__MAX] = {
    [LIST_TITLE] = {S_LIST_TITLE, title},
    [LIST_SECTION] = {S_STAFF_SECTION, section},
    [LIST_LANG] = {S_LIST_LANG, language},
    [LIST_STATE] = {S_STAFF_STATE, list_state},
    [LIST_AUTHOR] = {S_LIST_AUTHOR, author},
    [LIST_CHANGED] = {S_LIST_CHANGED, changed},
    [LIST_PUBLISHED] = {S_LIST_PUBLISHED, published},
    [LIST_GOES_OUT] = {S_LIST_GOES_OUT, goes_out},
};

static void
fill_line(struct visit *v, const struct desk_line *l, const struct list_shape *shape,
          struct view_cell *cells)
{
    if (shape->has_picks) {
        cells->pick = str_fmt(v->a, "item-%lld", (long long)l->item_id);
        cells->text = str_fmt(v->a, "%lld", (long long)l->version);
        cells->named = title(v, l);
        cells->is_picked = http_form_get(&v->staff.form, cells->pick.p).p != NULL;
        cells++;
    }
    for (int i = 0; i < shape->n_columns; i++) {
        enum list_column column = shape->columns[i];
        cells[i].text = columns[column].text(v, l);
        if (column == LIST_TITLE)
            cells[i].url = item_address(v, l->item_id, "");
    }
}

void
list_table(struct visit *v, const struct desk_page *page, const struct list_shape *shape,
           struct view_table *out)
{
    int n = shape->n_columns + shape->has_picks, at = 0;
    struct view_cell *cells = arena_array(v->a, struct view_cell, page->n * n);
    struct str *names = arena_array(v->a, struct str, n);
    if (shape->has_picks)
        names[at++] = staff_word(v, S_LIST_PICK);
    for (int i = 0; i < shape->n_columns; i++)
        names[at++] = staff_word(v, columns[shape->columns[i]].name);
    for (int i = 0; i < page->n; i++)
        fill_line(v, &page->all[i], shape, &cells[i * n]);
    *out = (struct view_table){.name = staff_word(v, S_LIST_ITEMS),
                               .columns = names,
                               .n_columns = n,
                               .cells = cells,
                               .n_rows = page->n,
                               .empty = staff_word(v, S_LIST_EMPTY)};
}
