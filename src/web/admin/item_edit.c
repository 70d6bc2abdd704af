/* web/admin/item_edit.c - writing an item: a new one, and one that is there. */
#include "news/together.h"
#include "web/admin/item.h"
#include "web/admin/item_photos.h"
#include "web/admin/working.h"
#include "web/handlers.h"
#include "web/moment.h"

#define ITEMS_NEW "/admin/items/new/"

/* What the buttons of the form send as "do". */
#define SAVE       "save"
#define SAVE_GO_ON "go-on"
#define PHOTO      "photo-"
#define CHOOSE     "photo-choose"

/* The page of a form while it is put together. */
struct edit {
    struct visit *v;
    const struct desk_item *now; /* NULL: a new item */
    struct form form;
    struct str problem; /* absent: none, or it stands at the fields */
    int status;         /* 0: by whether fields are wrong */
};

/* ---- the page ---- */

/* Who may publish goes on to that; others to sending it to review. */
static struct view_form
form_of(const struct edit *e)
{
    struct visit *v = e->v;
    struct view_button *buttons = arena_array(v->a, struct view_button, 2);
    bool may_publish = right_is_possible(&v->staff.person, RIGHT_ITEM_APPROVE);
    buttons[0] = (struct view_button){"do", SAVE, staff_word(v, S_STAFF_SAVE_DRAFT)};
    buttons[1] = (struct view_button){
        "do", SAVE_GO_ON,
        staff_word(v, may_publish ? S_STAFF_SAVE_GO_ON : S_STAFF_SAVE_SUBMIT)};
    return (struct view_form){
        .action = e->now != NULL ? item_address(v, e->now->item.id, "") : STR(ITEMS_NEW),
        .fields = e->form.fields,
        .n_fields = e->form.n,
        .buttons = buttons,
        .n_buttons = 2};
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
show(struct edit *e, struct http_response *r, struct err *err)
{
    struct visit *v = e->v;
    struct view_staff_frame f = e->now != NULL
                                    ? item_frame(v, e->now, ITEM_PAGE_EDIT)
                                    : staff_frame(v, S_STAFF_NEW_ITEM, PLACE_NEW_ITEM);
    int64_t id = e->now != NULL ? e->now->item.id : 0;
    TRY(item_photos_complete(v, e->now != NULL ? &e->now->item : NULL, &e->form, err));
    struct view_form shown = form_of(e);
    struct view_block blocks[WORKING_BLOCKS + 3];
    int n = 0, more = 0, status = e->form.n_errors > 0 ? 422 : 200;
    if (e->now != NULL) {
        blocks[n] = time_block(v, &e->now->item);
        blocks[n].line2 = blocks[n].line;
        blocks[n++].line = item_state_line(v, e->now);
        f.scripts[0] = "js/countdown.js";
        struct str sent_back = item_sent_back(v, e->now);
        if (sent_back.n > 0)
            blocks[n++] = (struct view_block){.line = sent_back};
    }
    TRY(working_around(v, id, &e->form, &blocks[n], &more, err));
    n += more;
    blocks[n++] = (struct view_block){.form = &shown};
    f.problem = e->problem;
    if (e->form.n_errors > 0 && f.problem.n == 0)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, blocks, n, e->status != 0 ? e->status : status, r, err);
}

enum rc
item_show_checked(struct visit *v, const struct desk_item *it, int status,
                  struct http_response *r, struct err *err)
{
    struct shortcomings shorts = item_shortcomings(v, it);
    struct edit e = {.v = v, .now = it, .status = status};
    TRY(visit_data(v, err));
    item_form_show(v, &it->item, it->version, &e.form);
    for (int i = 0; i < shorts.n; i++)
        form_error_text(&e.form, item_shortcoming_field(v, &shorts.all[i]),
                        item_shortcoming(v, &shorts.all[i]));
    return show(&e, r, err);
}

/* ---- saving ---- */

/* Why nothing is saved although no field is wrong. What was typed stays on the page. */
static const struct {
    enum rc rc;
    enum tpl_string text;
    int status;
} refusals[] = {
    {RC_CONFLICT, S_STAFF_SAVE_MEANWHILE, 409},
    {RC_DENIED, S_STAFF_SAVE_DENIED, 403},
    {RC_BUSY, S_STAFF_SAVE_BUSY, 503},
};

/* Says what news says against it, at its field or on top; returns what it cannot say. The
 * one thing that may be RC_LIMIT is a body whose page would become too long. */
static enum rc
note_failure(struct edit *e, enum rc rc, const struct err *err)
{
    struct visit *v = e->v;
    for (size_t i = 0; i < N_ELEMENTS(refusals); i++)
        if (refusals[i].rc == rc) {
            e->problem = staff_word(v, refusals[i].text);
            e->status = refusals[i].status;
            return RC_OK;
        }
    if (rc == RC_LIMIT)
        form_error(&e->form, "body", S_STAFF_BODY_LIMIT);
    else if (rc == RC_INVALID)
        form_refused(&e->form, err);
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
                          .why = notes->why,
                          .draft = notes->draft};
    return news_desk_save(&d, &s, v->a, out, m, err);
}

