/* web/admin/people.c - the people of the newsroom, for administrators. */
#include "auth/factor.h"
#include "auth/password.h"
#include "auth/person.h"
#include "web/handlers.h"
#include "web/staff.h"

enum { PEOPLE_COLUMNS = 4 };

static const enum tpl_string role_names[ROLE__MAX] = {
    [ROLE_AUTHOR] = S_STAFF_ROLE_AUTHOR,
    [ROLE_EDITOR] = S_STAFF_ROLE_EDITOR,
    [ROLE_ADMINISTRATOR] = S_STAFF_ROLE_ADMINISTRATOR,
};

static struct str
address_of(struct visit *v, int64_t id, const char *more)
{
    return str_fmt(v->a, "/admin/people/%lld/%s", (long long)id, more);
}

/* ---- list ---- */

static enum tpl_string
state_of(const struct person *p)
{
    return p->is_disabled               ? S_STAFF_DISABLED
           : p->has_second_factor       ? S_STAFF_HAS_FACTOR
           : p->must_have_second_factor ? S_STAFF_FACTOR_MISSING
                                        : S_STAFF_ACTIVE;
}

static void
fill_people(struct visit *v, const struct person *all, int n, struct view_cell *cells)
{
    for (int i = 0; i < n; i++) {
        struct view_cell *row = &cells[i * PEOPLE_COLUMNS];
        row[0].text = all[i].login;
        row[0].url = address_of(v, all[i].id, "");
        row[1].text = all[i].name;
        row[2].text = staff_word(v, role_names[all[i].role]);
        row[3].text = staff_word(v, state_of(&all[i]));
    }
}

enum rc
admin_people(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_PEOPLE, PLACE_PEOPLE);
    struct person *all;
    int n;
    TRY(auth_person_list(v->w->auth, v->a, &all, &n, err));
    struct view_cell *cells = arena_array(v->a, struct view_cell, n * PEOPLE_COLUMNS);
    struct str columns[PEOPLE_COLUMNS] = {
        staff_word(v, S_STAFF_LOGIN), staff_word(v, S_STAFF_PERSON_NAME),
        staff_word(v, S_STAFF_ROLE), staff_word(v, S_STAFF_STATE)};
    struct view_table table = {.name = f.title,
                               .columns = columns,
                               .n_columns = PEOPLE_COLUMNS,
                               .cells = cells,
                               .n_rows = n};
    struct view_link add = {STR("/admin/people/new/"), staff_word(v, S_STAFF_ADD_PERSON)};
    struct view_block blocks[] = {{.links = &add, .n_links = 1}, {.table = &table}};
    fill_people(v, all, n, cells);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), 200, r, err);
}

/* ---- the form of a person ---- */

static const struct form_spec person_form[] = {
    {"login", FIELD_LINE, S_STAFF_LOGIN, S_STAFF_LOGIN_HINT, LOGIN_MAX, true, "off", 0},
    {"name", FIELD_LINE, S_STAFF_PERSON_NAME, S_STAFF_PERSON_NAME_HINT, PERSON_NAME_MAX,
     true, "off", 0},
    {"role", FIELD_CHOICE, S_STAFF_ROLE, S_STAFF_ROLE_HINT, 20, true, NULL, 0},
    {"must", FIELD_CHECK, S_STAFF_MUST_HAVE_FACTOR, S__MAX, 1, false, NULL, 0},
    {"disabled", FIELD_CHECK, S_STAFF_DISABLE, S_STAFF_DISABLE_HINT, 1, false, NULL, 0},
};

/* The table of fields for this site: the fixed ones, then a box for each section. */
struct person_fields {
    struct form_spec spec[N_ELEMENTS(person_form) + SECTIONS_MAX];
    int n;
    const struct sections *sections;
};

static enum rc
make_fields(struct visit *v, bool is_new, struct person_fields *p, struct err *err)
{
    int from = is_new ? 0 : 1, to = (int)N_ELEMENTS(person_form) - (is_new ? 1 : 0);
    *p = (struct person_fields){0};
    TRY(visit_data(v, err));
    p->sections = &v->w->news.sections;
    for (int i = from; i < to; i++)
        p->spec[p->n++] = person_form[i];
    for (int i = 0; i < p->sections->n; i++)
        p->spec[p->n++] = (struct form_spec){
            .name = str_fmt(v->a, "section-%lld", (long long)p->sections->all[i].id).p,
            .kind = FIELD_CHECK,
            .label = S__MAX,
            .hint = S__MAX,
            .most = 1};
    return RC_OK;
}

