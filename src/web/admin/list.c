/* web/admin/list.c - the newsroom's list of items. */
#include "web/admin/item.h"
#include "web/admin/list_filter.h"
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
out_state(struct visit *v, const struct desk_line *l)
{
    struct str text = item_state_name(v, l->state);
    if (l->published_at == TIME_NONE)
        return text;
    struct str out = staff_word(v, public_state(l, v->now));
    return l->state == DESK_APPROVED
               ? out
               : str_fmt(v->a, "%.*s · %.*s", STR_ARG(out), STR_ARG(text));
}

/* The same, and whether it is a translation that must be looked after. */
static struct str
state_of(struct visit *v, const struct desk_line *l)
{
    struct str text = out_state(v, l);
    return l->stale_since == TIME_NONE
               ? text
               : str_fmt(v->a, "%.*s · %.*s", STR_ARG(text),
                         STR_ARG(staff_word(v, S_LIST_STALE_ONE)));
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

/* What is scheduled goes on to what is later, everything else to what is older. */
static void
set_pages(struct visit *v, const struct list_filter *f, const struct desk_page *page,
          struct view_table *t)
{
    struct str on = {NULL, 0}, back = {NULL, 0};
    bool is_up = f->asked.out == DESK_OUT_SCHEDULED && f->asked.words.n == 0 &&
                 f->asked.tag.n == 0;
    if (page->has_on)
        on = list_filter_address(v, f, DESK_ON, page->on);
    if (page->has_back)
        back = list_filter_address(v, f, DESK_BACK, page->back);
    t->newer = is_up ? on : back;
    t->older = is_up ? back : on;
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
    *t = (struct view_table){.name = staff_word(v, S_LIST_ITEMS),
                             .columns = names,
                             .n_columns = LIST_COLUMNS,
                             .cells = cells,
                             .n_rows = page->n,
                             .empty = staff_word(v, S_LIST_EMPTY)};
}

enum rc
admin_items(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_LIST_ITEMS, PLACE_ITEMS);
    struct list_filter filter;
    struct desk_page page = {0};
    struct view_table table;
    TRY(list_filter_read(v, &filter, err));
    bool is_wrong = filter.form.n_errors > 0;
    struct desk d = staff_desk(v);
    if (!is_wrong)
        TRY(news_desk_list(&d, &filter.asked, LIST_LINES, v->a, &page, err));
    fill_table(v, &page, &table);
    set_pages(v, &filter, &page, &table);
    list_filter_views(v, &filter, &f);
    struct view_button find = {NULL, NULL, staff_word(v, S_LIST_FIND)};
    struct view_form shown = {.action = STR("/admin/items/"),
                              .fields = filter.form.fields,
                              .n_fields = filter.form.n,
                              .buttons = &find,
                              .n_buttons = 1,
                              .is_question = true,
                              .is_inline = true,
                              .is_open = filter.is_any};
    struct view_block blocks[] = {{.form = &shown}, {.table = &table}};
    if (is_wrong)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    if (page.is_cut)
        blocks[1].line =
            str_fmt(v->a, "%.*s %d", STR_ARG(staff_word(v, S_LIST_CUT)), DESK_LIST_LOOKS);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), is_wrong ? 422 : 200, r, err);
}