static enum rc
saved(struct visit *v, const struct desk_saved *s, struct http_response *r)
{
    bool goes_on = str_eq_z(http_form_get(&v->staff.form, "do"), SAVE_GO_ON);
    return staff_see_other(v, item_address(v, s->id, goes_on ? "steps/" : ""),
                           s->is_changed ? "saved" : "unchanged", r);
}

/* ---- buttons that save nothing ---- */

static bool
is_pressed(const struct visit *v, struct str button)
{
    return str_starts(http_form_get(&v->staff.form, "do"), button);
}

/* The form again, with photos in another order or one less. */
static enum rc
show_pressed(struct edit *e, const struct item *it, struct http_response *r,
             struct err *err)
{
    TRY(visit_data(e->v, err));
    TRY(item_form_again(e->v, it, &e->form, err));
    if (!item_photos_press(e->v, &e->form))
        return err_field(err, "do", "no button of a photo");
    return show(e, r, err);
}

/* On to choosing photos; the page leads back to all that was typed. A form that was saved
 * elsewhere goes on under another word. */
static enum rc
go_choose(struct visit *v, int64_t item_id, struct http_response *r, struct err *err)
{
    struct http_form *form = &v->staff.form;
    bool is_kept;
    TRY(working_keep(v, item_id, &is_kept, err));
    for (int i = 0; i < form->n && !is_kept; i++)
        if (str_eq_z(form->fields[i].name, "draft"))
            form->fields[i].value = news_draft_word(v->a);
    if (!is_kept)
        TRY(working_keep(v, item_id, &is_kept, err));
    return staff_see_other(v,
                           str_fmt(v->a, "%.*s?unsaved=%.*s",
                                   STR_ARG(item_form_address(v, item_id, "photos/")),
                                   STR_ARG(http_form_get(form, "draft"))),
                           NULL, r);
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
    struct edit e = {.v = v};
    TRY(visit_data(v, err));
    item_form_show(v, &it, 0, &e.form);
    TRY(working_go_on(v, &e.form, err));
    TRY(item_photos_add(v, &e.form, err));
    return show(&e, r, err);
}

enum rc
admin_item_add(struct visit *v, struct http_response *r, struct err *err)
{
    struct item it = blank(v);
    struct item_notes notes;
    struct edit e = {.v = v};
    struct desk_saved done;
    struct merge none;
    if (is_pressed(v, STR(CHOOSE)))
        return go_choose(v, 0, r, err);
    if (is_pressed(v, STR(PHOTO)))
        return show_pressed(&e, &it, r, err);
    TRY(visit_data(v, err));
    TRY(item_form_read(v, &it, &notes, &e.form, err));
    if (e.form.n_errors > 0)
        return show(&e, r, err);
    enum rc rc = save(v, &it, &notes, &done, &none, err);
    if (rc == RC_OK)
        return saved(v, &done, r);
    TRY(note_failure(&e, rc, err));
    return show(&e, r, err);
}

/* ---- one that is there ---- */

enum rc
admin_item(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct edit e = {.v = v, .now = &iv.now};
    struct str check;
    TRY(item_open(v, &iv, err));
    if (!iv.now.may_edit)
        return staff_see_other(v, item_address(v, iv.now.item.id, "steps/"), NULL, r);
    if (http_request_param(&v->req, "check", &check, err) == RC_OK)
        return item_show_checked(v, &iv.now, 200, r, err);
    TRY(visit_data(v, err));
    item_form_show(v, &iv.now.item, iv.now.version, &e.form);
    TRY(working_go_on(v, &e.form, err));
    TRY(item_photos_add(v, &e.form, err));
    return show(&e, r, err);
}

enum rc
admin_item_save(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_item based_on;
    struct item_notes notes;
    struct edit e = {.v = v, .now = &iv.now};
    struct desk_saved done;
    struct merge m;
    TRY(item_open(v, &iv, err));
    if (is_pressed(v, STR(CHOOSE)))
        return go_choose(v, iv.now.item.id, r, err);
    if (is_pressed(v, STR(PHOTO)))
        return show_pressed(&e, &iv.now.item, r, err);
    TRY(item_form_base(v, &notes.base, err));
    TRY(news_desk_revision(&iv.d, iv.name, notes.base, v->a, &based_on, err));
    TRY(visit_data(v, err));
    TRY(item_form_read(v, &based_on.item, &notes, &e.form, err));
    if (e.form.n_errors > 0)
        return show(&e, r, err);
    enum rc rc = save(v, &based_on.item, &notes, &done, &m, err);
    if (rc == RC_OK)
        return saved(v, &done, r);
    if (rc == RC_CONFLICT && done.version != 0)
        return item_show_merge(v, &iv.now, &(struct item_merge){&m, &notes, &done}, r,
                               err);
    TRY(note_failure(&e, rc, err));
    return show(&e, r, err);
}