static void
name_sections(struct visit *v, const struct person_fields *p, struct form *form)
{
    struct str before = staff_word(v, S_STAFF_SECTION);
    int first = p->n - p->sections->n;
    for (int i = first; i < p->n; i++)
        form->fields[i].label =
            str_fmt(v->a, "%.*s: %.*s", STR_ARG(before),
                    STR_ARG(section_name(&p->sections->all[i - first], v->match.lang)));
}

static void
offer_roles(struct visit *v, struct form *form)
{
    struct view_option *options = arena_array(v->a, struct view_option, ROLE__MAX);
    for (int i = 0; i < ROLE__MAX; i++)
        options[i] = (struct view_option){str_of(role_word((enum role)i)),
                                          staff_word(v, role_names[i])};
    form_options(form, "role", options, ROLE__MAX);
}

static void
complete(struct visit *v, const struct person_fields *p, struct form *form)
{
    name_sections(v, p, form);
    offer_roles(v, form);
}

/* What the form says, into a person who may be there already. */
static void
take_person(struct visit *v, const struct person_fields *fields, const struct form *form,
            struct person *p)
{
    p->name = form_value(form, "name");
    p->role = (enum role)role_read(form_value(form, "role"));
    p->must_have_second_factor = form_is_on(form, "must");
    p->sections = arena_array(v->a, int64_t, fields->sections->n);
    p->n_sections = 0;
    for (int i = 0; i < fields->sections->n; i++) {
        int64_t id = fields->sections->all[i].id;
        if (form_is_on(form, str_fmt(v->a, "section-%lld", (long long)id).p))
            p->sections[p->n_sections++] = id;
    }
}

static void
show_in_form(struct visit *v, const struct person_fields *fields, const struct person *p,
             struct form *form)
{
    form_set(form, "name", p->name);
    form_set(form, "role", str_of(role_word(p->role)));
    form_set(form, "must", p->must_have_second_factor ? STR("1") : STR(""));
    form_set(form, "disabled", p->is_disabled ? STR("1") : STR(""));
    for (int i = 0; i < fields->sections->n; i++) {
        int64_t id = fields->sections->all[i].id;
        if (person_has_section(p, id))
            form_set(form, str_fmt(v->a, "section-%lld", (long long)id).p, STR("1"));
    }
}

/* What auth says against it, at its field; RC_OK: it is noted. */
static enum rc
note_failure(struct form *form, enum rc rc, const struct err *err)
{
    if (rc == RC_INVALID)
        form_refused(form, err);
    return rc == RC_INVALID ? RC_OK : rc;
}

/* ---- a new one ---- */

static enum rc
show_new(struct visit *v, const struct form *form, struct http_response *r,
         struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_ADD_PERSON, PLACE_PEOPLE);
    struct view_button add = {"do", "1", staff_word(v, S_STAFF_ADD_PERSON)};
    struct view_form shown = {.action = STR("/admin/people/new/"),
                              .buttons = &add,
                              .n_buttons = 1,
                              .cancel = STR("/admin/people/")};
    return staff_form_page(v, &f, NULL, form, &shown, r, err);
}

enum rc
admin_person_new(struct visit *v, struct http_response *r, struct err *err)
{
    struct person_fields fields;
    struct form form;
    TRY(make_fields(v, true, &fields, err));
    form_begin(&form, v, fields.spec, fields.n);
    complete(v, &fields, &form);
    return show_new(v, &form, r, err);
}

/* A password made for somebody, the one time it can be seen. */
static enum rc
show_password(struct visit *v, const struct person *p, struct str password,
              struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_PASSWORD_TITLE, PLACE_PEOPLE);
    struct view_link on = {STR("/admin/people/"), staff_word(v, S_STAFF_GO_ON)};
    struct str codes[] = {p->login, password};
    struct view_block blocks[] = {
        {.line = staff_word(v, S_STAFF_PASSWORD_TEXT),
         .codes = codes,
         .n_codes = N_ELEMENTS(codes)},
        {.links = &on, .n_links = 1},
    };
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), 200, r, err);
}

