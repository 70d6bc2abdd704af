/* web/admin/working.c - what is typed and not saved, and who else is at an item. */
#include "web/admin/working.h"

#include "auth/presence.h"
#include "news/together.h"
#include "web/admin/item.h"
#include "web/handlers.h"

enum { TEXTS_MAX = 20, TEXT_COLUMNS = 3, AGE_MAX_S = 30 * TIME_DAY_S };

/* ---- texts that were not saved ---- */

static void
fill_row(struct visit *v, const struct working *w, struct str drop, struct view_cell *row)
{
    struct str title = str_trim(w->title);
    row[0].text = title.n > 0 ? title : staff_word(v, S_STAFF_UNTITLED);
    row[0].url =
        str_fmt(v->a, "%.*s%.*s", STR_ARG(item_form_address(v, w->item_id, "?unsaved=")),
                STR_ARG(w->draft));
    row[1].text = staff_clock(v, w->typed_at);
    row[2].text = staff_word(v, S_STAFF_THROW_AWAY);
    row[2].action = drop;
    row[2].id = w->draft;
    row[2].named =
        str_fmt(v->a, "%.*s: %.*s", STR_ARG(row[2].text), STR_ARG(row[0].text));
}

enum rc
working_table(struct visit *v, int64_t item_id, struct str but, struct view_table *out,
              struct err *err)
{
    struct desk d = staff_desk(v);
    struct working *all = arena_array(v->a, struct working, TEXTS_MAX);
    struct view_cell *cells =
        arena_array(v->a, struct view_cell, TEXTS_MAX * TEXT_COLUMNS);
    struct str *columns = arena_array(v->a, struct str, TEXT_COLUMNS);
    struct str drop = item_id < 0 ? STR("/admin/working/drop/")
                                  : item_form_address(v, item_id, "working/drop/");
    int n = 0, rows = 0;
    TRY(news_working_list(&d, item_id, TEXTS_MAX, v->a, all, &n, err));
    for (int i = 0; i < n; i++)
        if (!str_eq(all[i].draft, but))
            fill_row(v, &all[i], drop, &cells[rows++ * TEXT_COLUMNS]);
    columns[0] = staff_word(v, S_STAFF_GO_ON_WITH);
    columns[1] = staff_word(v, S_STAFF_TYPED_AT);
    columns[2] = staff_word(v, S_STAFF_THROW_AWAY);
    *out = (struct view_table){.name = staff_word(v, S_STAFF_UNSAVED),
                               .columns = columns,
                               .n_columns = TEXT_COLUMNS,
                               .cells = cells,
                               .n_rows = rows};
    return RC_OK;
}

static enum rc
read_asked(struct visit *v, struct working *out, struct err *err)
{
    struct desk d = staff_desk(v);
    struct str draft;
    TRY(http_request_param(&v->req, "unsaved", &draft, err));
    return news_working_read(&d, draft, v->a, out, err);
}

enum rc
working_go_on(struct visit *v, struct form *form, struct err *err)
{
    struct http_form *typed = arena_alloc(v->a, sizeof *typed);
    struct working w;
    int64_t n_photos;
    enum rc rc = read_asked(v, &w, err);
    if (rc != RC_OK) /* nothing asked for, or it is saved by now */
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    TRY(http_form_read(v->a, w.form, typed, err));
    if (str_to_int(http_form_get(typed, "photos"), 0, ITEM_PHOTOS_MAX, &n_photos)) {
        item_form_set_photos(form, 0); /* boxes that were on come back as nothing */
        item_form_set_photos(form, (int)n_photos);
    }
    for (int i = 0; i < typed->n; i++) {
        const char *name = str_z(v->a, typed->fields[i].name);
        if (form_has(form, name))
            form_set(form, name, typed->fields[i].value);
    }
    return RC_OK;
}

/* ---- who is here ---- */

static enum rc
note(struct visit *v, int64_t item_id, enum presence_sign sign, struct err *err)
{
    enum rc rc =
        auth_presence_note(v->w->auth, item_id, v->staff.person.id, sign, v->now, err);
    return rc == RC_BUSY ? RC_OK : rc; /* it is noted the next time */
}

static enum rc
others_text(struct visit *v, int64_t item_id, struct str *out, struct err *err)
{
    struct presences p;
    *out = STR("");
    TRY(auth_presence_others(v->w->auth, item_id, v->staff.person.id, v->now, v->a, &p,
                             err));
    for (int i = 0; i < p.n; i++)
        *out = str_fmt(v->a, "%.*s%s%.*s %.*s %.*s.", STR_ARG(*out), i > 0 ? " " : "",
                       STR_ARG(p.all[i].name), STR_ARG(staff_word(v, S_STAFF_ALSO_HERE)),
                       STR_ARG(staff_clock(v, p.all[i].began_at)));
    return RC_OK;
}

enum rc
working_together(struct visit *v, int64_t item_id, struct view_together *t,
                 struct err *err)
{
    *t = (struct view_together){.url = item_form_address(v, item_id, "working/"),
                                .go_on = item_form_address(v, item_id, "?unsaved="),
                                .is_fresh = v->req.method == HTTP_GET};
    if (item_id == 0)
        return RC_OK;
    if (t->is_fresh)
        TRY(note(v, item_id, PRESENCE_OPENED, err));
    return others_text(v, item_id, &t->others, err);
}

enum rc
working_around(struct visit *v, int64_t item_id, const struct form *form,
               struct view_block *blocks, int *n, struct err *err)
{
    struct view_table *table = arena_alloc(v->a, sizeof *table);
    struct view_together *together = arena_alloc(v->a, sizeof *together);
    *n = 0;
    TRY(working_table(v, item_id, form_value(form, "draft"), table, err));
    TRY(working_together(v, item_id, together, err));
    if (table->n_rows > 0)
        blocks[(*n)++] = (struct view_block){.heading = table->name,
                                             .line = staff_word(v, S_STAFF_UNSAVED_TEXT),
                                             .table = table};
    blocks[(*n)++] = (struct view_block){.together = together};
    return RC_OK;
}

