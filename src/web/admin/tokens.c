/* web/admin/tokens.c - one's own tokens for programs. */
#include "auth/password.h"
#include "auth/token.h"
#include "web/handlers.h"
#include "web/staff.h"

enum { COLUMNS = 5 };

static const enum tpl_string scope_names[SCOPE__MAX] = {
    [SCOPE_READ] = S_TOKEN_SCOPE_READ,
    [SCOPE_WRITE] = S_TOKEN_SCOPE_WRITE,
    [SCOPE_APPROVE] = S_TOKEN_SCOPE_APPROVE,
};

static const struct {
    const char *days;
    enum tpl_string name;
} lives[] = {
    {"7", S_TOKEN_LIFE_WEEK},
    {"30", S_TOKEN_LIFE_MONTH},
    {"90", S_TOKEN_LIFE_QUARTER},
    {"365", S_TOKEN_LIFE_YEAR},
};

/* ---- the list ---- */

/* What it may, and where. */
static struct str
describe(struct visit *v, const struct sections *sections, const struct token *t)
{
    struct str text = staff_word(v, scope_names[t->scope]);
    for (int i = 0; i < t->n_sections; i++) {
        const struct section *s = sections_by_id(sections, t->sections[i]);
        if (s != NULL)
            text = str_fmt(v->a, "%.*s%s%.*s", STR_ARG(text), i == 0 ? ": " : ", ",
                           STR_ARG(section_name(s, v->match.lang)));
    }
    return text;
}

static void
fill_row(struct visit *v, const struct sections *sections, const struct token *t,
         struct view_cell *row)
{
    bool is_over = t->expires_at <= v->now;
    row[0].text = t->name;
    row[1].text = describe(v, sections, t);
    row[2].text = t->used_at == TIME_NONE ? staff_word(v, S_TOKEN_NEVER)
                                          : staff_moment(v, t->used_at);
    row[3].text = staff_moment(v, t->expires_at);
    if (is_over)
        row[3].text = str_fmt(v->a, "%.*s: %.*s", STR_ARG(staff_word(v, S_TOKEN_OVER)),
                              STR_ARG(row[3].text));
    row[4].text = staff_word(v, S_TOKEN_END);
    row[4].action = STR("/admin/account/tokens/end/");
    row[4].id = str_fmt(v->a, "%lld", (long long)t->id);
    row[4].named = str_fmt(v->a, "%.*s: %.*s", STR_ARG(row[4].text), STR_ARG(t->name));
}

static enum rc
token_table(struct visit *v, const struct sections *sections, struct view_table *out,
            struct err *err)
{
    static const enum tpl_string names[COLUMNS] = {
        S_TOKEN_NAME, S_TOKEN_SCOPE, S_TOKEN_USED, S_TOKEN_UNTIL, S_STAFF_STATE};
    struct token *all;
    int n = 0;
    struct str *columns = arena_array(v->a, struct str, COLUMNS);
    TRY(auth_token_list(v->w->auth, v->staff.person.id, v->a, &all, &n, err));
    struct view_cell *cells = arena_array(v->a, struct view_cell, n * COLUMNS);
    for (int i = 0; i < COLUMNS; i++)
        columns[i] = staff_word(v, names[i]);
    for (int i = 0; i < n; i++)
        fill_row(v, sections, &all[i], &cells[i * COLUMNS]);
    *out = (struct view_table){.name = staff_word(v, S_TOKENS),
                               .columns = columns,
                               .n_columns = COLUMNS,
                               .cells = cells,
                               .n_rows = n,
                               .empty = staff_word(v, S_TOKENS_NONE)};
    return RC_OK;
}

/* ---- the form ---- */

static const struct form_spec token_form[] = {
    {"name", FIELD_LINE, S_TOKEN_NAME, S_TOKEN_NAME_HINT, TOKEN_NAME_MAX, true, "off", 0},
    {"scope", FIELD_CHOICE, S_TOKEN_SCOPE, S__MAX, 20, true, NULL, 0},
    {"life", FIELD_CHOICE, S_TOKEN_LIFE, S__MAX, 20, true, NULL, 0},
    {"current", FIELD_PASSWORD, S_STAFF_CURRENT_PASSWORD, S_TOKEN_CURRENT_HINT,
     PASSWORD_MAX, true, "current-password", 0},
};
enum { FIXED = N_ELEMENTS(token_form) };

/* The fixed fields and a box for each section. */
struct token_fields {
    struct form_spec spec[FIXED + SECTIONS_MAX];
    int n;
    const struct sections *sections;
};

static enum rc
make_fields(struct visit *v, struct token_fields *f, struct err *err)
{
    *f = (struct token_fields){.n = FIXED};
    memcpy(f->spec, token_form, sizeof token_form);
    TRY(visit_data(v, err));
    f->sections = &v->w->news.sections;
    for (int i = 0; i < f->sections->n; i++)
        f->spec[f->n++] = (struct form_spec){
            .name = str_fmt(v->a, "section-%lld", (long long)f->sections->all[i].id).p,
            .kind = FIELD_CHECK,
            .label = S__MAX,
            .hint = S__MAX,
            .most = 1};
    return RC_OK;
}

