/* web/admin/item_edit.c - writing an item: a new one, and one that is there. */
#include "web/admin/item.h"
#include "web/handlers.h"
#include "web/moment.h"

#define ITEMS_NEW "/admin/items/new/"

/* What the buttons of the form send as "do". */
#define SAVE       "save"
#define SAVE_GO_ON "go-on"

/* ---- the page ---- */

static struct view_form
form_of(struct visit *v, const struct form *form, int64_t id)
{
    struct view_button *buttons = arena_array(v->a, struct view_button, 2);
    buttons[0] = (struct view_button){"do", SAVE, staff_word(v, S_STAFF_SAVE_DRAFT)};
    buttons[1] =
        (struct view_button){"do", SAVE_GO_ON, staff_word(v, S_STAFF_SAVE_GO_ON)};
    return (struct view_form){.action =
                                  id != 0 ? item_address(v, id, "") : STR(ITEMS_NEW),
                              .fields = form->fields,
                              .n_fields = form->n,
                              .buttons = buttons,
                              .n_buttons = 2};
}

static int
status_of(const struct form *form)
{
    return form->n_errors > 0 ? 422 : 200;
}

static enum rc
show_new(struct visit *v, const struct form *form, struct http_response *r,
         struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_NEW_ITEM, PLACE_NEW_ITEM);
    struct view_form shown = form_of(v, form, 0);
    return staff_form_page(v, &f, NULL, form, &shown, r, err);
}

/* The time that was chosen, on both clocks. */
static struct view_block
time_block(struct visit *v, const struct item *it)
{
    struct view_block b = {.line = {NULL, 0}};
    if (it->published_at <= v->now)
        return b;
    b.line = str_fmt(v->a, "%.*s: %.*s", STR_ARG(staff_word(v, S_STAFF_PUBLISH_AT)),
                     STR_ARG(moment_text(v, it->published_at)));
    b.countdown = moment_countdown(v, it->published_at);
    return b;
}

static enum rc
show_item(struct visit *v, const struct desk_item *it, const struct form *form,
          int status, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = item_frame(v, it, ITEM_PAGE_EDIT);
    struct view_form shown = form_of(v, form, it->item.id);
    struct view_block blocks[] = {time_block(v, &it->item), {.form = &shown}};
    blocks[0].line2 = blocks[0].line;
    blocks[0].line = item_state_line(v, it);
    f.scripts[0] = "js/countdown.js";
    if (form->n_errors > 0)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), status, r, err);
}

/* The field at which a shortcoming is told. */
static const char *
shortcoming_field(enum shortcoming_kind kind)
{
    static const char *const fields[SHORTCOMING__MAX] = {
        [SHORT_TITLE] = "title",         [SHORT_LEAD] = "lead",
        [SHORT_BODY] = "body",           [SHORT_SECTION] = "section",
        [SHORT_CREDIT] = "photo_credit", [SHORT_ALT] = "photo_credit",
        [SHORT_TIME] = "expires_at",     [SHORT_CONFLICT] = "body",
    };
    return fields[kind];
}

enum rc
item_show_checked(struct visit *v, const struct desk_item *it, int status,
                  struct http_response *r, struct err *err)
{
    struct shortcomings shorts = item_shortcomings(v, it);
    struct form form;
    TRY(visit_data(v, err));
    item_form_show(v, &it->item, it->version, &form);
    for (int i = 0; i < shorts.n; i++)
        form_error_text(&form, shortcoming_field(shorts.all[i].kind),
                        item_shortcoming(v, &shorts.all[i]));
    return show_item(v, it, &form, status, r, err);
}

/* ---- saving ---- */

/* What news says against it, at its field; RC_OK: it is noted. The one thing it may say
 * RC_LIMIT to is a body whose page would become too long. */
