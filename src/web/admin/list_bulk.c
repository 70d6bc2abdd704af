/* web/admin/list_bulk.c - doing the same to several items of the list. */
#include "web/admin/list_bulk.h"

#include "ops/log.h"
#include "web/admin/item.h"

#include "base/slug.h"

static const struct form_spec fields[] = {
    {"action", FIELD_CHOICE, S_BULK_ACTION, S__MAX, 20, true, NULL, 0},
    {"reason", FIELD_LINE, S_BULK_REASON, S__MAX, DESK_REASON_MAX, false, "off", 0},
    {"move_to", FIELD_CHOICE, S_BULK_SECTION, S__MAX, SLUG_MAX, false, NULL, 0},
    {"bulk_tag", FIELD_LINE, S_BULK_TAG, S__MAX, ITEM_TAG_MAX, false, "off", 0},
};

/* What the actions are called, and what is said when one is done. */
static const struct {
    enum tpl_string name, done;
} words[BULK__MAX] = {
    [BULK_APPROVE] = {S_BULK_APPROVE, S_BULK_APPROVED},
    [BULK_WITHDRAW] = {S_STAFF_WITHDRAW, S_BULK_WITHDRAWN},
    [BULK_MOVE] = {S_BULK_MOVE, S_STAFF_DONE_SAVED},
    [BULK_TAG] = {S_BULK_ADD_TAG, S_STAFF_DONE_SAVED},
    [BULK_UNTAG] = {S_BULK_REMOVE_TAG, S_STAFF_DONE_SAVED},
};

/* ---- the form ---- */

static void
offer_actions(struct visit *v, struct form *form)
{
    struct view_option *options = arena_array(v->a, struct view_option, BULK__MAX + 1);
    options[0] = (struct view_option){STR(""), staff_word(v, S_STAFF_CHOOSE)};
    for (int i = 0; i < BULK__MAX; i++)
        options[i + 1] = (struct view_option){str_of(bulk_word((enum desk_bulk)i)),
                                              staff_word(v, words[i].name)};
    form_options(form, "action", options, BULK__MAX + 1);
}

static void
offer_sections(struct visit *v, struct form *form)
{
    const struct sections *ss = &v->w->news.sections;
    struct view_option *options = arena_array(v->a, struct view_option, ss->n + 1);
    options[0] = (struct view_option){STR(""), staff_word(v, S_STAFF_CHOOSE)};
    for (int i = 0; i < ss->n; i++)
        options[i + 1] = (struct view_option){ss->all[i].slug,
                                              section_name(&ss->all[i], v->match.lang)};
    form_options(form, "move_to", options, ss->n + 1);
}

void
list_bulk_begin(struct visit *v, struct form *form)
{
    form_begin(form, v, fields, N_ELEMENTS(fields));
    offer_actions(v, form);
    offer_sections(v, form);
}

/* The field that an action needs, and what to say when it is empty. */
static void
check_need(struct form *form, enum desk_bulk action)
{
    static const struct {
        const char *field;
        enum tpl_string text;
    } needs[] = {
        [BULK_NEEDS_NOTHING] = {"action", S_STAFF_REQUIRED},
        [BULK_NEEDS_REASON] = {"reason", S_STAFF_REASON_NEEDED},
        [BULK_NEEDS_SECTION] = {"move_to", S_STAFF_REQUIRED},
        [BULK_NEEDS_TAG] = {"bulk_tag", S_STAFF_REQUIRED},
    };
    enum bulk_needs n = bulk_needs(action);
    if (form_value(form, needs[n].field).n == 0)
        form_error(form, needs[n].field, needs[n].text);
}

enum rc
list_bulk_read(struct visit *v, struct form *form, struct bulk_order *out,
               struct err *err)
{
    TRY(form_read(form, v, fields, N_ELEMENTS(fields), err));
    offer_actions(v, form);
    offer_sections(v, form);
    form_check_choices(form);
    int action = bulk_read(form_value(form, "action"));
    if (action >= 0)
        check_need(form, (enum desk_bulk)action);
    const struct section *s =
        sections_by_slug(&v->w->news.sections, form_value(form, "move_to"));
    *out = (struct bulk_order){.action = action >= 0 ? (enum desk_bulk)action : 0,
                               .reason = form_value(form, "reason"),
                               .tag = form_value(form, "bulk_tag"),
                               .section_id = s != NULL ? s->id : 0};
    return RC_OK;
}

/* ---- doing it ---- */

