/* web/gate.c - who may pass the newsroom's door, and how a request must be made to change
 * something.
 *
 * A form's token is a digest under the session's token as key: nobody can make it who
 * does not have the cookie, and nothing has to be stored for it. */
#include "http/body.h"
#include "http/cookie.h"
#include "http/field.h"
#include "http/multipart.h"
#include "web/api/api.h"
#include "web/staff.h"
#include "web/upload.h"

#include "base/hash.h"

enum { YEAR_S = 365 * TIME_DAY_S };

/* ---- cookies ---- */

/* Only what we could have given out ourselves becomes a key. */
static bool
is_token(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n == HASH_HEX_SIZE;
}

static void
take_token(struct visit *v, struct str token)
{
    v->staff.token = token;
    v->staff.csrf = hash_keyed(v->a, token, STR("byline form"));
}

static void
set_cookie(struct visit *v, const char *name, struct str value, int64_t max_age_s,
           struct http_response *r)
{
    http_response_header(r, STR("Set-Cookie"),
                         http_cookie_write(v->a, name, value, max_age_s));
}

void
gate_set_token(struct visit *v, struct str token, struct http_response *r)
{
    if (token.p == NULL)
        set_cookie(v, SESSION_COOKIE, STR(""), 0, r);
    else
        set_cookie(v, SESSION_COOKIE, token, -1, r);
}

void
gate_begin(struct visit *v, struct http_response *r)
{
    if (v->staff.token.p != NULL)
        return;
    take_token(v, hash_random_hex(v->a));
    gate_set_token(v, v->staff.token, r);
}

enum rc
gate_renew(struct visit *v, struct http_response *r, struct err *err)
{
    struct str token;
    TRY(auth_session_renew(v->w->auth, v->staff.token, v->now, v->a, &token, err));
    take_token(v, token);
    gate_set_token(v, token, r);
    return RC_OK;
}

void
gate_set_device(struct visit *v, struct str device, struct http_response *r)
{
    set_cookie(v, DEVICE_COOKIE, device, YEAR_S, r);
}

int
gate_lang(const struct visit *v)
{
    const struct site *site = &v->w->site;
    struct str codes[SITE_LANGS_MAX];
    for (int i = 0; i < site->n_langs; i++)
        codes[i] = site->langs[i].code;
    int lang = site_lang_find(site, http_cookie_find(v->req.cookie, LANG_COOKIE));
    if (lang < 0)
        lang = http_field_language(v->req.accept_language, codes, site->n_langs);
    return lang < 0 ? 0 : lang;
}

void
gate_set_lang(struct visit *v, struct str code, struct http_response *r)
{
    set_cookie(v, LANG_COOKIE, code, YEAR_S, r);
}

void
gate_headers(struct http_response *r)
{
    static const char *const headers[][2] = {
        {"Content-Security-Policy",
         "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
         "connect-src 'self'; base-uri 'none'; form-action 'self'; "
         "frame-ancestors 'none'"},
        /* Not no-referrer: browsers would then send no Origin with our forms. */
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), "
                               "publickey-credentials-create=(self), "
                               "publickey-credentials-get=(self)"},
    };
    for (size_t i = 0; i < N_ELEMENTS(headers); i++)
        if (http_response_find(r, headers[i][0]).p == NULL)
            http_response_header(r, str_of(headers[i][0]), str_of(headers[i][1]));
}

/* ---- the checks, in their order ---- */

static bool
is_write(const struct visit *v)
{
    return v->match.route->methods == ROUTE_WRITE;
}

static enum rc
refuse(struct visit *v, enum tpl_string title, enum tpl_string text,
       struct http_response *r, struct err *err)
{
    return staff_message(v, 403, title, staff_word(v, text), r, err);
}

/* A password or a session on an open line would be everybody's. */
static enum rc
check_transport(struct visit *v, struct http_response *r, struct err *err)
{
    if (v->req.is_https || web_is_local(v->req.remote_addr))
        return RC_OK;
    return refuse(v, S_STAFF_PLAIN_TITLE, S_STAFF_PLAIN_TEXT, r, err);
}

