/* web/admin/sign_in.c - signing in, in one step or two, or by passkey; signing out. */
#include "auth/passkey.h"
#include "auth/password.h"
#include "ops/log.h"
#include "web/handlers.h"
#include "web/staff.h"

static const struct form_spec sign_in_form[] = {
    {"login", FIELD_LINE, S_STAFF_LOGIN, S__MAX, LOGIN_MAX, true, "username", 0},
    {"password", FIELD_PASSWORD, S_STAFF_PASSWORD, S__MAX, PASSWORD_MAX, true,
     "current-password", 0},
    {"to", FIELD_HIDDEN, S__MAX, S__MAX, HTTP_PATH_MAX, false, NULL, 0},
};

static const struct form_spec code_form[] = {
    {"code", FIELD_LINE, S_STAFF_CODE, S_STAFF_CODE_HINT, 100, true, "one-time-code", 0},
    {"to", FIELD_HIDDEN, S__MAX, S__MAX, HTTP_PATH_MAX, false, NULL, 0},
};

/* Where to go afterwards: a page of ours that can be read, else the first one. */
static struct str
way_on(struct visit *v, struct str to)
{
    struct route_match m;
    route_find(&v->w->site, HTTP_GET, to, &m);
    bool is_ours =
        route_is_staff(to) && m.route != NULL && m.route->capability != ROUTE_SIGN_IN;
    return is_ours ? http_encode_path(v->a, to) : STR("/admin/");
}

static struct str
asked_for(struct visit *v)
{
    struct str to = STR("");
    struct err err;
    if (http_request_param(&v->req, "to", &to, &err) != RC_OK)
        return STR("");
    return to;
}

/* A step of signing in: its form, and the passkey that does as well. */
struct step {
    const char *address;
    enum tpl_string title, button, heading, passkey_button;
};

static const struct step first_step = {
    "/admin/sign-in/",  S_STAFF_SIGN_IN,         S_STAFF_SIGN_IN,
    S_STAFF_PASSKEY_OR, S_STAFF_PASSKEY_SIGN_IN,
};

static const struct step code_step = {
    "/admin/sign-in/code/", S_STAFF_CODE_TITLE,     S_STAFF_GO_ON,
    S_STAFF_PASSKEY,        S_STAFF_PASSKEY_SECOND,
};

/* A page of one block or two, the main one first. The last field of both forms is where
 * to go afterwards, which the passkey's form keeps too. problem: of the passkey; S__MAX:
 * none. */
static enum rc
show(struct visit *v, const struct step *step, const struct form *form,
     struct view_passkey *ask, enum tpl_string problem, struct http_response *r,
     struct err *err)
{
    struct view_button send = {"do", "1", staff_word(v, step->button)};
    struct view_form shown = {.action = str_of(step->address),
                              .fields = form->fields,
                              .n_fields = form->n,
                              .buttons = &send,
                              .n_buttons = 1};
    struct view_staff_frame f = staff_frame(v, step->title, PLACE_NONE);
    struct view_block form_part = {.form = &shown};
    struct view_block key_part = {.heading = staff_word(v, step->heading),
                                  .passkey = ask};
    bool is_key_first = ask != NULL && ask->is_main;
    struct view_block blocks[] = {is_key_first ? key_part : form_part,
                                  is_key_first ? form_part : key_part};
    bool is_bad = form->n_errors > 0 || problem != S__MAX;
    if (is_bad)
        f.problem = staff_word(v, problem != S__MAX ? problem : S_STAFF_LOOK_BELOW);
    if (ask != NULL) {
        f.scripts[0] = "js/passkey.js";
        ask->action = STR("/admin/sign-in/passkey/");
        ask->page = str_of(step->address);
        ask->button = staff_word(v, step->passkey_button);
        ask->kept = &form->fields[form->n - 1];
        ask->n_kept = 1;
        TRY(staff_challenge(v, PASSKEY_GET, ask, err));
    }
    return staff_page(v, &f, blocks, ask != NULL ? 2 : 1, is_bad ? 422 : 200, r, err);
}

