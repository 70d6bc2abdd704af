/* web/admin/item_steps.c - publishing and the other steps of the workflow: what will
 * happen and when, what stands in the way, and a button for each step that is possible.
 */
#include "model/url.h"
#include "news/page.h"
#include "web/admin/item.h"
#include "web/handlers.h"
#include "web/moment.h"

enum { STEP_BLOCKS = STEP__MAX + 3 };

/* The page of an item's steps while it is put together. */
struct steps_page {
    struct visit *v;
    const struct desk_item *now;
    const struct form *sent;  /* the form of the step that was not taken, or NULL */
    enum desk_step sent_step; /* which that was */
    bool has_main;            /* the first button is the one that most people come for */
    struct view_block blocks[STEP_BLOCKS];
    int n;
};

/* ---- the steps ---- */

static const struct {
    enum desk_step step;
    enum tpl_string heading, text, button; /* text S__MAX: made by the item's facts */
    bool has_reason;
    enum tpl_string when, when_hint; /* S__MAX: no time is asked for */
} shown_steps[] = {
    {STEP_APPROVE, S_STAFF_PUBLISH, S__MAX, S_STAFF_PUBLISH, false, S_STAFF_OTHER_TIME,
     S_STAFF_OTHER_TIME_HINT},
    {STEP_SUBMIT, S_STAFF_SUBMIT, S_STAFF_SUBMIT_TEXT, S_STAFF_SUBMIT, false, S__MAX,
     S__MAX},
    {STEP_RECALL, S_STAFF_RECALL, S_STAFF_RECALL_TEXT, S_STAFF_RECALL, false, S__MAX,
     S__MAX},
    {STEP_SEND_BACK, S_STAFF_SEND_BACK, S_STAFF_SEND_BACK_TEXT, S_STAFF_SEND_BACK, true,
     S__MAX, S__MAX},
    {STEP_WITHDRAW, S_STAFF_WITHDRAW, S_STAFF_WITHDRAW_TEXT, S_STAFF_WITHDRAW, true,
     S_STAFF_FROM_WHEN, S_STAFF_FROM_WHEN_HINT},
    {STEP_REINSTATE, S_STAFF_REINSTATE, S_STAFF_REINSTATE_TEXT, S_STAFF_REINSTATE, true,
     S__MAX, S__MAX},
    {STEP_DISCARD, S_STAFF_DISCARD, S__MAX, S_STAFF_DISCARD, false, S__MAX, S__MAX},
    {STEP_UNDISCARD, S_STAFF_UNDISCARD, S_STAFF_UNDISCARD_TEXT, S_STAFF_UNDISCARD, false,
     S__MAX, S__MAX},
};
_Static_assert(N_ELEMENTS(shown_steps) == STEP__MAX, "a row for each step");

/* What the page tells after a step. */
static const char *const done_words[STEP__MAX] = {
    [STEP_SUBMIT] = "submitted",    [STEP_RECALL] = "recalled",
    [STEP_SEND_BACK] = "sent-back", [STEP_APPROVE] = "approved",
    [STEP_DISCARD] = "discarded",   [STEP_UNDISCARD] = "undiscarded",
    [STEP_WITHDRAW] = "withdrawn",  [STEP_REINSTATE] = "reinstated",
};

static const struct form_spec step_fields[] = {
    {"version", FIELD_HIDDEN, S__MAX, S__MAX, 20, true, NULL, 0},
    {"reason", FIELD_AREA, S_STAFF_REASON, S__MAX, DESK_REASON_MAX, false, NULL, 2},
    {"at", FIELD_MOMENT, S__MAX, S__MAX, 40, false, NULL, 0},
    {"at_which", FIELD_HIDDEN, S_STAFF_WHICH, S__MAX, 1, false, NULL, 0},
};

/* Fields that a step does not ask for are hidden; the others have an id of their own, as
 * several steps stand on one page. */
static void
suit_fields(struct form *form, size_t row)
{
    const char *word = desk_step_word(shown_steps[row].step);
    if (!shown_steps[row].has_reason)
        form_field(form, "reason")->kind = FIELD_HIDDEN;
    struct view_field *at = form_field(form, "at");
    if (shown_steps[row].when == S__MAX)
        at->kind = FIELD_HIDDEN;
    else {
        at->label = staff_word(form->v, shown_steps[row].when);
        at->hint = staff_word(form->v, shown_steps[row].when_hint);
    }
    form_field(form, "reason")->is_required = shown_steps[row].has_reason;
    for (int i = 0; i < form->n; i++)
        form->fields[i].id =
            str_fmt(form->v->a, "%s-%.*s", word, STR_ARG(form->fields[i].name)).p;
}

