/* web/admin/account.c - one's own account: sessions, language, password, second factor.
 */
#include "auth/factor.h"
#include "auth/password.h"
#include "auth/person.h"
#include "web/handlers.h"
#include "web/staff.h"

/* ---- overview ---- */

enum { SESSION_COLUMNS = 4 };

static void
fill_sessions(struct visit *v, const struct session *all, int n, struct view_cell *cells)
{
    for (int i = 0; i < n; i++) {
        const struct session *s = &all[i];
        struct view_cell *row = &cells[i * SESSION_COLUMNS];
        bool is_this = s->id == v->staff.session.id;
        row[0].text = staff_moment(v, s->began_at);
        row[1].text = staff_moment(v, s->seen_at);
        row[2].text = str_fmt(v->a, "%.*s %.*s", STR_ARG(s->address), STR_ARG(s->agent));
        row[3].text = staff_word(v, is_this ? S_STAFF_THIS_SESSION : S_STAFF_END_SESSION);
        if (is_this)
            continue;
        row[3].action = STR("/admin/account/sessions/");
        row[3].id = str_fmt(v->a, "%lld", (long long)s->id);
        row[3].named =
            str_fmt(v->a, "%.*s: %.*s", STR_ARG(row[3].text), STR_ARG(row[0].text));
    }
}

static enum rc
session_table(struct visit *v, struct view_table *t, struct err *err)
{
    struct session *all;
    int n;
    struct str *columns = arena_array(v->a, struct str, SESSION_COLUMNS);
    TRY(auth_session_list(v->w->auth, v->staff.person.id, v->now, v->a, &all, &n, err));
    struct view_cell *cells = arena_array(v->a, struct view_cell, n * SESSION_COLUMNS);
    columns[0] = staff_word(v, S_STAFF_SESSION_BEGAN);
    columns[1] = staff_word(v, S_STAFF_SESSION_SEEN);
    columns[2] = staff_word(v, S_STAFF_SESSION_WHERE);
    columns[3] = staff_word(v, S_STAFF_SESSION_STATE);
    fill_sessions(v, all, n, cells);
    *t = (struct view_table){.name = staff_word(v, S_STAFF_SESSIONS),
                             .columns = columns,
                             .n_columns = SESSION_COLUMNS,
                             .cells = cells,
                             .n_rows = n};
    return RC_OK;
}

static const struct form_spec language_form[] = {
    {"language", FIELD_CHOICE, S_STAFF_LANGUAGE, S__MAX, 8, true, NULL, 0},
};

enum rc
admin_account(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_ACCOUNT, PLACE_ACCOUNT);
    struct view_link links[] = {
        {STR("/admin/account/password/"), staff_word(v, S_STAFF_CHANGE_PASSWORD)},
        {STR("/admin/account/factor/"), staff_word(v, S_STAFF_FACTOR)},
        {STR("/admin/account/passkeys/"), staff_word(v, S_STAFF_PASSKEYS)},
        {STR("/admin/account/tokens/"), staff_word(v, S_TOKENS)},
    };
    struct form form;
    struct view_table sessions;
    struct view_button save = {"do", "1", staff_word(v, S_STAFF_SAVE)};
    form_begin(&form, v, language_form, N_ELEMENTS(language_form));
    form_languages(&form, "language");
    form_set(&form, "language", v->w->site.langs[v->match.lang].code);
    struct view_form shown = {.action = STR("/admin/account/language/"),
                              .fields = form.fields,
                              .n_fields = form.n,
                              .buttons = &save,
                              .n_buttons = 1};
    TRY(session_table(v, &sessions, err));
    struct view_block blocks[] = {
        {.line = str_fmt(v->a, "%.*s (%.*s)", STR_ARG(v->staff.person.name),
                         STR_ARG(v->staff.person.login)),
         .links = links,
         .n_links = N_ELEMENTS(links)},
        {.form = &shown},
        {.heading = staff_word(v, S_STAFF_SESSIONS), .table = &sessions},
    };
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), 200, r, err);
}

enum rc
admin_session_end(struct visit *v, struct http_response *r, struct err *err)
{
    int64_t id = 0;
    if (!str_to_int(http_form_get(&v->staff.form, "id"), 1, INT64_MAX, &id))
        return err_field(err, "id", "no number");
    TRY(auth_session_end_one(v->w->auth, v->staff.person.id, id, err));
    return staff_see_other(v, STR("/admin/account/"), "session-ended", r);
}

