/* web/admin/list.c - the newsroom's list of items. */
#include "web/admin/item.h"
#include "web/handlers.h"
#include "web/staff.h"

enum { LIST_LINES = 50, LIST_COLUMNS = 7 };

static const enum tpl_string columns[LIST_COLUMNS] = {
    S_LIST_TITLE,  S_STAFF_SECTION, S_LIST_LANG,     S_STAFF_STATE,
    S_LIST_AUTHOR, S_LIST_CHANGED,  S_LIST_PUBLISHED};

/* What visitors see of it now. */
static enum tpl_string
public_state(const struct desk_line *l, int64_t now)
{
    return l->withdrawn_at != TIME_NONE && l->withdrawn_at <= now ? S_LIST_WITHDRAWN
           : l->visible_until <= now                              ? S_LIST_ENDED
           : l->visible_from > now                                ? S_LIST_SCHEDULED
                                                                  : S_LIST_OUT;
}

/* "Published", and with a newer text on the desk "Published · Draft". */
static struct str
state_of(struct visit *v, const struct desk_line *l)
{
    struct str text = item_state_name(v, l->state);
    if (l->published_at == TIME_NONE)
        return text;
    struct str out = staff_word(v, public_state(l, v->now));
    return l->state == DESK_APPROVED
               ? out
               : str_fmt(v->a, "%.*s · %.*s", STR_ARG(out), STR_ARG(text));
}

static struct str
published(struct visit *v, const struct desk_line *l)
{
    return l->published_at == TIME_NONE ? STR("")
           : l->is_date_only
               ? view_date(&v->w->view.langs[v->match.lang], v->a, l->published_at)
               : staff_moment(v, l->published_at);
}

static void
fill_line(struct visit *v, const struct desk_line *l, struct view_cell *cells)
{
    const struct section *s = sections_by_id(&v->w->news.sections, l->section_id);
    int lang = site_lang_find(&v->w->site, l->lang);
    cells[0].text = l->title.n > 0 ? l->title : staff_word(v, S_LIST_NO_TITLE);
    cells[0].url = item_address(v, l->item_id, "");
    cells[1].text = s != NULL ? section_name(s, v->match.lang) : STR("");
    cells[2].text = lang >= 0 ? v->w->view.langs[lang].name : l->lang;
    cells[3].text = state_of(v, l);
    cells[4].text = l->author;
    cells[5].text = staff_moment(v, l->changed_at);
    cells[6].text = published(v, l);
}

/* The same list before or after a place in it. */
static struct str
page_address(struct visit *v, bool has, const char *way, struct cursor at)
{
    return has ? str_fmt(v->a, "/admin/items/?%s=%.*s", way,
                         STR_ARG(cursor_write(v->a, at)))
               : (struct str){NULL, 0};
}

static enum rc
read_place(struct visit *v, const char *name, struct cursor *out, bool *has,
           struct err *err)
{
    struct str text;
    enum rc rc = http_request_param(&v->req, name, &text, err);
    *has = rc == RC_OK;
    if (rc == RC_OK && !cursor_read(text, out))
        return err_field(err, name, "not a place in a list");
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
read_filter(struct visit *v, struct desk_filter *f, struct err *err)
{
    *f = (struct desk_filter){.state = -1};
    TRY(read_place(v, "before", &f->before, &f->has_before, err));
    TRY(read_place(v, "after", &f->after, &f->has_after, err));
    if (f->has_before && f->has_after)
        return err_field(err, "after", "only one of before and after may be given");
    return RC_OK;
}

static void
fill_table(struct visit *v, const struct desk_page *page, struct view_table *t)
{
    struct view_cell *cells = arena_array(v->a, struct view_cell, page->n * LIST_COLUMNS);
    struct str *names = arena_array(v->a, struct str, LIST_COLUMNS);
    for (int i = 0; i < LIST_COLUMNS; i++)
        names[i] = staff_word(v, columns[i]);
    for (int i = 0; i < page->n; i++)
        fill_line(v, &page->all[i], &cells[i * LIST_COLUMNS]);
    *t = (struct view_table){
        .name = staff_word(v, S_LIST_ITEMS),
        .columns = names,
        .n_columns = LIST_COLUMNS,
        .cells = cells,
        .n_rows = page->n,
        .empty = staff_word(v, S_LIST_EMPTY),
        .newer = page_address(v, page->has_newer, "after", page->newer),
        .older = page_address(v, page->has_older, "before", page->older)};
}

enum rc
admin_items(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_LIST_ITEMS, PLACE_ITEMS);
    struct desk_filter filter;
    struct desk_page page;
    struct view_table table;
    TRY(read_filter(v, &filter, err));
    TRY(visit_data(v, err));
    struct desk d = staff_desk(v);
    TRY(news_desk_list(&d, &filter, LIST_LINES, v->a, &page, err));
    fill_table(v, &page, &table);
    struct view_block block = {.table = &table};
    return staff_page(v, &f, &block, 1, 200, r, err);
}
