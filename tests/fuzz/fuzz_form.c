/* tests/fuzz/fuzz_form.c - any bytes as a form's body and as a Cookie header field.
 *
 * The bytes are copied to a block of their exact length, so that AddressSanitizer sees a
 * read of one byte too many. What is accepted must be what the header promises. */
#include <assert.h>
#include <stdlib.h>

#include "http/cookie.h"
#include "http/form.h"
#include "http/percent.h"

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
check(const struct http_form *form, struct arena *a)
{
    assert(form->n >= 0 && form->n <= HTTP_FIELDS_MAX);
    for (int i = 0; i < form->n; i++) {
        const struct http_param *field = &form->fields[i];
        assert(http_is_plain_text(field->name));
        assert(utf8_check(field->value) == field->value.n);
        assert(utf8_find_control(field->value) == field->value.n);
        assert(str_find(field->value, '\r') == field->value.n);
        const char *name = str_z(a, field->name);
        struct str found =
            form->is_mended[i] ? http_form_mended(form, name) : http_form_get(form, name);
        assert(found.p == field->value.p); /* no other field has its name */
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct http_form form;
    struct err err = {0};
    struct arena a;
    char *copy = malloc(n > 0 ? n : 1);
    if (copy == NULL)
        return 0;
    if (n > 0)
        memcpy(copy, data, n);
    arena_init(&a);
    struct str bytes = {copy, n};
    enum rc rc = http_form_read(&a, bytes, &form, &err);
    assert(rc == RC_OK || ((rc == RC_INVALID || rc == RC_LIMIT) && err.text[0] != '\0'));
    if (rc == RC_OK)
        check(&form, &a);
    struct str cookie = http_cookie_find(bytes, "__Host-byline");
    assert(cookie.p == NULL || (cookie.p >= copy && cookie.p + cookie.n <= copy + n));
    arena_done(&a);
    free(copy);
    return 0;
}