static enum rc
look_up(struct visit *v, struct str token, struct err *err)
{
    struct staff *s = &v->staff;
    if (!is_token(token))
        return RC_OK;
    take_token(v, token);
    enum rc rc =
        auth_session_find(v->w->auth, token, v->now, v->a, &s->session, &s->person, err);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    s->is_signed_in = true;
    rc = auth_session_seen(v->w->auth, &s->session, v->now, err);
    return rc == RC_BUSY ? RC_OK : rc; /* it is noted the next time */
}

/* Whatever is changed from here on is told of whoever this is. */
static enum rc
find_session(struct visit *v, struct http_response *r, struct err *err)
{
    (void)r;
    TRY(visit_open(v, err));
    TRY(look_up(v, http_cookie_find(v->req.cookie, SESSION_COOKIE), err));
    struct actor who = staff_actor(v);
    auth_act_as(v->w->auth, &who, v->now);
    return RC_OK;
}

static enum rc
to_sign_in(struct visit *v, struct http_response *r)
{
    struct str to = is_write(v) ? STR("/admin/") : v->req.path;
    return staff_see_other(
        v, str_fmt(v->a, "/admin/sign-in/?to=%.*s", STR_ARG(http_encode_path(v->a, to))),
        NULL, r);
}

/* A link on another site: the browser keeps our cookie back (SameSite=Strict), and sends
 * it when our own page asks again. */
static enum rc
from_elsewhere(struct visit *v, struct http_response *r, struct err *err)
{
    struct str path = http_encode_path(v->a, v->req.path);
    struct view_staff_frame f = staff_frame(v, S_STAFF_NEWSROOM, PLACE_NONE);
    struct view_link link = {path, staff_word(v, S_STAFF_GO_ON)};
    struct view_block block = {.links = &link, .n_links = 1};
    http_response_header(r, STR("Refresh"), str_fmt(v->a, "0; url=%.*s", STR_ARG(path)));
    return staff_page(v, &f, &block, 1, 200, r, err);
}

static enum rc
check_capability(struct visit *v, struct http_response *r, struct err *err)
{
    const struct route *route = v->match.route;
    enum right right = route_right(route);
    struct staff *s = &v->staff;
    if (route->capability == ROUTE_SIGN_IN || route->capability == ROUTE_SECRET)
        return RC_OK;
    if (!s->is_signed_in) {
        s->must_ask_again = route->csrf == ROUTE_KEPT;
        if (s->must_ask_again)
            return RC_OK;
        return !is_write(v) && str_eq_z(v->req.fetch_site, "cross-site")
                   ? from_elsewhere(v, r, err)
                   : to_sign_in(v, r);
    }
    if (right < RIGHT__MAX && right_is_possible(&s->person, right))
        return RC_OK;
    if (s->person.must_have_second_factor && !s->person.has_second_factor)
        return staff_see_other(v, STR("/admin/account/factor/"), "factor-needed", r);
    return refuse(v, S_STAFF_FORBIDDEN_TITLE, S_STAFF_FORBIDDEN_TEXT, r, err);
}

/* A form of ours is sent from our own address; every browser of today says so. */
static enum rc
check_origin(struct visit *v, struct http_response *r, struct err *err)
{
    if (!is_write(v) ||
        (str_eq(v->req.origin, v->w->site.url) &&
         (v->req.fetch_site.p == NULL || str_eq_z(v->req.fetch_site, "same-origin"))))
        return RC_OK;
    return staff_message(v, 403, S_STAFF_ORIGIN_TITLE,
                         str_fmt(v->a, "%.*s %.*s/admin/",
                                 STR_ARG(staff_word(v, S_STAFF_ORIGIN_TEXT)),
                                 STR_ARG(v->w->site.url)),
                         r, err);
}

static enum rc
too_large(struct visit *v, enum tpl_string text, struct http_response *r, struct err *err)
{
    return staff_message(v, 413, S_TOO_LONG_TITLE, staff_word(v, text), r, err);
}

