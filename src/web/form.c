/* web/form.c - fields to show, and fields that came back. */
#include "web/form.h"

#include <assert.h>

#include "model/refusal.h"
#include "model/section.h"
#include "web/visit.h"

#include "base/utf8.h"

/* The longest forms have a box for each section, or several fields for each photo, and a
 * few fields more. */
_Static_assert(HTTP_FIELDS_MAX >= SECTIONS_MAX + 16, "a whole form can be sent");
_Static_assert(HTTP_FIELDS_MAX >= ITEM_PHOTOS_MAX * 8 + 32, "a whole item can be sent");

static struct str
word(const struct visit *v, enum tpl_string s)
{
    return s < S__MAX ? view_string(&v->w->view, v->match.lang, s)
                      : (struct str){NULL, 0};
}

void
form_begin(struct form *f, struct visit *v, const struct form_spec *spec, int n)
{
    *f = (struct form){.v = v, .spec = spec, .n = n};
    f->fields = arena_array(v->a, struct view_field, n);
    for (int i = 0; i < n; i++)
        f->fields[i] = (struct view_field){.kind = spec[i].kind,
                                           .name = str_of(spec[i].name),
                                           .label = word(v, spec[i].label),
                                           .hint = word(v, spec[i].hint),
                                           .value = STR(""),
                                           .autocomplete = spec[i].autocomplete,
                                           .is_required = spec[i].is_required,
                                           .rows = spec[i].rows};
}

static int
index_of(const struct form *f, const char *name)
{
    int i = 0;
    while (i < f->n && strcmp(f->spec[i].name, name) != 0)
        i++;
    return i;
}

bool
form_has(const struct form *f, const char *name)
{
    return index_of(f, name) < f->n;
}

struct view_field *
form_field(struct form *f, const char *name)
{
    int i = index_of(f, name);
    assert(i < f->n);
    return &f->fields[i];
}

struct str
form_value(const struct form *f, const char *name)
{
    int i = index_of(f, name);
    assert(i < f->n);
    return f->fields[i].value;
}

void
form_set(struct form *f, const char *name, struct str value)
{
    form_field(f, name)->value = value.p != NULL ? value : STR("");
}

bool
form_is_on(const struct form *f, const char *name)
{
    return form_value(f, name).n > 0;
}

void
form_error_text(struct form *f, const char *name, struct str text)
{
    int i = index_of(f, name);
    struct view_field *field = &f->fields[i < f->n ? i : 0];
    f->n_errors++;
    if (field->error.n == 0)
        field->error = text;
}

void
form_error(struct form *f, const char *name, enum tpl_string text)
{
    form_error_text(f, name, word(f->v, text));
}

struct str
form_reason(struct visit *v, const struct err *err)
{
    static const struct {
        enum tpl_string text;
        bool has_number;
    } words[REFUSAL__MAX] = {
        [REFUSED_NOT_TOLD] = {S_STAFF_NOT_ACCEPTED, false},
        [REFUSED_CHARACTER] = {S_REFUSED_CHARACTER, false},
        [REFUSED_IMAGE] = {S_REFUSED_IMAGE, false},
        [REFUSED_PHOTO_NUMBER] = {S_REFUSED_PHOTO_NUMBER, true},
        [REFUSED_PHOTO_TEXT] = {S_REFUSED_PHOTO_TEXT, true},
        [REFUSED_PHOTO_PLACE] = {S_REFUSED_PHOTO_PLACE, true},
        [REFUSED_PHOTO_TWICE] = {S_REFUSED_PHOTO_TWICE, true},
        [REFUSED_DEFINITIONS] = {S_REFUSED_DEFINITIONS, false},
        [REFUSED_OLD_ADDRESSES] = {S_REFUSED_OLD_ADDRESSES, true},
        [REFUSED_WEB_ADDRESS] = {S_REFUSED_WEB_ADDRESS, false},
        [REFUSED_DECORATIVE] = {S_REFUSED_DECORATIVE, false},
        [REFUSED_LAST_CREDIT] = {S_REFUSED_LAST_CREDIT, false},
        [REFUSED_FILE_FORMAT] = {S_REFUSED_FILE_FORMAT, false},
        [REFUSED_FILE_FRAMES] = {S_REFUSED_FILE_FRAMES, false},
        [REFUSED_FILE_BROKEN] = {S_REFUSED_FILE_BROKEN, false},
        [REFUSED_FILE_BYTES] = {S_REFUSED_FILE_BYTES, true},
        [REFUSED_FILE_SIDE] = {S_REFUSED_FILE_SIDE, true},
        [REFUSED_FILE_AREA] = {S_REFUSED_FILE_AREA, true},
        [REFUSED_FILE_SCANS] = {S_REFUSED_FILE_SCANS, true},
        [REFUSED_FILE_TEXTS] = {S_REFUSED_FILE_TEXTS, true},
        [REFUSED_FILE_EFFORT] = {S_REFUSED_FILE_EFFORT, false},
        [REFUSED_FILE_NO_ROOM] = {S_REFUSED_FILE_NO_ROOM, false},
        [REFUSED_FILE_LATER] = {S_REFUSED_FILE_LATER, false},
    };
    struct str text = word(v, words[err->reason].text);
    if (words[err->reason].has_number)
        text = str_fmt(v->a, "%.*s %lld", STR_ARG(text), (long long)err->number);
    if (err->place > 0)
        text = str_fmt(v->a, "%.*s %lld: %.*s", STR_ARG(word(v, S_REFUSED_LINE)),
                       (long long)err->place, STR_ARG(text));
    return text;
}

