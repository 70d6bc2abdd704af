/* web/admin/sections.c - the sections of the site, for administrators. */
#include "auth/person.h"
#include "news/section.h"
#include "web/handlers.h"
#include "web/staff.h"

#include "base/slug.h"

enum { SECTION_COLUMNS = 5 };

#define LIST "/admin/sections/"

static struct str
address_of(struct visit *v, int64_t id, const char *more)
{
    return str_fmt(v->a, LIST "%lld/%s", (long long)id, more);
}

/* The section of a number, as it is now. */
static enum rc
find(struct visit *v, int64_t id, const struct section **out, struct err *err)
{
    TRY(visit_data(v, err));
    *out = sections_by_id(&v->w->news.sections, id);
    return *out != NULL ? RC_OK : err_set(err, RC_NOT_FOUND, "there is no such section");
}

/* ---- list ---- */

/* In the order in which they are read: each parent, then its children. */
static int
in_tree(const struct sections *ss, int64_t parent_id, const struct section **out)
{
    int n = 0;
    for (int i = 0; i < ss->n; i++) {
        if (ss->all[i].parent_id != parent_id)
            continue;
        out[n++] = &ss->all[i];
        if (parent_id == 0)
            n += in_tree(ss, ss->all[i].id, out + n);
    }
    return n;
}

/* Its place among its siblings, from 1, and how many they are. */
static int64_t
place_of(const struct sections *ss, const struct section *s, int64_t *n)
{
    int64_t place = 0;
    *n = 0;
    for (int i = 0; i < ss->n; i++) {
        if (ss->all[i].parent_id != s->parent_id)
            continue;
        ++*n;
        if (ss->all[i].id == s->id)
            place = *n;
    }
    return place;
}

/* A button that moves the section, or nothing where there is no place. */
static void
fill_move(struct visit *v, struct view_cell *cell, const struct section *s,
          enum tpl_string word, const char *action)
{
    *cell = (struct view_cell){.text = staff_word(v, word),
                               .action = str_of(action),
                               .id = str_fmt(v->a, "%lld", (long long)s->id)};
    cell->named = str_fmt(v->a, "%.*s: %.*s", STR_ARG(cell->text),
                          STR_ARG(section_name(s, v->match.lang)));
}

static void
fill_row(struct visit *v, const struct section *s, struct view_cell *row)
{
    int64_t n, place = place_of(&v->w->news.sections, s, &n);
    row[0].text = str_fmt(v->a, "%s%.*s", s->parent_id != 0 ? "— " : "",
                          STR_ARG(section_name(s, v->match.lang)));
    row[0].url = address_of(v, s->id, "");
    row[1].text = s->slug;
    if (s->has_four_eyes)
        row[2].text = staff_word(v, S_STAFF_YES);
    if (place > 1)
        fill_move(v, &row[3], s, S_STAFF_UP, LIST "up/");
    if (place < n)
        fill_move(v, &row[4], s, S_STAFF_DOWN, LIST "down/");
}

enum rc
admin_sections(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_SECTIONS, PLACE_SECTIONS);
    TRY(visit_data(v, err));
    const struct sections *ss = &v->w->news.sections;
    const struct section **all = arena_array(v->a, const struct section *, ss->n + 1);
    int n = in_tree(ss, 0, all);
    struct view_cell *cells = arena_array(v->a, struct view_cell, n * SECTION_COLUMNS);
    struct str columns[SECTION_COLUMNS] = {
        staff_word(v, S_STAFF_SECTION_NAME), staff_word(v, S_STAFF_SECTION_SLUG),
        staff_word(v, S_STAFF_FOUR_EYES_SHORT), staff_word(v, S_STAFF_UP),
        staff_word(v, S_STAFF_DOWN)};
    struct view_table table = {.name = f.title,
                               .columns = columns,
                               .n_columns = SECTION_COLUMNS,
                               .cells = cells,
                               .n_rows = n,
                               .empty = staff_word(v, S_STAFF_NO_SECTIONS)};
    struct view_link add = {STR(LIST "new/"), staff_word(v, S_STAFF_ADD_SECTION)};
    struct view_block blocks[] = {
        {.line = staff_word(v, S_STAFF_SECTIONS_TEXT), .links = &add, .n_links = 1},
        {.table = &table}};
    for (int i = 0; i < n; i++)
        fill_row(v, all[i], &cells[i * SECTION_COLUMNS]);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), 200, r, err);
}