static struct str
shortcomings(struct visit *v, const struct shortcomings *shorts)
{
    struct str all = STR("");
    for (int i = 0; i < shorts->n; i++)
        all = str_fmt(v->a, "%.*s%s%.*s", STR_ARG(all), i > 0 ? " " : "",
                      STR_ARG(item_shortcoming(v, &shorts->all[i])));
    return all;
}

static struct str
done(struct visit *v, const struct bulk_order *o, const struct bulk_done *b)
{
    bool is_draft = o->action != BULK_APPROVE && o->action != BULK_WITHDRAW;
    if (!b->is_changed)
        return staff_word(v, S_STAFF_DONE_UNCHANGED);
    if (is_draft && b->before.approved != 0)
        return staff_word(v, S_BULK_SAVED_DRAFT);
    return staff_word(v, words[o->action].done);
}

/* What became of one item, in words. */
static struct str
told(struct visit *v, const struct bulk_order *o, const struct bulk_done *b, enum rc rc)
{
    if (rc == RC_OK)
        return done(v, o, b);
    if (rc == RC_INVALID && b->shorts.n > 0)
        return shortcomings(v, &b->shorts);
    if (rc == RC_DENIED && b->before.item.id == 0) /* nor is it there for them */
        return staff_word(v, S_BULK_NOT_FOUND);
    return staff_word(v, rc == RC_INVALID     ? S_STAFF_NOT_ACCEPTED
                         : rc == RC_CONFLICT  ? S_BULK_NOT_POSSIBLE
                         : rc == RC_NOT_FOUND ? S_BULK_NOT_FOUND
                         : rc != RC_DENIED    ? S_BULK_FAILED
                         : o->action == BULK_APPROVE && b->before.needs_other_eyes
                             ? S_STAFF_OTHER_EYES
                             : S_BULK_DENIED);
}

/* "item-12" with a version is one that was chosen. */
static bool
read_pick(const struct http_param *field, int64_t *id, int64_t *version)
{
    struct str prefix = STR("item-");
    return str_starts(field->name, prefix) &&
           str_to_int(str_from(field->name, prefix.n), 1, INT64_MAX, id) &&
           str_to_int(field->value, 1, INT64_MAX, version);
}

int
list_bulk_count(const struct visit *v)
{
    const struct http_form *form = &v->staff.form;
    int64_t id, version;
    int n = 0;
    for (int i = 0; i < form->n; i++)
        n += read_pick(&form->fields[i], &id, &version);
    return n;
}

/* The status of a page on which nothing was done, by why not. */
static int
status_of(enum rc rc)
{
    return rc == RC_INVALID ? 422 : web_status_of(rc);
}

/* Gives the status that the page would have, were it the only one. */
static int
do_one(struct visit *v, const struct desk *d, const struct bulk_order *o,
       const struct http_param *field, struct view_cell *row)
{
    struct bulk_done b;
    struct err err;
    int64_t id = 0, version = 0;
    if (!read_pick(field, &id, &version))
        return 0;
    enum rc rc = news_bulk(d, o, id, version, v->a, &b, &err);
    if (rc == RC_BUSY || rc == RC_FAILED)
        log_event(LOG_ERROR, "bulk_failed", LOG_S("request", v->req.id), LOG_ERR(&err),
                  LOG_END);
    row[0].text = b.before.item.title.n > 0 ? b.before.item.title
                                            : str_fmt(v->a, "%lld", (long long)id);
    row[0].url = item_address(v, id, "");
    row[1].text = told(v, o, &b, rc);
    return rc == RC_OK ? 200 : status_of(rc);
}

enum rc
list_bulk_do(struct visit *v, const struct bulk_order *o, struct str back,
             struct http_response *r, struct err *err)
{
    const struct http_form *form = &v->staff.form;
    struct view_staff_frame f = staff_frame(v, words[o->action].name, PLACE_ITEMS);
    struct view_cell *cells = arena_array(v->a, struct view_cell, form->n * 2);
    struct str columns[] = {staff_word(v, S_LIST_TITLE), staff_word(v, S_BULK_RESULT)};
    struct view_table table = {.name = f.title,
                               .columns = columns,
                               .n_columns = N_ELEMENTS(columns),
                               .cells = cells};
    struct view_link link = {back, staff_word(v, S_BULK_BACK)};
    struct view_block blocks[] = {{.table = &table}, {.links = &link, .n_links = 1}};
    struct desk d = staff_desk(v);
    int status = 0;
    for (int i = 0; i < form->n; i++) {
        int one = do_one(v, &d, o, &form->fields[i], &cells[table.n_rows * 2]);
        table.n_rows += one != 0;
        status = one == 200 || status == 0 ? one : status;
    }
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), status, r, err);
}