enum rc
admin_person_add(struct visit *v, struct http_response *r, struct err *err)
{
    struct person_fields fields;
    struct form form;
    struct person p = {0};
    TRY(make_fields(v, true, &fields, err));
    TRY(form_read(&form, v, fields.spec, fields.n, err));
    complete(v, &fields, &form);
    form_check_choices(&form);
    if (form.n_errors > 0)
        return show_new(v, &form, r, err);
    visit_end_data(v);
    take_person(v, &fields, &form, &p);
    p.login = form_value(&form, "login");
    struct str password = auth_password_random(v->a);
    enum rc rc = auth_person_add(v->w->auth, &p, password, v->now, v->a, err);
    if (rc == RC_OK)
        return show_password(v, &p, password, r, err);
    if (rc == RC_CONFLICT)
        form_error(&form, "login", S_STAFF_LOGIN_TAKEN);
    else
        TRY(note_failure(&form, rc, err));
    return show_new(v, &form, r, err);
}

/* ---- one who is there ---- */

static enum rc
show_person(struct visit *v, const struct person *p, const struct form *form,
            struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_PERSON, PLACE_PEOPLE);
    struct view_button save = {"do", "1", staff_word(v, S_STAFF_SAVE)};
    struct view_button resets[] = {
        {"do", "password", staff_word(v, S_STAFF_RESET_PASSWORD)},
        {"do", "factor", staff_word(v, S_STAFF_RESET_FACTOR)},
    };
    struct view_form shown = {.action = address_of(v, p->id, ""),
                              .fields = form->fields,
                              .n_fields = form->n,
                              .buttons = &save,
                              .n_buttons = 1,
                              .cancel = STR("/admin/people/")};
    struct view_form reset = {.action = address_of(v, p->id, "reset/"),
                              .buttons = resets,
                              .n_buttons = p->has_second_factor ? 2 : 1};
    struct view_block blocks[] = {
        {.form = &shown},
        {.heading = staff_word(v, S_STAFF_RESET),
         .line = staff_word(v, S_STAFF_RESET_TEXT),
         .form = &reset},
    };
    f.title = str_fmt(v->a, "%.*s: %.*s", STR_ARG(f.title), STR_ARG(p->login));
    if (form->n_errors > 0 && f.problem.n == 0)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), form->n_errors > 0 ? 422 : 200,
                      r, err);
}

enum rc
admin_person(struct visit *v, struct http_response *r, struct err *err)
{
    struct person_fields fields;
    struct form form;
    struct person p;
    TRY(auth_person_by_id(v->w->auth, staff_number(v, 0), v->a, &p, err));
    TRY(make_fields(v, false, &fields, err));
    form_begin(&form, v, fields.spec, fields.n);
    complete(v, &fields, &form);
    show_in_form(v, &fields, &p, &form);
    return show_person(v, &p, &form, r, err);
}

enum rc
admin_person_save(struct visit *v, struct http_response *r, struct err *err)
{
    struct person_fields fields;
    struct form form;
    struct person p;
    TRY(auth_person_by_id(v->w->auth, staff_number(v, 0), v->a, &p, err));
    TRY(make_fields(v, false, &fields, err));
    TRY(form_read(&form, v, fields.spec, fields.n, err));
    complete(v, &fields, &form);
    form_check_choices(&form);
    if (form.n_errors > 0)
        return show_person(v, &p, &form, r, err);
    visit_end_data(v);
    take_person(v, &fields, &form, &p);
    p.is_disabled = form_is_on(&form, "disabled");
    enum rc rc = auth_person_change(v->w->auth, &p, v->a, err);
    if (rc == RC_OK)
        return staff_see_other(v, STR("/admin/people/"), "saved", r);
    if (rc == RC_CONFLICT)
        form_error(&form, "role", S_STAFF_LAST_ADMINISTRATOR);
    else
        TRY(note_failure(&form, rc, err));
    return show_person(v, &p, &form, r, err);
}

enum rc
admin_person_reset(struct visit *v, struct http_response *r, struct err *err)
{
    struct person p;
    struct str what = http_form_get(&v->staff.form, "do");
    TRY(auth_person_by_id(v->w->auth, staff_number(v, 0), v->a, &p, err));
    if (str_eq_z(what, "factor")) {
        TRY(auth_factor_reset(v->w->auth, &p, err));
        return staff_see_other(v, address_of(v, p.id, ""), "saved", r);
    }
    if (!str_eq_z(what, "password"))
        return err_field(err, "do", "nothing that can be reset");
    struct str password = auth_password_random(v->a);
    TRY(auth_person_set_password(v->w->auth, p.id, password, v->now, v->a, err));
    return show_password(v, &p, password, r, err);
}