static struct view_form *
step_form(struct steps_page *p, size_t row, struct str button)
{
    struct visit *v = p->v;
    struct form *form = arena_alloc(v->a, sizeof *form);
    struct view_button *b = arena_alloc(v->a, sizeof *b);
    struct view_form *shown = arena_alloc(v->a, sizeof *shown);
    if (p->sent != NULL && p->sent_step == shown_steps[row].step)
        *form = *p->sent;
    else
        form_begin(form, v, step_fields, N_ELEMENTS(step_fields));
    form_set(form, "version", str_fmt(v->a, "%lld", (long long)p->now->version));
    suit_fields(form, row);
    *b = (struct view_button){"do", desk_step_word(shown_steps[row].step), button};
    *shown = (struct view_form){.action = item_address(v, p->now->item.id, "steps/"),
                                .fields = form->fields,
                                .n_fields = form->n,
                                .buttons = b,
                                .n_buttons = 1,
                                .is_quiet = p->has_main};
    p->has_main = true;
    return shown;
}

static struct view_block *
add_block(struct steps_page *p)
{
    p->blocks[p->n] = (struct view_block){.line = {NULL, 0}};
    return &p->blocks[p->n++];
}

/* ---- what visitors see ---- */

static struct str
public_address(struct visit *v, const struct item *it)
{
    const struct section *s = sections_by_id(&v->w->news.sections, it->section_id);
    int lang = site_lang_find(&v->w->site, it->lang);
    if (s == NULL || lang < 0)
        return (struct str){NULL, 0};
    return url_article(v->a, &v->w->site, lang, s->slug, it->slug);
}

static struct str
labelled(struct visit *v, enum tpl_string label, struct str text)
{
    return str_fmt(v->a, "%.*s %.*s", STR_ARG(staff_word(v, label)), STR_ARG(text));
}

/* "Visitors see it until …", "It goes out at …", "Nobody sees it". */
static void
tell_public(struct visit *v, const struct desk_item *it, struct view_block *b)
{
    bool is_out = it->visible_from <= v->now && v->now < it->visible_until;
    if (is_out && it->visible_until < VISIBLE_NEVER) {
        b->line2 = labelled(v, S_STAFF_IS_OUT_UNTIL, moment_text(v, it->visible_until));
        b->countdown = moment_countdown(v, it->visible_until);
    } else if (is_out) {
        b->line2 = staff_word(v, S_STAFF_IS_OUT);
    } else if (it->visible_from < VISIBLE_NEVER && v->now < it->visible_from &&
               it->visible_until > it->visible_from) {
        b->line2 = labelled(v, S_STAFF_GOES_OUT, moment_text(v, it->visible_from));
        b->countdown = moment_countdown(v, it->visible_from);
    } else if (it->item.withdrawn_at != TIME_NONE) {
        b->line2 = labelled(v, S_STAFF_IS_WITHDRAWN, it->item.withdrawn_reason);
    } else if (it->approved != 0) {
        b->line2 = staff_word(v, S_STAFF_HAS_ENDED);
    } else {
        b->line2 = staff_word(v, S_STAFF_NOT_OUT);
    }
}

static void
add_state(struct steps_page *p)
{
    struct visit *v = p->v;
    struct view_block *b = add_block(p);
    struct view_link *link = arena_alloc(v->a, sizeof *link);
    b->line = item_state_line(v, p->now);
    tell_public(v, p->now, b);
    *link = (struct view_link){public_address(v, &p->now->item),
                               staff_word(v, S_STAFF_PUBLIC_PAGE)};
    if (p->now->visible_from <= v->now && v->now < p->now->visible_until &&
        p->now->version == p->now->approved && link->url.n > 0) {
        b->links = link;
        b->n_links = 1;
    }
    struct str sent_back = item_sent_back(v, p->now);
    if (sent_back.n > 0)
        add_block(p)->line = sent_back;
}

/* ---- approving ---- */

/* When the newest text goes out if it is approved now. */
static int64_t
goes_out_at(const struct visit *v, const struct item *it)
{
    int64_t at = it->published_at != TIME_NONE ? it->published_at : v->now;
    return at > it->embargo_until ? at : it->embargo_until;
}