/* ---- order ---- */

static enum rc
move(struct visit *v, int step, struct http_response *r, struct err *err)
{
    const struct section *s;
    int64_t id = 0, n;
    if (!str_to_int(http_form_get(&v->staff.form, "id"), 1, INT64_MAX, &id))
        return err_field(err, "id", "no number");
    TRY(find(v, id, &s, err));
    struct section_spot to = {.place = place_of(&v->w->news.sections, s, &n) + step};
    if (to.place < 1 || to.place > n) /* it is there already */
        return staff_see_other(v, STR(LIST), NULL, r);
    struct section_change change = {.to = &to};
    struct desk d = staff_desk(v);
    TRY(news_section_change(&d, s->slug, &change, err));
    return staff_see_other(v, STR(LIST), "saved", r);
}

enum rc
admin_section_up(struct visit *v, struct http_response *r, struct err *err)
{
    return move(v, -1, r, err);
}

enum rc
admin_section_down(struct visit *v, struct http_response *r, struct err *err)
{
    return move(v, 1, r, err);
}

/* ---- the form of a section ---- */

static const struct form_spec fixed_fields[] = {
    {"slug", FIELD_LINE, S_STAFF_SECTION_SLUG, S_STAFF_SECTION_SLUG_HINT, SLUG_MAX, true,
     "off", 0},
    {"parent", FIELD_CHOICE, S_STAFF_SECTION_PARENT, S_STAFF_SECTION_PARENT_HINT,
     SLUG_MAX, false, NULL, 0},
    {"four-eyes", FIELD_CHECK, S_STAFF_FOUR_EYES, S_STAFF_FOUR_EYES_HINT, 1, false, NULL,
     0},
};

enum { N_FIXED = N_ELEMENTS(fixed_fields) };

struct section_fields {
    struct form_spec spec[SITE_LANGS_MAX + N_FIXED];
    int n;
};

static const char *
name_field(struct visit *v, int lang)
{
    return str_fmt(v->a, "name-%.*s", STR_ARG(v->w->site.langs[lang].code)).p;
}

/* A name for each language, the default one's needed, then the rest. */
static void
make_fields(struct visit *v, struct section_fields *p)
{
    p->n = 0;
    for (int i = 0; i < v->w->site.n_langs; i++)
        p->spec[p->n++] = (struct form_spec){.name = name_field(v, i),
                                             .kind = FIELD_LINE,
                                             .label = S_STAFF_SECTION_NAME,
                                             .hint = S__MAX,
                                             .most = SECTION_NAME_MAX,
                                             .is_required = i == 0,
                                             .autocomplete = "off"};
    for (int i = 0; i < N_FIXED; i++)
        p->spec[p->n++] = fixed_fields[i];
}

/* Labels and choices; self (0: a new one) cannot be inside itself. */
static void
complete(struct visit *v, int64_t self, struct form *form)
{
    const struct sections *ss = &v->w->news.sections;
    struct view_option *options = arena_array(v->a, struct view_option, ss->n + 1);
    int n = 0;
    options[n++] =
        (struct view_option){STR(""), staff_word(v, S_STAFF_SECTION_NO_PARENT)};
    for (int i = 0; i < ss->n; i++)
        if (ss->all[i].parent_id == 0 && ss->all[i].id != self)
            options[n++] = (struct view_option){ss->all[i].slug,
                                                section_name(&ss->all[i], v->match.lang)};
    form_options(form, "parent", options, n);
    for (int i = 0; i < v->w->site.n_langs; i++)
        form->fields[i].label =
            str_fmt(v->a, "%.*s (%.*s)", STR_ARG(form->fields[i].label),
                    STR_ARG(v->w->view.langs[i].name));
}

