/* http/form.c - a form's body to fields. */
#include "http/form.h"

#include "http/field.h"
#include "http/percent.h"

#include "base/utf8.h"

bool
http_form_is_type(struct str content_type)
{
    return http_field_is_type(content_type, "application/x-www-form-urlencoded");
}

/* CR LF and a CR alone are line ends too (WHATWG HTML section 4.10.22.6 sends CR LF). */
static struct str
with_line_feeds(struct str s)
{
    char *p = (char *)s.p; /* just made, for us alone */
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool is_half = s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n';
        if (!is_half)
            p[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
    }
    p[n] = '\0';
    return (struct str){p, n};
}

static bool
is_text(struct str s)
{
    return utf8_check(s) == s.n && utf8_find_control(s) == s.n;
}

static int
find(const struct http_form *form, const char *name)
{
    int i = 0;
    while (i < form->n && !str_eq_z(form->fields[i].name, name))
        i++;
    return i;
}

static enum rc
no_name(const struct http_form *form, struct err *err)
{
    return err_field(err, "form", "field %d has no name that is text", form->n + 1);
}

enum rc
http_form_add(struct arena *a, struct http_form *form, struct str name, struct str value,
              struct err *err)
{
    struct http_param *field = &form->fields[form->n];
    if (form->n == HTTP_FIELDS_MAX)
        return err_set(err, RC_LIMIT, "a form of more than %d fields", HTTP_FIELDS_MAX);
    if (!http_is_plain_text(name))
        return no_name(form, err);
    const char *z = str_z(a, name);
    if (find(form, z) < form->n)
        return err_field(err, z, "the field was sent twice");
    *field = (struct http_param){name, value};
    form->is_mended[form->n] = !is_text(value);
    if (form->is_mended[form->n++]) {
        field->value = utf8_mend(a, value);
        form->n_mended++;
    }
    field->value = with_line_feeds(field->value);
    return RC_OK;
}

static enum rc
read_field(struct arena *a, struct str pair, struct http_form *form, struct err *err)
{
    struct str sent = pair, name, value;
    if (!http_percent_decode(a, str_cut(&sent, '='), true, &name) ||
        !http_is_plain_text(name))
        return no_name(form, err);
    if (!http_percent_decode(a, sent, true, &value))
        return err_field(err, str_z(a, name), "its percent-encoding is not right");
    return http_form_add(a, form, name, value, err);
}

enum rc
http_form_read(struct arena *a, struct str body, struct http_form *out, struct err *err)
{
    out->n = out->n_mended = 0;
    if (body.n > HTTP_FORM_MAX)
        return err_set(err, RC_LIMIT, "a form of %zu bytes, at most %d are read", body.n,
                       HTTP_FORM_MAX);
    while (body.n > 0) {
        struct str pair = str_cut(&body, '&');
        if (pair.n > 0)
            TRY(read_field(a, pair, out, err));
    }
    return RC_OK;
}

static size_t
write_escaped(char *to, struct str s)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (str_find(STR("%&+="), s.p[i]) == 4) {
            to[n++] = s.p[i];
            continue;
        }
        to[n++] = '%';
        to[n++] = digits[c >> 4];
        to[n++] = digits[c & 15];
    }
    return n;
}

struct str
http_form_write(struct arena *a, const struct http_form *form)
{
    size_t most = 0, n = 0;
    for (int i = 0; i < form->n; i++)
        most += 3 * (form->fields[i].name.n + form->fields[i].value.n) + 2;
    char *p = arena_alloc(a, most + 1);
    for (int i = 0; i < form->n; i++) {
        if (i > 0)
            p[n++] = '&';
        n += write_escaped(&p[n], form->fields[i].name);
        p[n++] = '=';
        n += write_escaped(&p[n], form->fields[i].value);
    }
    return (struct str){p, n};
}

struct str
http_form_get(const struct http_form *form, const char *name)
{
    int i = find(form, name);
    return i < form->n && !form->is_mended[i] ? form->fields[i].value
                                              : (struct str){NULL, 0};
}

struct str
http_form_mended(const struct http_form *form, const char *name)
{
    int i = find(form, name);
    return i < form->n && form->is_mended[i] ? form->fields[i].value
                                             : (struct str){NULL, 0};
}