/* Where a field stands in the item's form; the text has an id of its own. */
static struct view_link
link_to_field(struct visit *v, int64_t item_id, const struct shortcoming *s)
{
    const char *field = item_shortcoming_field(v, s);
    return (struct view_link){str_fmt(v->a, "%.*s?check=1#%s%s",
                                      STR_ARG(item_address(v, item_id, "")),
                                      strcmp(field, "body") == 0 ? "" : "f-", field),
                              item_shortcoming(v, s)};
}

static void
add_shortcomings(struct steps_page *p, struct view_block *b)
{
    struct visit *v = p->v;
    struct shortcomings shorts = item_shortcomings(v, p->now);
    struct view_link *links = arena_array(v->a, struct view_link, shorts.n);
    for (int i = 0; i < shorts.n; i++)
        links[i] = link_to_field(v, p->now->item.id, &shorts.all[i]);
    b->links = links;
    b->n_links = shorts.n;
    if (shorts.n > 0)
        b->line = staff_word(v, S_STAFF_CHECKLIST);
}

static void
tell_approval(struct steps_page *p, struct view_block *b, int64_t at)
{
    struct visit *v = p->v;
    bool is_out = p->now->visible_from <= v->now && v->now < p->now->visible_until;
    b->line = at > v->now
                  ? labelled(v, S_STAFF_WILL_GO_OUT, moment_text(v, at))
                  : staff_word(v, is_out ? S_STAFF_WILL_CHANGE : S_STAFF_WILL_SHOW);
    if (at <= v->now && p->now->item.published_at != TIME_NONE && !is_out)
        b->line2 = labelled(v, S_STAFF_WITH_DATE, staff_moment(v, at));
    if (at <= v->now && p->now->is_update)
        b->line2 = staff_word(v, S_STAFF_WILL_TELL);
    if (at > v->now && is_out)
        b->line2 = staff_word(v, S_STAFF_WILL_VANISH);
    else if (p->now->item.expires_at != TIME_NONE)
        b->line2 = labelled(v, S_STAFF_WILL_END, moment_text(v, p->now->item.expires_at));
    b->countdown = moment_countdown(v, at);
}

/* "Publish" or "Schedule", with what will happen; or what stands in the way. */
static void
add_approval(struct steps_page *p, size_t row)
{
    struct visit *v = p->v;
    struct view_block *b = add_block(p);
    int64_t at = goes_out_at(v, &p->now->item);
    enum tpl_string word = at > v->now ? S_STAFF_SCHEDULE : S_STAFF_PUBLISH;
    b->heading = staff_word(v, word);
    add_shortcomings(p, b);
    if (b->n_links > 0)
        return;
    tell_approval(p, b, at);
    if (p->now->needs_other_eyes)
        b->line2 = staff_word(v, S_STAFF_OTHER_EYES);
    else
        b->form = step_form(p, row, staff_word(v, word));
}

/* ---- the page ---- */

/* Of a step that gives a draft up, or takes it back: how long it can be. */
static struct str
kept_until(struct steps_page *p, enum desk_step step)
{
    return step == STEP_UNDISCARD ? item_kept_until(p->v, p->now->discarded_at)
           : step == STEP_DISCARD && p->now->approved == 0
               ? item_kept_until(p->v, p->v->now)
               : (struct str){NULL, 0};
}

static void
add_step(struct steps_page *p, size_t row)
{
    struct visit *v = p->v;
    enum tpl_string text = shown_steps[row].text;
    if ((p->now->steps & 1U << shown_steps[row].step) == 0)
        return;
    if (shown_steps[row].step == STEP_APPROVE) {
        add_approval(p, row);
        return;
    }
    if (shown_steps[row].step == STEP_DISCARD)
        text = p->now->approved != 0 ? S_STAFF_DISCARD_CHANGES : S_STAFF_DISCARD_TEXT;
    struct view_block *b = add_block(p);
    b->heading = staff_word(v, shown_steps[row].heading);
    b->line = staff_word(v, text);
    b->line2 = kept_until(p, shown_steps[row].step);
    b->form = step_form(p, row, staff_word(v, shown_steps[row].button));
}

static void
add_copy(struct steps_page *p)
{
    struct visit *v = p->v;
    struct view_button *b = arena_alloc(v->a, sizeof *b);
    struct view_form *form = arena_alloc(v->a, sizeof *form);
    struct view_block *block;
    if (!right_is_possible(&v->staff.person, RIGHT_ITEM_CREATE))
        return;
    *b = (struct view_button){"do", "copy", staff_word(v, S_STAFF_COPY)};
    *form = (struct view_form){.action = item_address(v, p->now->item.id, "copy/"),
                               .buttons = b,
                               .n_buttons = 1,
                               .is_quiet = true};
    block = add_block(p);
    block->heading = staff_word(v, S_STAFF_COPY);
    block->line = staff_word(v, S_STAFF_COPY_TEXT);
    block->form = form;
}

