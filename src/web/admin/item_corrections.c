/* web/admin/item_corrections.c - what was corrected in public in one item, and one more.
 */
#include "model/url.h"
#include "news/correction.h"
#include "web/admin/item.h"
#include "web/handlers.h"

enum { CORRECTION_COLUMNS = 3 };

static const struct form_spec correction_form[] = {
    {"text", FIELD_AREA, S_STAFF_CORRECTION, S_STAFF_CORRECTION_HINT, CORRECTION_MAX,
     true, "off", 4},
    {"sure", FIELD_CHECK, S_STAFF_CORRECTION_SURE, S__MAX, 1, true, NULL, 0},
};

static struct str
address_of(struct visit *v, const struct desk_corrections *c)
{
    return item_address(v, c->item.item.id, "corrections/");
}

static struct view_table
table_of(struct visit *v, const struct corrections *all)
{
    struct str *columns = arena_array(v->a, struct str, CORRECTION_COLUMNS);
    struct view_cell *cells =
        arena_array(v->a, struct view_cell, all->n * CORRECTION_COLUMNS);
    columns[0] = staff_word(v, S_STAFF_WHEN);
    columns[1] = staff_word(v, S_STAFF_WHO);
    columns[2] = staff_word(v, S_CORRECTION);
    for (int i = 0; i < all->n; i++) {
        struct view_cell *row = &cells[i * CORRECTION_COLUMNS];
        row[0].text = staff_moment(v, all->all[i].at);
        row[1].text = all->all[i].author;
        row[2].text = all->all[i].text;
    }
    return (struct view_table){.name = staff_word(v, S_CORRECTIONS),
                               .columns = columns,
                               .n_columns = CORRECTION_COLUMNS,
                               .cells = cells,
                               .n_rows = all->n,
                               .empty = staff_word(v, S_STAFF_NO_CORRECTIONS)};
}

/* Why there is no form; S__MAX: there is one. */
static enum tpl_string
hindrance(const struct desk_corrections *c)
{
    return !c->may_correct  ? S_STAFF_MAY_NOT_CORRECT
           : !c->is_visible ? S_STAFF_NOTHING_TO_CORRECT
                            : S__MAX;
}

static enum rc
show(struct visit *v, const struct desk_corrections *c, const struct form *form,
     struct http_response *r, struct err *err)
{
    struct view_staff_frame f = item_frame(v, &c->item, ITEM_PAGE_CORRECTIONS);
    struct view_table table = table_of(v, &c->corrections);
    struct view_button add = {"do", "1", staff_word(v, S_STAFF_CORRECT)};
    struct view_form shown = {.action = address_of(v, c),
                              .fields = form->fields,
                              .n_fields = form->n,
                              .buttons = &add,
                              .n_buttons = 1};
    struct view_block blocks[] = {{.table = &table},
                                  {.heading = staff_word(v, S_STAFF_CORRECT)}};
    if (hindrance(c) == S__MAX)
        blocks[1].form = &shown;
    else
        blocks[1].line = staff_word(v, hindrance(c));
    if (form->n_errors > 0)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), form->n_errors > 0 ? 422 : 200,
                      r, err);
}

static enum rc
open_page(struct visit *v, struct item_visit *iv, struct desk_corrections *c,
          struct err *err)
{
    TRY(item_open(v, iv, err));
    TRY(news_correction_list(&iv->d, iv->name, v->a, c, err));
    c->item = iv->now; /* with what the person may do */
    return RC_OK;
}

enum rc
admin_item_corrections(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_corrections all;
    struct form form;
    TRY(open_page(v, &iv, &all, err));
    form_begin(&form, v, correction_form, N_ELEMENTS(correction_form));
    return show(v, &all, &form, r, err);
}

enum rc
admin_item_correct(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_corrections all;
    struct form form;
    enum rc rc = RC_OK;
    TRY(open_page(v, &iv, &all, err));
    TRY(form_read(&form, v, correction_form, N_ELEMENTS(correction_form), err));
    if (form.n_errors == 0)
        rc = news_correction_add(&iv.d, iv.name, form_value(&form, "text"), err);
    if (form.n_errors == 0 && rc == RC_OK)
        return staff_see_other(v, address_of(v, &all), "corrected", r);
    if (rc == RC_INVALID)
        form_error(&form, "text", S_STAFF_NOT_ACCEPTED);
    else if (rc == RC_CONFLICT)
        form_error(&form, "text", S_STAFF_NOTHING_TO_CORRECT);
    else
        TRY(rc);
    return show(v, &all, &form, r, err);
}
