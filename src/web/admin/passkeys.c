/* web/admin/passkeys.c - one's own passkeys. */
#include "auth/passkey.h"
#include "auth/password.h"
#include "web/handlers.h"
#include "web/staff.h"

#define PASSKEYS "/admin/account/passkeys/"

/* What the script sends (templates/admin/passkey.tpl); all of it is hidden. */
static const struct form_spec new_answer[] = {
    FORM_HIDDEN("ticket"),     FORM_HIDDEN("client-data"), FORM_HIDDEN("auth-data"),
    FORM_HIDDEN("transports"), FORM_HIDDEN("name"),
};

/* ---- list ---- */

enum { COLUMNS = 3 };

static struct str
address_of(struct visit *v, int64_t id)
{
    return str_fmt(v->a, PASSKEYS "%lld/", (long long)id);
}

static struct str
used(struct visit *v, const struct passkey *p)
{
    return p->used_at == TIME_NONE ? staff_word(v, S_STAFF_PASSKEY_NEVER)
                                   : staff_moment(v, p->used_at);
}

static enum rc
list_table(struct visit *v, struct view_table *t, struct err *err)
{
    struct passkey all[PASSKEYS_MAX];
    int n = 0;
    struct str *columns = arena_array(v->a, struct str, COLUMNS);
    TRY(auth_passkey_list(v->w->auth, v->staff.person.id, v->a, all, &n, err));
    struct view_cell *cells = arena_array(v->a, struct view_cell, n * COLUMNS);
    columns[0] = staff_word(v, S_STAFF_PASSKEY_NAME);
    columns[1] = staff_word(v, S_STAFF_PASSKEY_MADE);
    columns[2] = staff_word(v, S_STAFF_PASSKEY_USED);
    for (int i = 0; i < n; i++) {
        cells[i * COLUMNS].text = all[i].name;
        cells[i * COLUMNS].url = address_of(v, all[i].id);
        cells[i * COLUMNS + 1].text = staff_moment(v, all[i].made_at);
        cells[i * COLUMNS + 2].text = used(v, &all[i]);
    }
    *t = (struct view_table){.name = staff_word(v, S_STAFF_PASSKEYS),
                             .columns = columns,
                             .n_columns = COLUMNS,
                             .cells = cells,
                             .n_rows = n,
                             .empty = staff_word(v, S_STAFF_PASSKEYS_NONE)};
    return RC_OK;
}

static const struct form_spec begin_form[] = {
    {"name", FIELD_LINE, S_STAFF_PASSKEY_NAME, S_STAFF_PASSKEY_NAME_HINT,
     PASSKEY_NAME_MAX, true, "off", 0},
    {"current", FIELD_PASSWORD, S_STAFF_CURRENT_PASSWORD, S__MAX, PASSWORD_MAX, true,
     "current-password", 0},
};

static enum rc
show_list(struct visit *v, const struct form *form, enum tpl_string problem,
          struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_PASSKEYS, PLACE_ACCOUNT);
    struct view_button add = {"do", "1", staff_word(v, S_STAFF_PASSKEY_ADD)};
    struct view_form shown = {.action = STR(PASSKEYS),
                              .fields = form->fields,
                              .n_fields = form->n,
                              .buttons = &add,
                              .n_buttons = 1,
                              .cancel = STR("/admin/account/")};
    struct view_table table;
    TRY(list_table(v, &table, err));
    struct view_block blocks[] = {
        {.line = staff_word(v, S_STAFF_PASSKEYS_TEXT), .table = &table},
        {.heading = staff_word(v, S_STAFF_PASSKEY_ADD), .form = &shown},
    };
    bool is_bad = form->n_errors > 0 || problem != S__MAX;
    if (is_bad)
        f.problem = staff_word(v, problem != S__MAX ? problem : S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), is_bad ? 422 : 200, r, err);
}

enum rc
admin_passkeys(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    form_begin(&form, v, begin_form, N_ELEMENTS(begin_form));
    return show_list(v, &form, S__MAX, r, err);
}

/* ---- adding, in two steps: the password, then the device ---- */

static enum rc
show_create(struct visit *v, const struct form *form, struct http_response *r,
            struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_PASSKEY_ADD, PLACE_ACCOUNT);
    const struct person *p = &v->staff.person;
    struct passkey known[PASSKEYS_MAX];
    struct view_passkey ask = {.is_new = true,
                               .must_verify = true,
                               .is_main = true,
                               .action = STR(PASSKEYS "new/"),
                               .button = staff_word(v, S_STAFF_PASSKEY_CREATE),
                               .cancel = STR(PASSKEYS),
                               .login = p->login,
                               .person = p->name,
                               .known = known,
                               .kept = &form->fields[0],
                               .n_kept = 1};
    TRY(auth_passkey_list(v->w->auth, p->id, v->a, known, &ask.n_known, err));
    TRY(auth_passkey_user(v->w->auth, p->id, v->a, &ask.user, err));
    TRY(staff_challenge(v, PASSKEY_CREATE, &ask, err));
    f.scripts[0] = "js/passkey.js";
    struct view_block block = {.line = staff_word(v, S_STAFF_PASSKEY_CREATE_TEXT),
                               .passkey = &ask};
    return staff_page(v, &f, &block, 1, 200, r, err);
}

