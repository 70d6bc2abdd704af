/* web/admin/audit.c - who did what, searched. */
#include "news/audit.h"

#include "web/handlers.h"
#include "web/staff.h"

#include "base/time.h"

enum { AUDIT_COLUMNS = 6, AUDIT_LINES = 50, AUDIT_WORD_MAX = 200 };

static const struct {
    const char *action;
    enum tpl_string text;
} actions[] = {
#define ACTION(action, text) {action, text},
#include "web/actions.def"
#undef ACTION
};

static const struct form_spec search_form[] = {
    {"person", FIELD_LINE, S_AUDIT_PERSON, S_AUDIT_PERSON_HINT, AUDIT_WORD_MAX, false,
     "off", 0},
    {"about", FIELD_LINE, S_AUDIT_ABOUT, S_AUDIT_ABOUT_HINT, AUDIT_WORD_MAX, false, "off",
     0},
    {"action", FIELD_CHOICE, S_AUDIT_ACTION, S__MAX, AUDIT_WORD_MAX, false, NULL, 0},
    {"since", FIELD_MOMENT, S_AUDIT_SINCE, S__MAX, 40, false, NULL, 0},
    {"until", FIELD_MOMENT, S_AUDIT_UNTIL, S__MAX, 40, false, NULL, 0},
};

struct str
staff_action(const struct visit *v, struct str action)
{
    for (size_t i = 0; i < N_ELEMENTS(actions); i++)
        if (str_eq_z(action, actions[i].action))
            return staff_word(v, actions[i].text);
    return action;
}

static void
offer_actions(struct visit *v, struct form *form)
{
    enum { N = N_ELEMENTS(actions) };
    struct view_option *options = arena_array(v->a, struct view_option, N + 1);
    options[0] = (struct view_option){STR(""), staff_word(v, S_AUDIT_ANY)};
    for (int i = 0; i < N; i++)
        options[i + 1] = (struct view_option){str_of(actions[i].action),
                                              staff_word(v, actions[i].text)};
    form_options(form, "action", options, N + 1);
}

/* ---- what is asked for ---- */

/* The office's wall clock, or a date alone: its first instant. Of two at a clock change
 * the one that shows more. */
static void
read_moment(struct form *form, const char *name, bool is_end, int64_t *out)
{
    struct str value = form_value(form, name);
    int64_t at[2];
    bool is_date;
    struct err err;
    if (value.n == 0)
        return;
    int n = time_office_read(value, at);
    if (n > 0)
        *out = at[is_end ? n - 1 : 0];
    else if (time_read(value, out, &is_date, &err) != RC_OK)
        form_error(form, name, S_AUDIT_NO_TIME);
}

static enum rc
read_filter(struct visit *v, struct form *form, struct audit_filter *f, struct err *err)
{
    struct str before;
    *f = (struct audit_filter){.since = INT64_MIN, .until = INT64_MAX};
    TRY(form_read_query(form, v, search_form, N_ELEMENTS(search_form), err));
    offer_actions(v, form);
    form_check_choices(form);
    f->person = form_value(form, "person");
    f->about = form_value(form, "about");
    f->action = form_value(form, "action");
    read_moment(form, "since", false, &f->since);
    read_moment(form, "until", true, &f->until);
    enum rc rc = http_request_param(&v->req, "before", &before, err);
    f->has_before = rc == RC_OK;
    if (rc == RC_OK && !news_audit_place_read(before, &f->before))
        return err_field(err, "before", "not a place in the list");
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* ---- what is found ---- */

static void
fill(struct visit *v, const struct audit_entries *e, struct view_cell *cells)
{
    for (int i = 0; i < e->n; i++) {
        const struct audit_line *l = &e->all[i].line;
        struct view_cell *row = &cells[i * AUDIT_COLUMNS];
        row[0].text = staff_moment(v, l->at);
        row[1].text = l->person;
        row[2].text = staff_action(v, l->action);
        row[3].text = l->about;
        row[4].text = l->detail;
        row[5].text = l->origin;
    }
}

/* The same search from the last line on. */
static struct str
older(struct visit *v, const struct form *form, const struct audit_entries *e)
{
    struct audit_place p = news_audit_place(&e->all[e->n - 1]);
    struct str url = str_fmt(v->a, "/admin/audit/?before=%.*s",
                             STR_ARG(news_audit_place_write(v->a, &p)));
    for (int i = 0; i < form->n; i++)
        if (form->fields[i].value.n > 0)
            url = str_fmt(v->a, "%.*s&%s=%.*s", STR_ARG(url), form->spec[i].name,
                          STR_ARG(http_encode_value(v->a, form->fields[i].value)));
    return url;
}

static enum rc
show(struct visit *v, const struct form *form, const struct audit_entries *e,
     struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_AUDIT, PLACE_AUDIT);
    struct view_cell *cells = arena_array(v->a, struct view_cell, e->n * AUDIT_COLUMNS);
    struct str columns[AUDIT_COLUMNS] = {
        staff_word(v, S_AUDIT_WHEN),   staff_word(v, S_AUDIT_WHO),
        staff_word(v, S_AUDIT_WHAT),   staff_word(v, S_AUDIT_ABOUT),
        staff_word(v, S_AUDIT_DETAIL), staff_word(v, S_AUDIT_FROM)};
    struct view_button find = {NULL, NULL, staff_word(v, S_AUDIT_FIND)};
    struct view_form search = {.action = STR("/admin/audit/"),
                               .fields = form->fields,
                               .n_fields = form->n,
                               .buttons = &find,
                               .n_buttons = 1,
                               .is_inline = true,
                               .is_question = true};
    struct view_table table = {.name = f.title,
                               .columns = columns,
                               .n_columns = AUDIT_COLUMNS,
                               .cells = cells,
                               .n_rows = e->n,
                               .empty = staff_word(v, S_AUDIT_EMPTY)};
    struct view_block blocks[] = {{.line = staff_word(v, S_AUDIT_TEXT), .form = &search},
                                  {.table = &table}};
    fill(v, e, cells);
    if (e->has_more)
        table.older = older(v, form, e);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), form->n_errors > 0 ? 422 : 200,
                      r, err);
}

enum rc
admin_audit(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    struct audit_filter filter;
    struct audit_entries found = {0};
    TRY(read_filter(v, &form, &filter, err));
    TRY(visit_data(v, err));
    if (form.n_errors == 0)
        TRY(news_audit(v->w->st, v->w->accounts, &filter, AUDIT_LINES, v->a, &found,
                       err));
    return show(v, &form, &found, r, err);
}