static enum rc
show_steps(struct steps_page *p, struct str problem, int status, struct http_response *r,
           struct err *err)
{
    struct view_staff_frame f = item_frame(p->v, p->now, ITEM_PAGE_STEPS);
    TRY(visit_data(p->v, err));
    f.scripts[0] = "js/countdown.js";
    f.problem = problem;
    add_state(p);
    for (size_t i = 0; i < N_ELEMENTS(shown_steps); i++)
        add_step(p, i);
    add_copy(p);
    return staff_page(p->v, &f, p->blocks, p->n, status, r, err);
}

enum rc
admin_item_steps(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct steps_page p = {.v = v, .now = &iv.now};
    TRY(item_open(v, &iv, err));
    return show_steps(&p, (struct str){NULL, 0}, 200, r, err);
}

/* ---- taking one ---- */

static enum rc
read_order(struct visit *v, struct form *form, struct desk_order *o, struct err *err)
{
    int step = desk_step_read(http_form_get(&v->staff.form, "do"));
    if (step < 0)
        return err_field(err, "do", "no step");
    TRY(form_read(form, v, step_fields, N_ELEMENTS(step_fields), err));
    o->step = (enum desk_step)step;
    o->reason = form_value(form, "reason");
    if (!str_to_int(form_value(form, "version"), 1, INT64_MAX, &o->version))
        return err_field(err, "version", "no number of a version");
    o->at = moment_read(form, (struct moment_field){"at", "at_which", false}, TIME_NONE);
    form_check_choices(form);
    if (o->at != TIME_NONE && o->at < v->now)
        form_error(form, "at", S_STAFF_TIME_PAST);
    return RC_OK;
}

/* Shows the page again with what was wrong at the step's own fields. */
static enum rc
show_refused(struct visit *v, const struct item_visit *iv, const struct desk_order *o,
             struct form *form, struct http_response *r, struct err *err)
{
    struct steps_page p = {.v = v, .now = &iv->now, .sent = form, .sent_step = o->step};
    return show_steps(&p, staff_word(v, S_STAFF_LOOK_BELOW), 422, r, err);
}

/* What news says against it: as a page, with everything that was typed. */
static enum rc
answer_refusal(struct visit *v, const struct desk_order *o, struct form *form, enum rc rc,
               struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct str field = str_of(err->field);
    TRY(item_open(v, &iv, err));
    struct steps_page p = {.v = v, .now = &iv.now, .sent = form, .sent_step = o->step};
    if (rc == RC_INVALID && str_eq_z(field, "reason")) {
        form_error(form, "reason", S_STAFF_REASON_NEEDED);
        return show_refused(v, &iv, o, form, r, err);
    }
    if (rc == RC_INVALID)
        return item_show_checked(v, &iv.now, 422, r, err);
    bool is_eyes = o->step == STEP_APPROVE && iv.now.needs_other_eyes;
    enum tpl_string text = rc == RC_CONFLICT ? S_STAFF_MEANWHILE
                           : is_eyes         ? S_STAFF_OTHER_EYES
                                             : S_STAFF_FORBIDDEN_TEXT;
    return show_steps(&p, staff_word(v, text), rc == RC_CONFLICT ? 409 : 403, r, err);
}

enum rc
admin_item_step(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_order o = {.at = TIME_NONE};
    struct shortcomings shorts;
    struct form form;
    TRY(item_open(v, &iv, err));
    TRY(read_order(v, &form, &o, err));
    if (form.n_errors > 0)
        return show_refused(v, &iv, &o, &form, r, err);
    o.name = iv.name;
    enum rc rc = news_desk_step(&iv.d, &o, &shorts, err);
    if (rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_DENIED)
        return answer_refusal(v, &o, &form, rc, r, err);
    TRY(rc);
    return staff_see_other(v, item_address(v, iv.now.item.id, "steps/"),
                           done_words[o.step], r);
}

enum rc
admin_item_copy(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_saved copy;
    TRY(item_open(v, &iv, err));
    TRY(news_desk_copy(&iv.d, iv.name, v->a, &copy, err));
    return staff_see_other(v, item_address(v, copy.id, ""), "copied", r);
}