static enum rc
note_failure(struct visit *v, struct form *form, enum rc rc, const struct err *err)
{
    if (rc == RC_LIMIT)
        form_error(form, "body", S_STAFF_BODY_LIMIT);
    else if (rc == RC_INVALID)
        form_error_text(form, err->field,
                        str_fmt(v->a, "%.*s %s",
                                STR_ARG(staff_word(v, S_STAFF_NOT_ACCEPTED)), err->text));
    return rc == RC_INVALID || rc == RC_LIMIT ? RC_OK : rc;
}

static enum rc
save(struct visit *v, const struct item *it, const struct item_notes *notes,
     struct desk_saved *out, struct merge *m, struct err *err)
{
    struct desk d = staff_desk(v);
    struct desk_save s = {.item = it,
                          .based_on = notes->base,
                          .is_minor = notes->is_minor,
                          .why = notes->why};
    return news_desk_save(&d, &s, v->a, out, m, err);
}

static enum rc
saved(struct visit *v, const struct desk_saved *s, struct http_response *r)
{
    bool goes_on = str_eq_z(http_form_get(&v->staff.form, "do"), SAVE_GO_ON);
    return staff_see_other(v, item_address(v, s->id, goes_on ? "steps/" : ""),
                           s->is_changed ? "saved" : "unchanged", r);
}

/* ---- a new one ---- */

static struct item
blank(struct visit *v)
{
    return (struct item){.lang = v->w->site.langs[v->match.lang].code,
                         .published_at = TIME_NONE,
                         .updated_at = TIME_NONE,
                         .embargo_until = TIME_NONE,
                         .expires_at = TIME_NONE,
                         .pinned_until = TIME_NONE,
                         .withdrawn_at = TIME_NONE};
}

enum rc
admin_item_new(struct visit *v, struct http_response *r, struct err *err)
{
    struct item it = blank(v);
    struct form form;
    TRY(visit_data(v, err));
    item_form_show(v, &it, 0, &form);
    return show_new(v, &form, r, err);
}

enum rc
admin_item_add(struct visit *v, struct http_response *r, struct err *err)
{
    struct item it = blank(v);
    struct item_notes notes;
    struct form form;
    struct desk_saved done;
    struct merge none;
    TRY(visit_data(v, err));
    TRY(item_form_read(v, &it, &notes, &form, err));
    if (form.n_errors > 0)
        return show_new(v, &form, r, err);
    enum rc rc = save(v, &it, &notes, &done, &none, err);
    if (rc == RC_OK)
        return saved(v, &done, r);
    TRY(note_failure(v, &form, rc, err));
    return show_new(v, &form, r, err);
}

/* ---- one that is there ---- */

enum rc
admin_item(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct form form;
    struct str check;
    TRY(item_open(v, &iv, err));
    if (!iv.now.may_edit)
        return staff_see_other(v, item_address(v, iv.now.item.id, "steps/"), NULL, r);
    if (http_request_param(&v->req, "check", &check, err) == RC_OK)
        return item_show_checked(v, &iv.now, 200, r, err);
    TRY(visit_data(v, err));
    item_form_show(v, &iv.now.item, iv.now.version, &form);
    return show_item(v, &iv.now, &form, status_of(&form), r, err);
}

enum rc
admin_item_save(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_item based_on;
    struct item_notes notes;
    struct form form;
    struct desk_saved done;
    struct merge m;
    TRY(item_open(v, &iv, err));
    TRY(item_form_base(v, &notes.base, err));
    TRY(news_desk_revision(&iv.d, iv.name, notes.base, v->a, &based_on, err));
    TRY(visit_data(v, err));
    TRY(item_form_read(v, &based_on.item, &notes, &form, err));
    if (form.n_errors > 0)
        return show_item(v, &iv.now, &form, status_of(&form), r, err);
    enum rc rc = save(v, &based_on.item, &notes, &done, &m, err);
    if (rc == RC_OK)
        return saved(v, &done, r);
    if (rc == RC_CONFLICT && done.version != 0)
        return item_show_merge(v, &iv.now, &(struct item_merge){&m, &notes, &done}, r,
                               err);
    TRY(note_failure(v, &form, rc, err));
    return show_item(v, &iv.now, &form, status_of(&form), r, err);
}