static enum rc
show_sign_in(struct visit *v, const struct form *form, enum tpl_string problem,
             struct http_response *r, struct err *err)
{
    struct view_passkey ask = {.must_verify = true};
    gate_begin(v, r);
    return show(v, &first_step, form, &ask, problem, r, err);
}

/* The passkeys of whoever gave a password; a stranger sees a form and no more. */
static enum rc
show_code(struct visit *v, const struct form *form, enum tpl_string problem,
          struct http_response *r, struct err *err)
{
    struct passkey known[PASSKEYS_MAX];
    struct person p;
    struct view_passkey ask = {.known = known, .is_main = true};
    gate_begin(v, r);
    enum rc rc = auth_waiting(v->w->auth, v->staff.token, v->now, v->a, &p, err);
    if (rc == RC_OK)
        rc = auth_passkey_list(v->w->auth, p.id, v->a, known, &ask.n_known, err);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    return show(v, &code_step, form, ask.n_known > 0 ? &ask : NULL, problem, r, err);
}

enum rc
admin_sign_in_page(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    if (v->staff.is_signed_in)
        return staff_see_other(v, way_on(v, asked_for(v)), NULL, r);
    form_begin(&form, v, sign_in_form, N_ELEMENTS(sign_in_form));
    form_set(&form, "to", asked_for(v));
    return show_sign_in(v, &form, S__MAX, r, err);
}

/* A step that succeeded gives a new token, whole or waiting for the second factor. */
static enum rc
grant(struct visit *v, const struct auth_grant *g, struct str to, struct http_response *r)
{
    struct str on = way_on(v, to);
    gate_set_token(v, g->token, r);
    if (g->needs_second_factor)
        return staff_see_other(
            v, str_fmt(v->a, "/admin/sign-in/code/?to=%.*s", STR_ARG(on)), NULL, r);
    if (g->device.p != NULL)
        gate_set_device(v, g->device, r);
    return staff_see_other(v, on, NULL, r);
}

static void
retry_after(struct visit *v, const struct auth_grant *g, struct http_response *r)
{
    http_response_header(r, STR("Retry-After"),
                         str_fmt(v->a, "%lld", (long long)g->retry_after_s));
}

/* What a step that failed means; RC_OK: it is noted in the form. */
static enum rc
note_failure(struct visit *v, enum rc rc, const struct auth_grant *g, struct form *form,
             const char *field, enum tpl_string denied, struct http_response *r)
{
    if (rc == RC_DENIED) {
        form_error(form, field, denied);
        return RC_OK;
    }
    if (rc != RC_LIMIT)
        return rc;
    form_error(form, field, S_STAFF_TOO_MANY_TRIES);
    retry_after(v, g, r);
    return RC_OK;
}

enum rc
admin_sign_in(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    struct auth_grant g = {0};
    TRY(form_read(&form, v, sign_in_form, N_ELEMENTS(sign_in_form), err));
    if (form.n_errors > 0)
        return show_sign_in(v, &form, S__MAX, r, err);
    struct auth_attempt t = staff_attempt(v, form_value(&form, "password"));
    t.login = form_value(&form, "login");
    enum rc rc = auth_sign_in(v->w->auth, &t, v->a, &g, err);
    if (rc == RC_OK && v->staff.is_signed_in) /* nobody holds the old one any more */
        TRY(auth_session_end(v->w->auth, v->staff.token, err));
    if (rc == RC_OK)
        return grant(v, &g, form_value(&form, "to"), r);
    TRY(note_failure(v, rc, &g, &form, "login", S_STAFF_WRONG_LOGIN, r));
    TRY(show_sign_in(v, &form, S__MAX, r, err));
    r->status = rc == RC_LIMIT ? 429 : r->status;
    return RC_OK;
}

enum rc
admin_code_page(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    form_begin(&form, v, code_form, N_ELEMENTS(code_form));
    form_set(&form, "to", asked_for(v));
    return show_code(v, &form, S__MAX, r, err);
}

