/* web/admin/photo_new.c - adding photos: the form, and what became of each file. */
#include <jansson.h>

#include "web/admin/photo.h"
#include "web/api/api.h"
#include "web/handlers.h"
#include "web/staff.h"
#include "web/upload.h"

#define HERE  "/admin/photos/new/"
#define BATCH "/admin/photos/batch/?ids="

enum { COLUMNS = 2 };

static const struct form_spec fields[] = {
    {UPLOAD_FIELD, FIELD_FILES, S_PHOTOS_NEW_FILES, S_PHOTOS_NEW_HINT, 0, true, NULL, 0},
};

struct view_form
photo_new_form(struct visit *v, enum tpl_string wrong)
{
    struct form form;
    struct view_button *send = arena_alloc(v->a, sizeof *send);
    *send = (struct view_button){NULL, NULL, staff_word(v, S_PHOTOS_NEW_SEND)};
    form_begin(&form, v, fields, N_ELEMENTS(fields));
    if (wrong != S__MAX)
        form_error(&form, UPLOAD_FIELD, wrong);
    return (struct view_form){.action = STR(HERE),
                              .next = STR(BATCH),
                              .fields = form.fields,
                              .n_fields = form.n,
                              .buttons = send,
                              .n_buttons = 1,
                              .has_files = true};
}

/* The form, behind what is told in `told`, if anything. */
static enum rc
show_form(struct visit *v, struct view_staff_frame *f, struct view_block told,
          enum tpl_string wrong, struct http_response *r, struct err *err)
{
    struct view_form shown = photo_new_form(v, wrong);
    bool is_told = told.table != NULL, is_wrong = f->problem.n > 0 || wrong != S__MAX;
    struct view_block blocks[] = {told, {.form = &shown}};
    return staff_page(v, f, is_told ? blocks : &blocks[1], is_told ? 2 : 1,
                      is_wrong ? 422 : 200, r, err);
}

enum rc
admin_photo_new(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_PHOTOS_NEW, PLACE_PHOTOS);
    return show_form(v, &f, (struct view_block){0}, S__MAX, r, err);
}

/* ---- to a script ---- */

static bool
is_script(const struct visit *v)
{
    struct str json = STR("application/json");
    return str_find_str(v->req.accept, json) < v->req.accept.n;
}

static json_t *
photo_json(struct visit *v, const struct upload_file *f)
{
    json_t *o = api_photo_json(v, &f->photo);
    json_object_set_new(o, "id", json_integer(f->photo.id));
    json_object_set_new(o, "known", json_boolean(f->is_known));
    return o;
}

static enum rc
tell_script(struct visit *v, const struct upload *u, struct http_response *r)
{
    json_t *o = json_object(), *photos = json_array(), *failures = json_array();
    for (int i = 0; i < u->n; i++) {
        const struct upload_file *f = &u->files[i];
        if (f->problem.rc == RC_OK)
            json_array_append_new(photos, photo_json(v, f));
        else
            json_array_append_new(
                failures, json_pack("{s:o, s:o}", "file", api_text(f->name), "reason",
                                    api_text(form_reason(v, &f->problem))));
    }
    json_object_set_new(o, "photos", photos);
    json_object_set_new(o, "failures", failures);
    api_send_take(v, o, r);
    r->status = upload_taken(u) > 0 ? 200 : 422;
    return RC_OK;
}

/* ---- to a person ---- */

static void
fill_row(struct visit *v, const struct upload_file *f, struct view_cell *row)
{
    bool is_there = f->problem.rc == RC_OK;
    row[0].text = f->name.n > 0 ? f->name : staff_word(v, S_PHOTOS_NEW_UNNAMED);
    if (is_there)
        row[0].url = str_fmt(v->a, "/admin/photos/%lld/", (long long)f->photo.id);
    row[1].text = !is_there     ? form_reason(v, &f->problem)
                  : f->is_known ? staff_word(v, S_PHOTOS_NEW_KNOWN)
                                : staff_word(v, S_PHOTOS_NEW_ADDED);
}

static struct view_table
result_table(struct visit *v, const struct upload *u)
{
    struct str *columns = arena_array(v->a, struct str, COLUMNS);
    struct view_cell *cells = arena_array(v->a, struct view_cell, u->n * COLUMNS);
    columns[0] = staff_word(v, S_PHOTOS_NEW_FILE);
    columns[1] = staff_word(v, S_PHOTOS_NEW_RESULT);
    for (int i = 0; i < u->n; i++)
        fill_row(v, &u->files[i], &cells[i * COLUMNS]);
    return (struct view_table){.name = staff_word(v, S_PHOTOS_NEW_RESULT),
                               .columns = columns,
                               .n_columns = COLUMNS,
                               .cells = cells,
                               .n_rows = u->n};
}

/* The page on which the new ones get their texts; absent: there are none. A file that
 * came twice in one request was new once. */
static struct str
batch_of(struct visit *v, const struct upload *u)
{
    struct str url = {NULL, 0};
    for (int i = 0; i < u->n; i++) {
        const struct upload_file *f = &u->files[i];
        if (f->problem.rc == RC_OK && !f->is_known)
            url = url.p == NULL
                      ? str_fmt(v->a, BATCH "%lld", (long long)f->photo.id)
                      : str_fmt(v->a, "%.*s,%lld", STR_ARG(url), (long long)f->photo.id);
    }
    return url;
}

static enum rc
tell_person(struct visit *v, const struct upload *u, struct http_response *r,
            struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_PHOTOS_NEW, PLACE_PHOTOS);
    struct view_table table = result_table(v, u);
    struct view_link go_on = {batch_of(v, u), staff_word(v, S_PHOTOS_NEW_GO_ON)};
    struct view_block told = {.table = &table, .links = &go_on};
    int taken = upload_taken(u);
    told.n_links = go_on.url.p != NULL;
    if (taken < u->n)
        f.problem = staff_word(v, taken > 0 ? S_PHOTOS_NEW_SOME : S_PHOTOS_NEW_FAILED);
    return show_form(v, &f, told, S__MAX, r, err);
}

static bool
are_all_new(const struct upload *u)
{
    for (int i = 0; i < u->n; i++)
        if (u->files[i].problem.rc != RC_OK || u->files[i].is_known)
            return false;
    return true;
}

enum rc
admin_photo_add(struct visit *v, struct http_response *r, struct err *err)
{
    const struct upload *u = v->staff.upload;
    struct view_staff_frame f = staff_frame(v, S_PHOTOS_NEW, PLACE_PHOTOS);
    if (u->n == 0)
        return show_form(v, &f, (struct view_block){0}, S_PHOTOS_NEW_NONE, r, err);
    struct desk d = staff_desk(v);
    TRY(upload_take(v, &d, err));
    if (is_script(v))
        return tell_script(v, u, r);
    if (are_all_new(u))
        return staff_see_other(v, batch_of(v, u), NULL, r);
    return tell_person(v, u, r, err);
}
