/* web/admin/sign_in.c - signing in, in one step or two, and signing out. */
#include "auth/password.h"
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

static enum rc
show(struct visit *v, const struct form *form, enum tpl_string title, const char *action,
     enum tpl_string button, struct http_response *r, struct err *err)
{
    struct view_button send = {"do", "1", staff_word(v, button)};
    struct view_form shown = {.action = str_of(action), .buttons = &send, .n_buttons = 1};
    gate_begin(v, r);
    struct view_staff_frame f = staff_frame(v, title, PLACE_NONE);
    return staff_form_page(v, &f, NULL, form, &shown, r, err);
}

static enum rc
show_sign_in(struct visit *v, const struct form *form, struct http_response *r,
             struct err *err)
{
    return show(v, form, S_STAFF_SIGN_IN, "/admin/sign-in/", S_STAFF_SIGN_IN, r, err);
}

static enum rc
show_code(struct visit *v, const struct form *form, struct http_response *r,
          struct err *err)
{
    return show(v, form, S_STAFF_CODE_TITLE, "/admin/sign-in/code/", S_STAFF_GO_ON, r,
                err);
}

enum rc
admin_sign_in_page(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    if (v->staff.is_signed_in)
        return staff_see_other(v, way_on(v, asked_for(v)), NULL, r);
    form_begin(&form, v, sign_in_form, N_ELEMENTS(sign_in_form));
    form_set(&form, "to", asked_for(v));
    return show_sign_in(v, &form, r, err);
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
    http_response_header(r, STR("Retry-After"),
                         str_fmt(v->a, "%lld", (long long)g->retry_after_s));
    return RC_OK;
}

enum rc
admin_sign_in(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    struct auth_grant g = {0};
    TRY(form_read(&form, v, sign_in_form, N_ELEMENTS(sign_in_form), err));
    if (form.n_errors > 0)
        return show_sign_in(v, &form, r, err);
    struct auth_attempt t = staff_attempt(v, form_value(&form, "password"));
    t.login = form_value(&form, "login");
    enum rc rc = auth_sign_in(v->w->auth, &t, v->a, &g, err);
    if (rc == RC_OK)
        return grant(v, &g, form_value(&form, "to"), r);
    TRY(note_failure(v, rc, &g, &form, "login", S_STAFF_WRONG_LOGIN, r));
    TRY(show_sign_in(v, &form, r, err));
    r->status = rc == RC_LIMIT ? 429 : r->status;
    return RC_OK;
}

enum rc
admin_code_page(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    form_begin(&form, v, code_form, N_ELEMENTS(code_form));
    form_set(&form, "to", asked_for(v));
    return show_code(v, &form, r, err);
}

enum rc
admin_code(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    struct auth_grant g = {0};
    TRY(form_read(&form, v, code_form, N_ELEMENTS(code_form), err));
    if (form.n_errors > 0)
        return show_code(v, &form, r, err);
    struct auth_attempt t = staff_attempt(v, form_value(&form, "code"));
    enum rc rc = auth_second_factor(v->w->auth, v->staff.token, &t, v->a, &g, err);
    if (rc == RC_OK)
        return grant(v, &g, form_value(&form, "to"), r);
    form_set(&form, "code", STR(""));
    TRY(note_failure(v, rc, &g, &form, "code", S_STAFF_WRONG_CODE, r));
    TRY(show_code(v, &form, r, err));
    r->status = rc == RC_LIMIT ? 429 : r->status;
    return RC_OK;
}

enum rc
admin_sign_out(struct visit *v, struct http_response *r, struct err *err)
{
    TRY(auth_session_end(v->w->auth, v->staff.token, err));
    gate_set_token(v, (struct str){NULL, 0}, r);
    return staff_see_other(v, STR("/admin/sign-in/"), "signed-out", r);
}
