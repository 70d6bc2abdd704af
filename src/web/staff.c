/* web/staff.c - pages and answers that the newsroom's handlers share. */
#include "web/staff.h"

#include "http/cookie.h"

#include "base/time.h"

struct str
staff_word(const struct visit *v, enum tpl_string s)
{
    return view_string(&v->w->view, v->match.lang, s);
}

/* What a redirect may tell the page after it. */
static const struct {
    const char *done;
    enum tpl_string text;
} news_of[] = {
#define DONE(word, text) {word, text},
#include "web/done.def"
#undef DONE
};

static struct str
done_text(const struct visit *v)
{
    struct str word;
    struct err err;
    if (http_request_param(&v->req, "done", &word, &err) == RC_OK)
        for (size_t i = 0; i < N_ELEMENTS(news_of); i++)
            if (str_eq_z(word, news_of[i].done))
                return staff_word(v, news_of[i].text);
    return (struct str){NULL, 0};
}

/* Whom the menu offers what. */
static const struct {
    enum view_place place;
    enum right right;
} place_rights[] = {
    {PLACE_TODAY, RIGHT_OWN_ACCOUNT}, {PLACE_CALENDAR, RIGHT_ITEM_VIEW},
    {PLACE_ITEMS, RIGHT_ITEM_VIEW},   {PLACE_NEW_ITEM, RIGHT_ITEM_CREATE},
    {PLACE_PHOTOS, RIGHT_PHOTO_VIEW}, {PLACE_PEOPLE, RIGHT_PEOPLE},
    {PLACE_SECTIONS, RIGHT_SECTIONS}, {PLACE_WORDS, RIGHT_SETTINGS},
    {PLACE_AUDIT, RIGHT_AUDIT},       {PLACE_ACCOUNT, RIGHT_OWN_ACCOUNT},
};

struct view_staff_frame
staff_frame(struct visit *v, enum tpl_string title, enum view_place place)
{
    const struct staff *s = &v->staff;
    struct view_staff_frame f = {
        .lang = v->match.lang,
        .title = staff_word(v, title),
        .person = s->is_signed_in ? s->person.name : (struct str){NULL, 0},
        .person_id = s->person.id,
        .place = place,
        .csrf = s->csrf,
        .done = done_text(v),
    };
    for (size_t i = 0; i < N_ELEMENTS(place_rights); i++)
        f.may[place_rights[i].place] =
            s->is_signed_in && right_is_possible(&s->person, place_rights[i].right);
    return f;
}

enum rc
staff_page(struct visit *v, const struct view_staff_frame *f,
           const struct view_block *blocks, int n, int status, struct http_response *r,
           struct err *err)
{
    TRY(view_staff_page(&v->w->view, f, blocks, n, v->a, &r->body, err));
    r->status = status;
    http_response_header(r, STR("Content-Type"), STR("text/html; charset=utf-8"));
    http_response_header(r, STR("Content-Language"), v->w->site.langs[f->lang].code);
    return RC_OK;
}

enum rc
staff_form_page(struct visit *v, struct view_staff_frame *f,
                const struct view_block *block, const struct form *form,
                const struct view_form *shown, struct http_response *r, struct err *err)
{
    struct view_form whole = *shown;
    struct view_block b = block != NULL ? *block : (struct view_block){0};
    whole.fields = form->fields;
    whole.n_fields = form->n;
    b.form = &whole;
    if (form->n_errors > 0 && f->problem.n == 0)
        f->problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, f, &b, 1, form->n_errors > 0 ? 422 : 200, r, err);
}

enum rc
staff_message(struct visit *v, int status, enum tpl_string title, struct str text,
              struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, title, PLACE_NONE);
    struct view_block block = {.line = text};
    if (status >= 500)
        block.line2 = str_fmt(v->a, "%.*s %.*s", STR_ARG(staff_word(v, S_REQUEST_ID)),
                              STR_ARG(v->req.id));
    f.done = (struct str){NULL, 0};
    return staff_page(v, &f, &block, 1, status, r, err);
}

