/* web/admin/item_history.c - every version of an item: list, comparison, restoring. */
#include "web/admin/item.h"
#include "web/handlers.h"

enum { HISTORY_PAGE = 25, HISTORY_COLUMNS = 6 };

/* A number in the query; fallback when there is none. */
static enum rc
number_param(struct visit *v, const char *name, int64_t fallback, int64_t *out,
             struct err *err)
{
    struct str text;
    enum rc rc = http_request_param(&v->req, name, &text, err);
    *out = fallback;
    if (rc == RC_NOT_FOUND)
        return RC_OK;
    if (rc == RC_OK && !str_to_int(text, 1, INT64_MAX, out))
        return err_field(err, name, "no number of a version");
    return rc;
}

/* ---- the list ---- */

static enum tpl_string
what_happened(const struct desk_past *p)
{
    static const enum tpl_string texts[STATE__MAX] = {
        [STATE_DRAFT] = S_STAFF_DID_SAVE,
        [STATE_REVIEW] = S_STAFF_DID_SAVE,
        [STATE_APPROVED] = S_STAFF_DID_APPROVE,
    };
    static const enum tpl_string steps[STATE__MAX] = {
        [STATE_DRAFT] = S_STAFF_DID_RECALL,
        [STATE_REVIEW] = S_STAFF_DID_SUBMIT,
        [STATE_APPROVED] = S_STAFF_DID_APPROVE,
    };
    const struct revision *r = &p->revision;
    if (r->is_sent_back)
        return S_STAFF_DID_SEND_BACK;
    if (r->state == STATE_APPROVED && p->is_withdrawn)
        return S_STAFF_DID_WITHDRAW;
    return (r->is_text ? texts : steps)[r->state];
}

static struct str
what_text(struct visit *v, const struct desk_past *p)
{
    struct str what = staff_word(v, what_happened(p));
    if (p->revision.is_minor && p->revision.is_text)
        what = str_fmt(v->a, "%.*s (%.*s)", STR_ARG(what),
                       STR_ARG(staff_word(v, S_STAFF_MINOR_SHORT)));
    return p->why.n > 0 ? str_fmt(v->a, "%.*s: %.*s", STR_ARG(what), STR_ARG(p->why))
                        : what;
}

static struct str
diff_address(struct visit *v, int64_t id, int64_t old, int64_t new)
{
    return str_fmt(v->a, "%.*s?old=%lld&new=%lld", STR_ARG(item_address(v, id, "diff/")),
                   (long long)old, (long long)new);
}

/* A link to a comparison, which a screen reader tells from those of other rows. */
static struct view_cell
compare_cell(struct visit *v, enum tpl_string text, struct str url, int64_t number)
{
    struct str word = staff_word(v, text);
    return (struct view_cell){.text = word,
                              .url = url,
                              .is_way = true,
                              .named = str_fmt(v->a, "%.*s: %.*s %lld", STR_ARG(word),
                                               STR_ARG(staff_word(v, S_STAFF_REVISION)),
                                               (long long)number)};
}

static void
fill_row(struct visit *v, const struct desk_item *now, const struct desk_past *p,
         struct view_cell *row)
{
    int64_t id = now->item.id, number = p->revision.number;
    row[0].text = str_fmt(v->a, "%.*s %lld", STR_ARG(staff_word(v, S_STAFF_REVISION)),
                          (long long)number);
    row[0].url = str_fmt(v->a, "%.*s%lld/", STR_ARG(item_address(v, id, "revisions/")),
                         (long long)number);
    row[1].text = staff_moment(v, p->revision.saved_at);
    row[2].text = p->revision.saved_by;
    row[3].text = what_text(v, p);
    if (number > 1)
        row[4] = compare_cell(v, S_STAFF_COMPARE, diff_address(v, id, number - 1, number),
                              number);
    if (number < now->version && now->may_edit)
        row[5] = compare_cell(v, S_STAFF_RESTORE,
                              diff_address(v, id, now->version, number), number);
}

static const struct form_spec compare_form[] = {
    {"old", FIELD_LINE, S_STAFF_COMPARE_OLD, S__MAX, 20, true, "off", 0},
    {"new", FIELD_LINE, S_STAFF_COMPARE_NEW, S__MAX, 20, true, "off", 0},
};

static enum rc
show_history(struct visit *v, const struct desk_item *now, const struct view_table *table,
             struct http_response *r, struct err *err)
{
    struct view_staff_frame f = item_frame(v, now, ITEM_PAGE_HISTORY);
    struct view_button compare = {"do", "compare", staff_word(v, S_STAFF_COMPARE)};
    struct form form;
    form_begin(&form, v, compare_form, N_ELEMENTS(compare_form));
    form_set(&form, "old", STR("1"));
    form_set(&form, "new", str_fmt(v->a, "%lld", (long long)now->version));
    struct view_form shown = {.action = item_address(v, now->item.id, "diff/"),
                              .fields = form.fields,
                              .n_fields = form.n,
                              .buttons = &compare,
                              .n_buttons = 1,
                              .is_inline = true,
                              .is_question = true};
    struct view_block blocks[] = {
        {.table = table},
        {.heading = staff_word(v, S_STAFF_COMPARE_ANY), .form = &shown}};
    return staff_page(v, &f, blocks, now->version > 1 ? 2 : 1, 200, r, err);
}