enum rc
admin_code(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    struct auth_grant g = {0};
    TRY(form_read(&form, v, code_form, N_ELEMENTS(code_form), err));
    if (form.n_errors > 0)
        return show_code(v, &form, S__MAX, r, err);
    struct auth_attempt t = staff_attempt(v, form_value(&form, "code"));
    enum rc rc = auth_second_factor(v->w->auth, v->staff.token, &t, v->a, &g, err);
    if (rc == RC_OK)
        return grant(v, &g, form_value(&form, "to"), r);
    form_set(&form, "code", STR(""));
    TRY(note_failure(v, rc, &g, &form, "code", S_STAFF_WRONG_CODE, r));
    TRY(show_code(v, &form, S__MAX, r, err));
    r->status = rc == RC_LIMIT ? 429 : r->status;
    return RC_OK;
}

/* ---- by passkey ---- */

static const struct form_spec answer_form[] = {
    FORM_HIDDEN("ticket"),     FORM_HIDDEN("client-data"), FORM_HIDDEN("auth-data"),
    FORM_HIDDEN("credential"), FORM_HIDDEN("signature"),   FORM_HIDDEN("user"),
    FORM_HIDDEN("to"),
};

/* The page again from which the passkey was asked for: the second step's, when the
 * session waits for it. */
static enum rc
show_refused(struct visit *v, enum tpl_string problem, struct str to,
             struct http_response *r, struct err *err)
{
    struct form form;
    struct person p;
    enum rc rc = auth_waiting(v->w->auth, v->staff.token, v->now, v->a, &p, err);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    if (rc == RC_OK)
        form_begin(&form, v, code_form, N_ELEMENTS(code_form));
    else
        form_begin(&form, v, sign_in_form, N_ELEMENTS(sign_in_form));
    form_set(&form, "to", to);
    return rc == RC_OK ? show_code(v, &form, problem, r, err)
                       : show_sign_in(v, &form, problem, r, err);
}

static enum rc
refuse_passkey(struct visit *v, enum rc rc, const struct auth_grant *g, struct str to,
               struct http_response *r, struct err *err)
{
    if (g->is_copied)
        log_event(LOG_WARN, "passkey_copied", LOG_I("person", g->person.id), LOG_END);
    if (rc == RC_DENIED || rc == RC_INVALID)
        return show_refused(v, S_STAFF_PASSKEY_REFUSED, to, r, err);
    if (rc != RC_LIMIT)
        return rc;
    retry_after(v, g, r);
    TRY(show_refused(v, S_STAFF_TOO_MANY_TRIES, to, r, err));
    r->status = 429;
    return RC_OK;
}

enum rc
admin_passkey_sign_in(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    struct auth_grant g = {0};
    TRY(form_read(&form, v, answer_form, N_ELEMENTS(answer_form), err));
    struct passkey_answer w = {.ticket = form_value(&form, "ticket"),
                               .client_data = form_value(&form, "client-data"),
                               .auth_data = form_value(&form, "auth-data"),
                               .credential = form_value(&form, "credential"),
                               .signature = form_value(&form, "signature"),
                               .user = form_value(&form, "user")};
    struct auth_attempt t = staff_attempt(v, (struct str){NULL, 0});
    struct str to = form_value(&form, "to");
    enum rc rc = form.n_errors > 0 ? RC_INVALID
                                   : auth_passkey_sign_in(v->w->auth, v->staff.token, &w,
                                                          &t, v->a, &g, err);
    return rc == RC_OK ? grant(v, &g, to, r) : refuse_passkey(v, rc, &g, to, r, err);
}

enum rc
admin_sign_out(struct visit *v, struct http_response *r, struct err *err)
{
    TRY(auth_session_end(v->w->auth, v->staff.token, err));
    gate_set_token(v, (struct str){NULL, 0}, r);
    /* What the forms' script kept in the browser (W3C Clear Site Data section 3.1). */
    http_response_header(r, STR("Clear-Site-Data"), STR("\"storage\""));
    return staff_see_other(v, STR("/admin/sign-in/"), "signed-out", r);
}