enum rc
staff_codes(struct visit *v, const struct str codes[FACTOR_CODES], enum tpl_string done,
            struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_CODES_TITLE, PLACE_ACCOUNT);
    struct view_link on = {STR("/admin/account/"), staff_word(v, S_STAFF_GO_ON)};
    struct view_block blocks[] = {
        {.line = staff_word(v, S_STAFF_CODES_TEXT),
         .codes = codes,
         .n_codes = FACTOR_CODES},
        {.links = &on, .n_links = 1},
    };
    f.done = staff_word(v, done);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), 200, r, err);
}

enum rc
staff_confirm(struct visit *v, struct form *form, const char *field, struct err *err)
{
    if (form->n_errors > 0)
        return RC_OK;
    struct auth_attempt t = staff_attempt(v, form_value(form, field));
    enum rc rc = auth_confirm(v->w->auth, &v->staff.person, &t, v->a, err);
    if (rc == RC_DENIED)
        form_error(form, field, S_STAFF_WRONG_PASSWORD);
    if (rc == RC_LIMIT)
        form_error(form, field, S_STAFF_TOO_MANY_TRIES);
    return rc == RC_DENIED || rc == RC_LIMIT ? RC_OK : rc;
}

enum rc
staff_challenge(struct visit *v, enum passkey_use use, struct view_passkey *out,
                struct err *err)
{
    struct passkey_challenge c;
    TRY(auth_passkey_challenge(v->w->auth, v->staff.token, use, v->now, v->a, &c, err));
    out->party = c.party;
    out->challenge = c.value;
    out->ticket = c.ticket;
    return RC_OK;
}

enum rc
staff_see_other(struct visit *v, struct str path, const char *done,
                struct http_response *r)
{
    if (done != NULL)
        path = str_fmt(v->a, "%.*s?done=%s", STR_ARG(path), done);
    r->status = 303;
    r->body = STR("");
    http_response_header(r, STR("Location"), path);
    return RC_OK;
}

int64_t
staff_number(const struct visit *v, int i)
{
    int64_t n = 0;
    return str_to_int(v->match.words[i], 1, INT64_MAX, &n) ? n : 0;
}

struct desk
staff_desk(struct visit *v)
{
    struct actor *who = arena_alloc(v->a, sizeof *who);
    *who = staff_actor(v);
    visit_end_data(v);
    return (struct desk){v->w->st, &v->w->site, who, v->now};
}

struct auth_attempt
staff_attempt(const struct visit *v, struct str password)
{
    return (struct auth_attempt){
        .login = v->staff.is_signed_in ? v->staff.person.login : (struct str){NULL, 0},
        .password = password,
        .device = http_cookie_find(v->req.cookie, DEVICE_COOKIE),
        .address = v->req.remote_addr,
        .agent = v->req.user_agent,
        .now = v->now,
    };
}

struct actor
staff_actor(const struct visit *v)
{
    const struct staff *s = &v->staff;
    if (!s->is_signed_in)
        return (struct actor){.name = STR(""), .origin = v->req.remote_addr};
    return (struct actor){.person = &s->person,
                          .person_id = s->person.id,
                          .name = s->person.name,
                          .origin = v->req.remote_addr};
}

struct str
staff_moment(const struct visit *v, int64_t t)
{
    struct civil c = time_office(t);
    return str_fmt(v->a, "%.*s %02d:%02d",
                   STR_ARG(view_date(&v->w->view.langs[v->match.lang], v->a, t)), c.hour,
                   c.minute);
}

struct str
staff_clock(const struct visit *v, int64_t t)
{
    struct civil c = time_office(t), now = time_office(v->now);
    if (c.year == now.year && c.month == now.month && c.day == now.day)
        return str_fmt(v->a, "%02d:%02d", c.hour, c.minute);
    return staff_moment(v, t);
}