enum rc
admin_item_history(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_past past[HISTORY_PAGE];
    int64_t before = 0;
    int n = 0;
    TRY(item_open(v, &iv, err));
    TRY(number_param(v, "before", INT64_MAX, &before, err));
    TRY(news_desk_history(&iv.d, iv.name, before, HISTORY_PAGE, v->a, past, &n, err));
    struct view_cell *cells = arena_array(v->a, struct view_cell, n * HISTORY_COLUMNS);
    struct str columns[HISTORY_COLUMNS] = {
        staff_word(v, S_STAFF_REVISION), staff_word(v, S_STAFF_WHEN),
        staff_word(v, S_STAFF_WHO),      staff_word(v, S_STAFF_WHAT),
        staff_word(v, S_STAFF_CHANGES),  staff_word(v, S_STAFF_BACK_TO)};
    for (int i = 0; i < n; i++)
        fill_row(v, &iv.now, &past[i], &cells[i * HISTORY_COLUMNS]);
    struct view_table table = {.name = staff_word(v, S_STAFF_HISTORY),
                               .columns = columns,
                               .n_columns = HISTORY_COLUMNS,
                               .cells = cells,
                               .n_rows = n,
                               .empty = staff_word(v, S_STAFF_NO_VERSIONS)};
    if (n > 0 && past[n - 1].revision.number > 1)
        table.older = str_fmt(v->a, "%.*s?before=%lld",
                              STR_ARG(item_address(v, iv.now.item.id, "history/")),
                              (long long)past[n - 1].revision.number);
    return show_history(v, &iv.now, &table, r, err);
}

/* ---- two of them ---- */

static const struct form_spec restore_form[] = {
    {"number", FIELD_HIDDEN, S__MAX, S__MAX, 20, true, NULL, 0},
    {"version", FIELD_HIDDEN, S__MAX, S__MAX, 20, true, NULL, 0},
};

/* A button that makes the newer side of the comparison the newest version again. */
static struct view_form
restore_button(struct visit *v, const struct desk_item *now, int64_t number)
{
    struct form *form = arena_alloc(v->a, sizeof *form);
    struct view_button *button = arena_alloc(v->a, sizeof *button);
    form_begin(form, v, restore_form, N_ELEMENTS(restore_form));
    form_set(form, "number", str_fmt(v->a, "%lld", (long long)number));
    form_set(form, "version", str_fmt(v->a, "%lld", (long long)now->version));
    *button = (struct view_button){"do", "restore",
                                   str_fmt(v->a, "%.*s %lld",
                                           STR_ARG(staff_word(v, S_STAFF_RESTORE_THIS)),
                                           (long long)number)};
    return (struct view_form){.action = item_address(v, now->item.id, "history/"),
                              .fields = form->fields,
                              .n_fields = form->n,
                              .buttons = button,
                              .n_buttons = 1,
                              .cancel = item_address(v, now->item.id, "history/")};
}

static enum rc
show_diff(struct visit *v, const struct desk_item *now, const struct desk_diff *diff,
          const int64_t numbers[2], struct http_response *r, struct err *err)
{
    struct view_staff_frame f = item_frame(v, now, ITEM_PAGE_HISTORY);
    struct view_compared *all = arena_array(v->a, struct view_compared, diff->n);
    bool is_back = numbers[0] == now->version && numbers[1] < now->version;
    for (int i = 0; i < diff->n; i++)
        all[i] = item_compared(v, diff->fields[i].name, &diff->fields[i].diff);
    struct view_form restore = restore_button(v, now, numbers[1]);
    struct view_block blocks[] = {
        {.heading =
             str_fmt(v->a, "%.*s %lld → %lld", STR_ARG(staff_word(v, S_STAFF_COMPARED)),
                     (long long)numbers[0], (long long)numbers[1]),
         .line =
             diff->n == 0 ? staff_word(v, S_STAFF_NO_DIFFERENCE) : (struct str){NULL, 0},
         .compared = all,
         .n_compared = diff->n},
        {.line = staff_word(v, S_STAFF_RESTORE_TEXT), .form = &restore},
    };
    return staff_page(v, &f, blocks, is_back && now->may_edit && diff->n > 0 ? 2 : 1, 200,
                      r, err);
}

enum rc
admin_item_diff(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_diff diff;
    int64_t numbers[2];
    TRY(item_open(v, &iv, err));
    TRY(number_param(v, "new", iv.now.version, &numbers[1], err));
    TRY(number_param(v, "old", numbers[1] > 1 ? numbers[1] - 1 : 1, &numbers[0], err));
    TRY(news_desk_diff(&iv.d, iv.name, numbers[0], numbers[1], v->a, &diff, err));
    return show_diff(v, &iv.now, &diff, numbers, r, err);
}

enum rc
admin_item_restore(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct form form;
    int64_t number = 0, version = 0;
    TRY(item_open(v, &iv, err));
    TRY(form_read(&form, v, restore_form, N_ELEMENTS(restore_form), err));
    if (!str_to_int(form_value(&form, "number"), 1, INT64_MAX, &number) ||
        !str_to_int(form_value(&form, "version"), 1, INT64_MAX, &version))
        return err_field(err, "number", "no number of a version");
    enum rc rc = news_desk_restore(&iv.d, iv.name, number, version, err);
    if (rc == RC_CONFLICT)
        return staff_message(v, 409, S_CONFLICT_TITLE, staff_word(v, S_STAFF_MEANWHILE),
                             r, err);
    TRY(rc);
    return staff_see_other(v, item_address(v, iv.now.item.id, ""), "restored", r);
}