static enum rc
read_section(struct visit *v, int64_t self, struct form *form, struct err *err)
{
    struct section_fields *fields = arena_zalloc(v->a, sizeof *fields);
    make_fields(v, fields);
    TRY(visit_data(v, err));
    TRY(form_read(form, v, fields->spec, fields->n, err));
    complete(v, self, form);
    form_check_choices(form);
    return RC_OK;
}

static enum rc
begin_section(struct visit *v, int64_t self, struct form *form, struct err *err)
{
    struct section_fields *fields = arena_zalloc(v->a, sizeof *fields);
    make_fields(v, fields);
    TRY(visit_data(v, err));
    form_begin(form, v, fields->spec, fields->n);
    complete(v, self, form);
    return RC_OK;
}

/* What a refusal of news is about; RC_OK: it is noted in the form. */
static enum rc
note_failure(struct visit *v, struct form *form, enum rc rc, const struct err *err)
{
    static const struct {
        enum rc rc;
        const char *field;
        enum tpl_string text;
    } notes[] = {
        {RC_INVALID, "slug", S_STAFF_SECTION_SLUG_BAD},
        {RC_CONFLICT, "slug", S_STAFF_SECTION_SLUG_TAKEN},
        {RC_CONFLICT, "parent", S_STAFF_SECTION_TWO_LEVELS},
        {RC_INVALID, "name", S_STAFF_NOT_ACCEPTED},
    };
    for (size_t i = 0; i < N_ELEMENTS(notes); i++)
        if (rc == notes[i].rc && strcmp(err->field, notes[i].field) == 0) {
            bool is_name = strcmp(err->field, "name") == 0;
            form_error(form, is_name ? name_field(v, 0) : notes[i].field, notes[i].text);
            return RC_OK;
        }
    return rc;
}

/* ---- a new one ---- */

static enum rc
show_new(struct visit *v, const struct form *form, struct http_response *r,
         struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_ADD_SECTION, PLACE_SECTIONS);
    struct view_button add = {"do", "1", staff_word(v, S_STAFF_ADD_SECTION)};
    struct view_form shown = {
        .action = STR(LIST "new/"), .buttons = &add, .n_buttons = 1, .cancel = STR(LIST)};
    return staff_form_page(v, &f, NULL, form, &shown, r, err);
}

enum rc
admin_section_new(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    TRY(begin_section(v, 0, &form, err));
    return show_new(v, &form, r, err);
}

static void
take_names(struct visit *v, const struct form *form, struct str names[SITE_LANGS_MAX])
{
    for (int i = 0; i < v->w->site.n_langs; i++)
        names[i] = form_value(form, name_field(v, i));
}

static enum rc
add(struct visit *v, const struct form *form, struct err *err)
{
    struct desk d = staff_desk(v);
    struct section s = {.slug = form_value(form, "slug"),
                        .has_four_eyes = form_is_on(form, "four-eyes")};
    take_names(v, form, s.names);
    return news_section_add(&d, &s, form_value(form, "parent"), err);
}

enum rc
admin_section_add(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    TRY(read_section(v, 0, &form, err));
    if (form.n_errors > 0)
        return show_new(v, &form, r, err);
    enum rc rc = add(v, &form, err);
    if (rc == RC_OK)
        return staff_see_other(v, STR(LIST), "saved", r);
    TRY(note_failure(v, &form, rc, err));
    return show_new(v, &form, r, err);
}

/* ---- one that is there ---- */