enum rc
admin_language(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    TRY(form_read(&form, v, language_form, N_ELEMENTS(language_form), err));
    form_languages(&form, "language");
    form_check_choices(&form);
    if (form.n_errors > 0)
        return err_field(err, "language", "none of the site's");
    gate_set_lang(v, form_value(&form, "language"), r);
    return staff_see_other(v, STR("/admin/account/"), "saved", r);
}

/* ---- password ---- */

static const struct form_spec password_form[] = {
    {"current", FIELD_PASSWORD, S_STAFF_CURRENT_PASSWORD, S__MAX, PASSWORD_MAX, true,
     "current-password", 0},
    {"password", FIELD_PASSWORD, S_STAFF_NEW_PASSWORD, S_STAFF_NEW_PASSWORD_HINT,
     PASSWORD_MAX, true, "new-password", 0},
    {"repeated", FIELD_PASSWORD, S_STAFF_REPEATED_PASSWORD, S__MAX, PASSWORD_MAX, true,
     "new-password", 0},
};

static const enum tpl_string password_faults[PASSWORD_FAULT__MAX] = {
    [PASSWORD_TOO_SHORT] = S_STAFF_PASSWORD_TOO_SHORT,
    [PASSWORD_TOO_LONG] = S_STAFF_PASSWORD_TOO_LONG,
    [PASSWORD_NOT_TEXT] = S_STAFF_PASSWORD_NOT_TEXT,
    [PASSWORD_COMMON] = S_STAFF_PASSWORD_COMMON,
    [PASSWORD_IS_NAME] = S_STAFF_PASSWORD_IS_NAME,
};

static enum rc
show_password(struct visit *v, const struct form *form, struct http_response *r,
              struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_CHANGE_PASSWORD, PLACE_ACCOUNT);
    struct view_button save = {"do", "1", staff_word(v, S_STAFF_CHANGE_PASSWORD)};
    struct view_form shown = {.action = STR("/admin/account/password/"),
                              .buttons = &save,
                              .n_buttons = 1,
                              .cancel = STR("/admin/account/")};
    return staff_form_page(v, &f, NULL, form, &shown, r, err);
}

enum rc
admin_password_page(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    form_begin(&form, v, password_form, N_ELEMENTS(password_form));
    return show_password(v, &form, r, err);
}

static void
check_password(struct visit *v, struct form *form)
{
    struct str password = form_value(form, "password");
    enum password_fault fault = auth_password_fault(password, &v->staff.person, v->a);
    if (fault != PASSWORD_FINE)
        form_error(form, "password", password_faults[fault]);
    if (!str_eq(password, form_value(form, "repeated")))
        form_error(form, "repeated", S_STAFF_PASSWORDS_DIFFER);
}

enum rc
admin_password(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    TRY(form_read(&form, v, password_form, N_ELEMENTS(password_form), err));
    check_password(v, &form);
    TRY(staff_confirm(v, &form, "current", err));
    if (form.n_errors > 0)
        return show_password(v, &form, r, err);
    TRY(auth_person_set_password(v->w->auth, v->staff.person.id,
                                 form_value(&form, "password"), v->now, v->a, err));
    return staff_see_other(v, STR("/admin/sign-in/"), "password", r);
}

/* ---- second factor ---- */

static const struct form_spec begin_form[] = {
    {"current", FIELD_PASSWORD, S_STAFF_CURRENT_PASSWORD, S__MAX, PASSWORD_MAX, true,
     "current-password", 0},
};

static const struct form_spec confirm_form[] = {
    {"code", FIELD_LINE, S_STAFF_FACTOR_CODE, S_STAFF_FACTOR_CODE_HINT, 20, true,
     "one-time-code", 0},
};

/* How the person stands: with an app, with passkeys alone, with neither. */
static enum tpl_string
factor_text(const struct person *p)
{
    return p->has_authenticator ? S_STAFF_FACTOR_IS_ON
           : p->has_passkey     ? S_STAFF_FACTOR_IS_PASSKEY
                                : S_STAFF_FACTOR_TEXT;
}