void
form_refused(struct form *f, const struct err *err)
{
    form_error_text(f, err->field, form_reason(f->v, err));
}

void
form_options(struct form *f, const char *name, const struct view_option *options, int n)
{
    struct view_field *field = form_field(f, name);
    field->options = options;
    field->n_options = n;
}

void
form_languages(struct form *f, const char *name)
{
    const struct web *w = f->v->w;
    int n = w->site.n_langs;
    struct view_option *options = arena_array(f->v->a, struct view_option, n);
    for (int i = 0; i < n; i++)
        options[i] = (struct view_option){w->site.langs[i].code, w->view.langs[i].name};
    form_options(f, name, options, n);
}

static bool
is_offered(const struct view_field *field)
{
    for (int i = 0; i < field->n_options; i++)
        if (str_eq(field->options[i].value, field->value))
            return true;
    return false;
}

void
form_check_choices(struct form *f)
{
    for (int i = 0; i < f->n; i++)
        if (f->fields[i].kind == FIELD_CHOICE && !is_offered(&f->fields[i]))
            form_error(f, f->spec[i].name, S_STAFF_NOT_A_CHOICE);
}

struct str
form_line(struct arena *a, struct str s)
{
    char *p = arena_copy(a, s.p, s.n);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] == '\n' || p[i] == '\t')
            p[i] = ' ';
    struct str line = str_trim((struct str){p, s.n});
    return utf8_is_blank(line) ? str_sub(line, 0, 0) : line;
}

static void
check(struct form *f, int i)
{
    const struct form_spec *spec = &f->spec[i];
    const struct view_field *field = &f->fields[i];
    if (spec->is_required && str_trim(field->value).n == 0)
        form_error(f, spec->name, S_STAFF_REQUIRED);
    if (field->value.n > spec->most)
        form_error_text(f, spec->name,
                        str_fmt(f->v->a, "%.*s %zu",
                                STR_ARG(word(f->v, S_STAFF_TOO_LONG)),
                                utf8_length(field->value)));
}

/* What was no text is shown mended, and asked about: nobody's words change in silence. */
static enum rc
take(struct form *f, int i, int *n_mended, struct err *err)
{
    const struct form_spec *spec = &f->spec[i];
    const struct http_form *sent = &f->v->staff.form;
    struct str value = http_form_get(sent, spec->name);
    bool is_line = spec->kind != FIELD_AREA && spec->kind != FIELD_PASSWORD;
    if (value.p == NULL) {
        value = http_form_mended(sent, spec->name);
        if (value.p != NULL)
            form_error(f, spec->name, S_STAFF_MENDED);
        *n_mended += value.p != NULL;
    }
    if (value.p == NULL && spec->kind != FIELD_CHECK)
        return err_field(err, spec->name, "the field was not sent");
    if (value.p != NULL)
        f->fields[i].value = is_line ? form_line(f->v->a, value) : value;
    check(f, i);
    return RC_OK;
}

enum rc
form_read(struct form *f, struct visit *v, const struct form_spec *spec, int n,
          struct err *err)
{
    int n_mended = 0;
    form_begin(f, v, spec, n);
    for (int i = 0; i < n; i++)
        TRY(take(f, i, &n_mended, err));
    if (n_mended < v->staff.form.n_mended)
        return err_field(err, "form", "a field that nobody asked for is no text");
    return RC_OK;
}

enum rc
form_read_query(struct form *f, struct visit *v, const struct form_spec *spec, int n,
                struct err *err)
{
    form_begin(f, v, spec, n);
    for (int i = 0; i < n; i++) {
        struct str value = STR("");
        enum rc rc = http_request_param(&v->req, spec[i].name, &value, err);
        if (rc != RC_OK && rc != RC_NOT_FOUND)
            return rc;
        f->fields[i].value = form_line(v->a, value);
        check(f, i);
    }
    return RC_OK;
}

struct str
form_address(struct visit *v, const char *path, const struct form *f, char *mark)
{
    struct str to = str_of(path);
    *mark = '?';
    for (int i = 0; i < f->n; i++) {
        struct str value = f->fields[i].value;
        if (value.n == 0)
            continue;
        to = str_fmt(v->a, "%.*s%c%s=%.*s", STR_ARG(to), *mark, f->spec[i].name,
                     STR_ARG(http_encode_value(v->a, value)));
        *mark = '&';
    }
    return to;
}