static enum rc
show_section(struct visit *v, const struct section *s, const struct form *form,
             struct str problem, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_SECTION, PLACE_SECTIONS);
    struct view_button save = {"do", "1", staff_word(v, S_STAFF_SAVE)};
    struct view_button drop = {"do", "1", staff_word(v, S_STAFF_REMOVE_SECTION)};
    struct view_form shown = {.action = address_of(v, s->id, ""),
                              .fields = form->fields,
                              .n_fields = form->n,
                              .buttons = &save,
                              .n_buttons = 1,
                              .cancel = STR(LIST)};
    struct view_form removal = {
        .action = address_of(v, s->id, "remove/"), .buttons = &drop, .n_buttons = 1};
    struct view_block blocks[] = {
        {.form = &shown},
        {.heading = staff_word(v, S_STAFF_REMOVE_SECTION),
         .line = staff_word(v, S_STAFF_REMOVE_SECTION_TEXT),
         .form = &removal},
    };
    f.title = str_fmt(v->a, "%.*s: %.*s", STR_ARG(f.title),
                      STR_ARG(section_name(s, v->match.lang)));
    f.problem = form->n_errors > 0 ? staff_word(v, S_STAFF_LOOK_BELOW) : problem;
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), f.problem.n > 0 ? 422 : 200, r,
                      err);
}

static void
show_in_form(struct visit *v, const struct section *s, struct form *form)
{
    const struct section *parent = sections_by_id(&v->w->news.sections, s->parent_id);
    for (int i = 0; i < v->w->site.n_langs; i++)
        form_set(form, name_field(v, i), s->names[i]);
    form_set(form, "slug", s->slug);
    form_set(form, "parent", parent != NULL ? parent->slug : STR(""));
    form_set(form, "four-eyes", s->has_four_eyes ? STR("1") : STR(""));
}

static enum rc
show_as_it_is(struct visit *v, struct str problem, struct http_response *r,
              struct err *err)
{
    struct form form;
    const struct section *s;
    TRY(find(v, staff_number(v, 0), &s, err));
    TRY(begin_section(v, s->id, &form, err));
    show_in_form(v, s, &form);
    return show_section(v, s, &form, problem, r, err);
}

enum rc
admin_section(struct visit *v, struct http_response *r, struct err *err)
{
    return show_as_it_is(v, (struct str){NULL, 0}, r, err);
}

/* What the form says, compared with what there is: the place stays unless the parent is
 * another one. */
static enum rc
save(struct visit *v, const struct section *s, const struct form *form, struct err *err)
{
    const struct section *parent = sections_by_id(&v->w->news.sections, s->parent_id);
    struct section_spot to = {.parent = form_value(form, "parent")};
    bool has_moved = !str_eq(to.parent, parent != NULL ? parent->slug : STR(""));
    bool is_on = form_is_on(form, "four-eyes");
    struct section_change change = {.slug = form_value(form, "slug"),
                                    .to = has_moved ? &to : NULL,
                                    .four_eyes = &is_on};
    take_names(v, form, change.names);
    struct desk d = staff_desk(v);
    return news_section_change(&d, s->slug, &change, err);
}

enum rc
admin_section_save(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    const struct section *s;
    static const struct str none;
    TRY(find(v, staff_number(v, 0), &s, err));
    TRY(read_section(v, s->id, &form, err));
    if (form.n_errors > 0)
        return show_section(v, s, &form, none, r, err);
    enum rc rc = save(v, s, &form, err);
    if (rc == RC_OK)
        return staff_see_other(v, STR(LIST), "saved", r);
    TRY(note_failure(v, &form, rc, err));
    return show_section(v, s, &form, none, r, err);
}

/* Its number may be given to another section one day: nobody keeps rights by it. */
enum rc
admin_section_remove(struct visit *v, struct http_response *r, struct err *err)
{
    const struct section *s;
    int64_t id = 0;
    TRY(find(v, staff_number(v, 0), &s, err));
    struct desk d = staff_desk(v);
    enum rc rc = news_section_remove(&d, s->slug, &id, err);
    if (rc == RC_CONFLICT)
        return show_as_it_is(v, staff_word(v, S_STAFF_SECTION_NOT_EMPTY), r, err);
    TRY(rc);
    TRY(auth_person_drop_section(v->w->auth, id, err));
    return staff_see_other(v, STR(LIST), "section-removed", r);
}