enum rc
admin_passkey_begin(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    TRY(form_read(&form, v, begin_form, N_ELEMENTS(begin_form), err));
    TRY(staff_confirm(v, &form, "current", err));
    return form.n_errors > 0 ? show_list(v, &form, S__MAX, r, err)
                             : show_create(v, &form, r, err);
}

/* What is told of an answer that was not taken; S__MAX: it is a fault of ours. */
static enum tpl_string
refusal(enum rc rc)
{
    static const struct {
        enum rc rc;
        enum tpl_string text;
    } texts[] = {
        {RC_DENIED, S_STAFF_PASSKEY_REFUSED},
        {RC_INVALID, S_STAFF_PASSKEY_REFUSED},
        {RC_CONFLICT, S_STAFF_PASSKEY_IS_KNOWN},
        {RC_LIMIT, S_STAFF_PASSKEY_ENOUGH},
    };
    for (size_t i = 0; i < N_ELEMENTS(texts); i++)
        if (texts[i].rc == rc)
            return texts[i].text;
    return S__MAX;
}

enum rc
admin_passkey_add(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form, again;
    struct str codes[FACTOR_CODES];
    bool has_codes = false;
    TRY(form_read(&form, v, new_answer, N_ELEMENTS(new_answer), err));
    struct passkey_answer w = {.ticket = form_value(&form, "ticket"),
                               .client_data = form_value(&form, "client-data"),
                               .auth_data = form_value(&form, "auth-data"),
                               .transports = form_value(&form, "transports"),
                               .name = form_value(&form, "name")};
    enum rc rc = form.n_errors > 0
                     ? RC_INVALID
                     : auth_passkey_add(v->w->auth, &v->staff.person, v->staff.token, &w,
                                        v->now, v->a, codes, &has_codes, err);
    if (rc == RC_OK)
        TRY(gate_renew(v, r, err));
    if (rc == RC_OK)
        return has_codes ? staff_codes(v, codes, S_STAFF_DONE_PASSKEY, r, err)
                         : staff_see_other(v, STR(PASSKEYS), "passkey", r);
    if (refusal(rc) == S__MAX)
        return rc;
    form_begin(&again, v, begin_form, N_ELEMENTS(begin_form));
    form_set(&again, "name", w.name);
    return show_list(v, &again, refusal(rc), r, err);
}

/* ---- one of them ---- */

static const struct form_spec remove_form[] = {
    {"current", FIELD_PASSWORD, S_STAFF_CURRENT_PASSWORD, S__MAX, PASSWORD_MAX, true,
     "current-password", 0},
};

static enum rc
find_one(struct visit *v, struct passkey *out, struct err *err)
{
    struct passkey all[PASSKEYS_MAX];
    int n = 0;
    TRY(auth_passkey_list(v->w->auth, v->staff.person.id, v->a, all, &n, err));
    for (int i = 0; i < n; i++)
        if (all[i].id == staff_number(v, 0)) {
            *out = all[i];
            return RC_OK;
        }
    return err_set(err, RC_NOT_FOUND, "no such passkey");
}

static enum rc
show_one(struct visit *v, const struct passkey *p, const struct form *form,
         struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_PASSKEY, PLACE_ACCOUNT);
    struct view_button remove = {"do", "1", staff_word(v, S_STAFF_PASSKEY_REMOVE)};
    struct view_form shown = {.action = address_of(v, p->id),
                              .buttons = &remove,
                              .n_buttons = 1,
                              .cancel = STR(PASSKEYS)};
    struct view_block block = {
        .line = str_fmt(
            v->a, "%.*s: %.*s. %.*s: %.*s.", STR_ARG(staff_word(v, S_STAFF_PASSKEY_MADE)),
            STR_ARG(staff_moment(v, p->made_at)),
            STR_ARG(staff_word(v, S_STAFF_PASSKEY_USED)), STR_ARG(used(v, p))),
        .line2 = staff_word(v, S_STAFF_PASSKEY_REMOVE_TEXT)};
    f.title = str_fmt(v->a, "%.*s: %.*s", STR_ARG(f.title), STR_ARG(p->name));
    return staff_form_page(v, &f, &block, form, &shown, r, err);
}

enum rc
admin_passkey(struct visit *v, struct http_response *r, struct err *err)
{
    struct passkey p;
    struct form form;
    TRY(find_one(v, &p, err));
    form_begin(&form, v, remove_form, N_ELEMENTS(remove_form));
    return show_one(v, &p, &form, r, err);
}

enum rc
admin_passkey_remove(struct visit *v, struct http_response *r, struct err *err)
{
    struct passkey p;
    struct form form;
    TRY(find_one(v, &p, err));
    TRY(form_read(&form, v, remove_form, N_ELEMENTS(remove_form), err));
    TRY(staff_confirm(v, &form, "current", err));
    if (form.n_errors > 0)
        return show_one(v, &p, &form, r, err);
    enum rc rc = auth_passkey_remove(v->w->auth, &v->staff.person, p.id,
                                     form_value(&form, "current"), v->a, err);
    if (rc == RC_OK)
        return staff_see_other(v, STR(PASSKEYS), "passkey-removed", r);
    if (rc != RC_CONFLICT)
        return rc;
    form_error(&form, "current", S_STAFF_PASSKEY_LAST);
    return show_one(v, &p, &form, r, err);
}
