/* web/admin/list.c - the newsroom's list of items. */
#include "web/admin/list_bulk.h"
#include "web/admin/list_filter.h"
#include "web/admin/list_table.h"
#include "web/handlers.h"
#include "web/staff.h"

enum { LIST_LINES = 50 };

static const enum list_column columns[] = {LIST_TITLE,    LIST_SECTION, LIST_LANG,
                                           LIST_STATE,    LIST_AUTHOR,  LIST_CHANGED,
                                           LIST_PUBLISHED};
static const struct list_shape shape = {columns, N_ELEMENTS(columns), true};

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

/* The list, with what is to be done to several of its items below it. */
static enum rc
show_list(struct visit *v, const struct list_filter *filter, struct form *bulk,
          struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_LIST_ITEMS, PLACE_ITEMS);
    struct desk_page page = {0};
    struct view_table table;
    struct desk d = staff_desk(v);
    bool is_wrong = filter->form.n_errors > 0;
    if (!is_wrong)
        TRY(news_desk_list(&d, &filter->asked, LIST_LINES, v->a, &page, err));
    list_table(v, &page, &shape, &table);
    set_pages(v, filter, &page, &table);
    list_filter_views(v, filter, &f);
    struct view_button find = {NULL, NULL, staff_word(v, S_LIST_FIND)};
    struct view_button go = {NULL, NULL, staff_word(v, S_BULK_GO)};
    struct view_form asked = {.action = STR("/admin/items/"),
                              .fields = filter->form.fields,
                              .n_fields = filter->form.n,
                              .buttons = &find,
                              .n_buttons = 1,
                              .is_question = true,
                              .is_inline = true,
                              .is_open = filter->is_any};
    struct view_form form = {
        .action = list_filter_address(v, filter, filter->asked.turn, filter->asked.place),
        .fields = bulk->fields,
        .n_fields = bulk->n,
        .buttons = &go,
        .n_buttons = 1,
        .is_inline = true,
        .table = &table,
        .legend = staff_word(v, S_BULK_LEGEND)};
    struct view_block blocks[] = {{.form = &asked}, {.form = &form}};
    if (page.n == 0)
        blocks[1] = (struct view_block){.table = &table};
    if (page.is_cut)
        blocks[1].line =
            str_fmt(v->a, "%.*s %d", STR_ARG(staff_word(v, S_LIST_CUT)), DESK_LIST_LOOKS);
    is_wrong = is_wrong || bulk->n_errors > 0;
    if (is_wrong)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), is_wrong ? 422 : 200, r, err);
}

enum rc
admin_items(struct visit *v, struct http_response *r, struct err *err)
{
    struct list_filter filter;
    struct form bulk;
    TRY(list_filter_read(v, &filter, err));
    list_bulk_begin(v, &bulk);
    return show_list(v, &filter, &bulk, r, err);
}

enum rc
admin_items_bulk(struct visit *v, struct http_response *r, struct err *err)
{
    struct list_filter filter;
    struct form bulk;
    struct bulk_order order;
    TRY(list_filter_read(v, &filter, err));
    TRY(list_bulk_read(v, &bulk, &order, err));
    if (list_bulk_count(v) == 0)
        form_error(&bulk, "action", S_BULK_NOTHING_CHOSEN);
    if (bulk.n_errors > 0 || filter.form.n_errors > 0)
        return show_list(v, &filter, &bulk, r, err);
    return list_bulk_do(
        v, &order, list_filter_address(v, &filter, filter.asked.turn, filter.asked.place),
        r, err);
}