/* What the table of fields cannot say: words of this site, and the choices. */
static void
complete(struct visit *v, const struct token_fields *fields, struct form *form)
{
    struct view_option *scopes = arena_array(v->a, struct view_option, SCOPE__MAX);
    struct view_option *days = arena_array(v->a, struct view_option, N_ELEMENTS(lives));
    for (int i = 0; i < SCOPE__MAX; i++)
        scopes[i] = (struct view_option){str_of(scope_word((enum scope)i)),
                                         staff_word(v, scope_names[i])};
    for (size_t i = 0; i < N_ELEMENTS(lives); i++)
        days[i] =
            (struct view_option){str_of(lives[i].days), staff_word(v, lives[i].name)};
    form_options(form, "scope", scopes, SCOPE__MAX);
    form_options(form, "life", days, N_ELEMENTS(lives));
    for (int i = FIXED; i < fields->n; i++) {
        form->fields[i].label =
            section_name(&fields->sections->all[i - FIXED], v->match.lang);
        form->fields[i].fold = staff_word(v, S_TOKEN_SECTIONS);
    }
}

static enum rc
show(struct visit *v, const struct token_fields *fields, const struct form *form,
     struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_TOKENS, PLACE_ACCOUNT);
    struct view_button make = {"do", "1", staff_word(v, S_TOKEN_MAKE)};
    struct view_table table;
    struct view_form shown = {.action = STR("/admin/account/tokens/"),
                              .fields = form->fields,
                              .n_fields = form->n,
                              .buttons = &make,
                              .n_buttons = 1,
                              .cancel = STR("/admin/account/")};
    TRY(token_table(v, fields->sections, &table, err));
    struct view_block blocks[] = {
        {.line = staff_word(v, S_TOKENS_TEXT), .table = &table},
        {.heading = staff_word(v, S_TOKEN_MAKE), .form = &shown},
    };
    if (form->n_errors > 0)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), form->n_errors > 0 ? 422 : 200,
                      r, err);
}

enum rc
admin_tokens(struct visit *v, struct http_response *r, struct err *err)
{
    struct token_fields fields;
    struct form form;
    TRY(make_fields(v, &fields, err));
    form_begin(&form, v, fields.spec, fields.n);
    complete(v, &fields, &form);
    form_set(&form, "life", STR("90"));
    return show(v, &fields, &form, r, err);
}

/* ---- making one ---- */

static void
take_token(struct visit *v, const struct token_fields *fields, const struct form *form,
           struct token *t)
{
    int64_t days = 0;
    (void)str_to_int(form_value(form, "life"), 1, 366, &days);
    *t = (struct token){.name = form_value(form, "name"),
                        .scope = (enum scope)scope_read(form_value(form, "scope")),
                        .made_at = v->now,
                        .expires_at = v->now + days * TIME_DAY_S,
                        .used_at = TIME_NONE};
    t->sections = arena_array(v->a, int64_t, fields->sections->n);
    for (int i = FIXED; i < fields->n; i++)
        if (form_is_on(form, fields->spec[i].name))
            t->sections[t->n_sections++] = fields->sections->all[i - FIXED].id;
    t->is_limited = t->n_sections > 0;
}

/* The token, the one time it can be seen. */
static enum rc
show_secret(struct visit *v, const struct token *t, struct str secret,
            struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_TOKEN_SHOWN, PLACE_ACCOUNT);
    struct view_link on = {STR("/admin/account/tokens/"), staff_word(v, S_STAFF_GO_ON)};
    struct view_block blocks[] = {
        {.heading = t->name,
         .line = staff_word(v, S_TOKEN_SHOWN_TEXT),
         .codes = &secret,
         .n_codes = 1},
        {.links = &on, .n_links = 1},
    };
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), 200, r, err);
}

enum rc
admin_token_add(struct visit *v, struct http_response *r, struct err *err)
{
    struct token_fields fields;
    struct form form;
    struct token t;
    struct str secret;
    TRY(make_fields(v, &fields, err));
    TRY(form_read(&form, v, fields.spec, fields.n, err));
    complete(v, &fields, &form);
    form_check_choices(&form);
    visit_end_data(v);
    TRY(staff_confirm(v, &form, "current", err));
    if (form.n_errors > 0)
        return show(v, &fields, &form, r, err);
    take_token(v, &fields, &form, &t);
    enum rc rc = auth_token_add(v->w->auth, &v->staff.person, &t, v->a, &secret, err);
    if (rc == RC_OK)
        return show_secret(v, &t, secret, r, err);
    if (rc != RC_LIMIT && rc != RC_INVALID)
        return rc;
    form_error(&form, "name", rc == RC_LIMIT ? S_TOKEN_TOO_MANY : S_TOKEN_BAD_NAME);
    return show(v, &fields, &form, r, err);
}

enum rc
admin_token_end(struct visit *v, struct http_response *r, struct err *err)
{
    int64_t id = 0;
    if (!str_to_int(http_form_get(&v->staff.form, "id"), 1, INT64_MAX, &id))
        return err_field(err, "id", "no number");
    TRY(auth_token_end(v->w->auth, &v->staff.person, id, err));
    return staff_see_other(v, STR("/admin/account/tokens/"), "token-ended", r);
}