static enum rc
show_factor(struct visit *v, const struct form *form, struct http_response *r,
            struct err *err)
{
    const struct person *p = &v->staff.person;
    struct view_staff_frame f = staff_frame(v, S_STAFF_FACTOR, PLACE_ACCOUNT);
    struct view_button buttons[2];
    struct view_form shown = {.action = STR("/admin/account/factor/"),
                              .buttons = buttons,
                              .cancel = STR("/admin/account/")};
    struct view_link link = {STR("/admin/account/passkeys/"),
                             staff_word(v, S_STAFF_PASSKEYS)};
    struct view_block block = {
        .line = staff_word(v, factor_text(p)), .links = &link, .n_links = 1};
    if (!p->has_authenticator)
        buttons[shown.n_buttons++] =
            (struct view_button){"do", "set-up", staff_word(v, S_STAFF_SET_UP)};
    if (p->has_second_factor) {
        int n = 0;
        TRY(auth_factor_codes_left(v->w->auth, p->id, &n, err));
        block.line2 =
            str_fmt(v->a, "%.*s %d", STR_ARG(staff_word(v, S_STAFF_CODES_LEFT)), n);
        buttons[shown.n_buttons++] =
            (struct view_button){"do", "codes", staff_word(v, S_STAFF_NEW_CODES)};
    }
    return staff_form_page(v, &f, &block, form, &shown, r, err);
}

enum rc
admin_factor_page(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    form_begin(&form, v, begin_form, N_ELEMENTS(begin_form));
    return show_factor(v, &form, r, err);
}

/* picture and secret are absent when the page asks for the code once more. */
static enum rc
show_confirm(struct visit *v, const struct form *form, struct str uri, struct str secret,
             struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_FACTOR, PLACE_ACCOUNT);
    struct view_button go = {"do", "1", staff_word(v, S_STAFF_CONFIRM)};
    struct view_form shown = {.action = STR("/admin/account/factor/code/"),
                              .buttons = &go,
                              .n_buttons = 1,
                              .cancel = STR("/admin/account/factor/")};
    struct view_block block = {.line = staff_word(v, S_STAFF_FACTOR_SCAN)};
    if (uri.n > 0) {
        block.picture = view_qr(v->a, uri, staff_word(v, S_STAFF_QR_NAME));
        block.codes = &secret;
        block.n_codes = 1;
    }
    return staff_form_page(v, &f, &block, form, &shown, r, err);
}

enum rc
admin_factor_begin(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    struct str secret, uri, codes[FACTOR_CODES];
    TRY(form_read(&form, v, begin_form, N_ELEMENTS(begin_form), err));
    TRY(staff_confirm(v, &form, "current", err));
    if (form.n_errors > 0)
        return show_factor(v, &form, r, err);
    if (v->staff.person.has_authenticator ||
        str_eq_z(http_form_get(&v->staff.form, "do"), "codes")) {
        TRY(auth_factor_new_codes(v->w->auth, &v->staff.person, v->a, codes, err));
        return staff_codes(v, codes, S_STAFF_DONE_CODES, r, err);
    }
    TRY(auth_factor_begin(v->w->auth, &v->staff.person, v->w->site.langs[0].name, v->a,
                          &secret, &uri, err));
    form_begin(&form, v, confirm_form, N_ELEMENTS(confirm_form));
    return show_confirm(v, &form, uri, secret, r, err);
}

enum rc
admin_factor_confirm(struct visit *v, struct http_response *r, struct err *err)
{
    static const struct str none;
    struct form form;
    struct str codes[FACTOR_CODES];
    TRY(form_read(&form, v, confirm_form, N_ELEMENTS(confirm_form), err));
    if (form.n_errors > 0)
        return show_confirm(v, &form, none, none, r, err);
    enum rc rc = auth_factor_confirm(v->w->auth, &v->staff.person,
                                     form_value(&form, "code"), v->now, v->a, codes, err);
    if (rc == RC_OK)
        TRY(gate_renew(v, r, err));
    if (rc == RC_OK)
        return staff_codes(v, codes, S_STAFF_DONE_FACTOR, r, err);
    if (rc != RC_DENIED)
        return rc;
    form_set(&form, "code", STR(""));
    form_error(&form, "code", S_STAFF_WRONG_CODE);
    return show_confirm(v, &form, none, none, r, err);
}