static enum rc
no_form(struct visit *v, struct http_response *r, struct err *err)
{
    return staff_message(v, 415, S_BAD_REQUEST_TITLE, staff_word(v, S_STAFF_NO_FORM), r,
                         err);
}

/* A file that comes before the token is refused as the token is, by the next check. */
static enum rc
read_photos(struct visit *v, struct http_response *r, struct err *err)
{
    struct str boundary;
    if (!http_multipart_boundary(v->req.content_type, &boundary))
        return no_form(v, r, err);
    enum rc rc = upload_read_form(v, boundary, v->staff.csrf, err);
    if (rc == RC_LIMIT)
        return too_large(v, S_UPLOAD_TOO_LARGE, r, err);
    return rc == RC_DENIED ? RC_OK : rc;
}

static enum rc
read_form(struct visit *v, struct http_response *r, struct err *err)
{
    struct str body;
    if (!is_write(v))
        return RC_OK;
    if (upload_is_for(v->match.route))
        return read_photos(v, r, err);
    if (!http_form_is_type(v->req.content_type))
        return no_form(v, r, err);
    enum rc rc =
        http_body_read(v->env, v->req.content_length, HTTP_FORM_MAX, v->a, &body, err);
    if (rc == RC_OK)
        rc = http_form_read(v->a, body, &v->staff.form, err);
    return rc == RC_LIMIT ? too_large(v, S_STAFF_FORM_TOO_LONG, r, err) : rc;
}

/* ---- forms that come too late ---- */

static enum rc
ask_again(struct visit *v, struct http_response *r, struct err *err)
{
    const struct http_form *form = &v->staff.form;
    bool is_in = v->staff.is_signed_in;
    struct view_staff_frame f = staff_frame(v, S_STAFF_AGAIN_TITLE, PLACE_NONE);
    struct view_field *fields = arena_array(v->a, struct view_field, form->n);
    struct view_button send = {"again", "1", staff_word(v, S_STAFF_SEND_AGAIN)};
    struct view_form shown = {.action = http_encode_path(v->a, v->req.path),
                              .fields = fields,
                              .buttons = &send,
                              .n_buttons = 1};
    struct view_link sign_in = {STR("/admin/sign-in/"), staff_word(v, S_STAFF_SIGN_IN)};
    struct view_block block = {
        .line = staff_word(v, is_in ? S_STAFF_AGAIN_TEXT : S_STAFF_AGAIN_SIGN_IN),
        .links = &sign_in,
        .n_links = is_in ? 0 : 1,
        .links_open_anew = true,
        .form = &shown};
    for (int i = 0; i < form->n; i++)
        if (!str_eq_z(form->fields[i].name, "csrf") &&
            !str_eq_z(form->fields[i].name, "again"))
            fields[shown.n_fields++] =
                (struct view_field){.kind = FIELD_HIDDEN,
                                    .name = form->fields[i].name,
                                    .value = form->fields[i].value};
    return staff_page(v, &f, &block, 1, 403, r, err);
}

static enum rc
check_token(struct visit *v, struct http_response *r, struct err *err)
{
    const struct staff *s = &v->staff;
    if (!is_write(v))
        return RC_OK;
    struct str token = http_form_get(&s->form, "csrf");
    if (!s->must_ask_again && s->csrf.p != NULL && token.p != NULL &&
        hash_is_same(token, s->csrf))
        return RC_OK;
    if (v->match.route->csrf == ROUTE_KEPT)
        return ask_again(v, r, err);
    return refuse(v, S_STAFF_EXPIRED_TITLE, S_STAFF_EXPIRED_TEXT, r, err);
}

enum rc
gate_pass(struct visit *v, struct http_response *r, struct err *err)
{
    if (v->match.route->csrf == ROUTE_BEARER)
        return api_pass(v, r, err);
    static enum rc (*const checks[])(struct visit *, struct http_response *,
                                     struct err *) = {
        check_transport, find_session, check_capability,
        check_origin,    read_form,    check_token,
    };
    for (size_t i = 0; i < N_ELEMENTS(checks) && r->status == 0; i++)
        TRY(checks[i](v, r, err));
    return RC_OK;
}
