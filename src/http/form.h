/* http/form.h - the fields of a submitted HTML form, application/x-www-form-urlencoded
 * (WHATWG URL section 5.1).
 *
 * A browser sends every field of a form once. Whatever is sent twice or is too much was
 * not sent by a form of ours, and the whole form is refused: nothing may come of one that
 * two readers could read differently. What is no text can come from a person, who pasted
 * it: such a field is mended to be shown again, and is no value to anybody who does not
 * ask for it as such. */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include <stdbool.h>

#include "http/request.h"

#include "base/err.h"

enum { HTTP_FORM_MAX = 1024 * 1024, HTTP_FIELDS_MAX = 1024 };

struct http_form {
    struct http_param fields[HTTP_FIELDS_MAX]; /* in order */
    bool is_mended[HTTP_FIELDS_MAX];           /* it was no text as it was sent */
    int n, n_mended;
};

/* Is a Content-Type that of such a form, with no charset but UTF-8? */
bool http_form_is_type(struct str content_type);

/* Reads a body. Names are plain text (http_is_plain_text). Values are valid UTF-8 without
 * control characters other than tab and line feed, or mended to be (utf8_mend); the line
 * ends of a text area (CR LF) become line feeds. Names and values live in a.
 *   returns  RC_OK; RC_LIMIT (over HTTP_FORM_MAX bytes or HTTP_FIELDS_MAX fields);
 *            RC_INVALID, err->field the name of the field where it has one, else "form":
 *            percent-encoding that is not right, a name that is no text or was sent
 *            twice */
enum rc http_form_read(struct arena *a, struct str body, struct http_form *out,
                       struct err *err) MUST_CHECK;

/* Adds one field as http_form_read does; name and value live in a, and value's bytes,
 * behind which there is room for one more, are the form's own from now on. RC_OK;
 * RC_LIMIT (HTTP_FIELDS_MAX); RC_INVALID (the name is no text or was sent before). */
enum rc http_form_add(struct arena *a, struct http_form *form, struct str name,
                      struct str value, struct err *err) MUST_CHECK;

/* A body that http_form_read reads back as the same form. Only what has a meaning there
 * is percent-encoded, so that it stays short and can be read. */
struct str http_form_write(struct arena *a, const struct http_form *form);

/* The value of a field; absent when it was not sent (an empty one has p != NULL), or was
 * no text. */
struct str http_form_get(const struct http_form *form, const char *name);

/* What was made of a field that was no text; absent when it was one, or was not sent. */
struct str http_form_mended(const struct http_form *form, const char *name);

#endif