/* ---- what the script asks ---- */

static enum rc
answer(struct visit *v, const struct view_fact *facts, int n, struct http_response *r)
{
    r->status = 200;
    r->body = view_facts(v->a, facts, n);
    http_response_header(r, STR("Content-Type"), STR("application/json"));
    return RC_OK;
}

/* That the item is not any more what the form was made from; absent when it is. */
static enum rc
stale_text(struct visit *v, const struct item_visit *iv, struct str *out, struct err *err)
{
    struct str base;
    struct desk_past last;
    int64_t number = 0;
    int n = 0;
    *out = STR("");
    if (http_request_param(&v->req, "base", &base, err) != RC_OK ||
        !str_to_int(base, 0, INT64_MAX, &number) || number >= iv->now.version)
        return RC_OK;
    TRY(news_desk_history(&iv->d, iv->name, INT64_MAX, 1, v->a, &last, &n, err));
    *out = str_fmt(v->a, "%.*s: %.*s, %.*s. %.*s", STR_ARG(staff_word(v, S_STAFF_STALE)),
                   STR_ARG(last.revision.saved_by),
                   STR_ARG(staff_clock(v, last.revision.saved_at)),
                   STR_ARG(staff_word(v, S_STAFF_STALE_TEXT)));
    return RC_OK;
}

enum rc
admin_working(struct visit *v, struct http_response *r, struct err *err)
{
    bool is_new = v->match.route->id == ROUTE_WORKING_NEW;
    struct str others = {NULL, 0}, stale = {NULL, 0};
    struct item_visit iv;
    if (!is_new) {
        TRY(item_open(v, &iv, err));
        if (!iv.now.may_edit)
            return err_set(err, RC_DENIED, "nothing can be written there now");
        TRY(stale_text(v, &iv, &stale, err));
        TRY(note(v, iv.now.item.id, PRESENCE_ALIVE, err));
        TRY(others_text(v, iv.now.item.id, &others, err));
    }
    const struct view_fact facts[] = {
        {"person", str_fmt(v->a, "%lld", (long long)v->staff.person.id)},
        {"csrf", v->staff.csrf},
        {"others", others},
        {"stale", stale},
    };
    return answer(v, facts, N_ELEMENTS(facts), r);
}

/* ---- what the script sends ---- */

/* The form as it is to be kept: without what belongs to this one request. */
static struct str
form_to_keep(struct visit *v)
{
    static const char *const not_kept[] = {"csrf", "again", "do", "age", "left"};
    const struct http_form *sent = &v->staff.form;
    struct http_form *kept = arena_alloc(v->a, sizeof *kept);
    kept->n = 0;
    for (int i = 0; i < sent->n; i++) {
        bool is_kept = true;
        for (size_t k = 0; k < N_ELEMENTS(not_kept); k++)
            is_kept = is_kept && !str_eq_z(sent->fields[i].name, not_kept[k]);
        if (is_kept)
            kept->fields[kept->n++] = sent->fields[i];
    }
    return http_form_write(v->a, kept);
}

enum rc
working_keep(struct visit *v, int64_t item_id, bool *is_kept, struct err *err)
{
    struct desk d = staff_desk(v);
    const struct http_form *form = &v->staff.form;
    struct working w = {.item_id = item_id, .draft = http_form_get(form, "draft")};
    struct str age = http_form_get(form, "age");
    int64_t age_s = 0;
    *is_kept = false;
    if (w.draft.p == NULL)
        return RC_OK;
    if (age.p != NULL && !str_to_int(age, 0, AGE_MAX_S, &age_s))
        return err_field(err, "age", "no number of seconds");
    w.typed_at = v->now - age_s;
    w.title = http_form_get(form, "title");
    if (w.title.p == NULL) /* pasted control characters: saving will ask about them */
        w.title = http_form_mended(form, "title");
    w.form = form_to_keep(v);
    TRY(news_working_keep(&d, &w, is_kept, err));
    enum rc rc = *is_kept ? RC_OK : news_working_read(&d, w.draft, v->a, &w, err);
    *is_kept = rc == RC_OK;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
admin_working_keep(struct visit *v, struct http_response *r, struct err *err)
{
    bool is_new = v->match.route->id == ROUTE_WORKING_NEW_KEEP, is_kept;
    int64_t item_id = is_new ? 0 : staff_number(v, 0);
    TRY(working_keep(v, item_id, &is_kept, err));
    if (!is_new && http_form_get(&v->staff.form, "left").p != NULL)
        TRY(note(v, item_id, PRESENCE_LEFT, err));
    const struct view_fact kept = {"kept", str_fmt(v->a, "%.*s %.*s",
                                                   STR_ARG(staff_word(v, S_STAFF_KEPT)),
                                                   STR_ARG(staff_clock(v, v->now)))};
    return answer(v, &kept, is_kept ? 1 : 0, r);
}

/* Leads back to the page that the button stood on: the address without its end. */
enum rc
admin_working_drop(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = staff_desk(v);
    struct str to = str_sub(v->req.path, 0, v->req.path.n - strlen("working/drop/"));
    struct str draft = http_form_get(&v->staff.form, "id");
    enum rc rc = news_working_drop(&d, draft, err);
    if (rc != RC_OK && rc != RC_NOT_FOUND) /* it may be gone already */
        return rc;
    return staff_see_other(v, to, "thrown-away", r);
}
