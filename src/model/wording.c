/* model/wording.c - which texts may stand on the site, and whether anything changed. */
#include "model/wording.h"

#include "base/utf8.h"

enum rc
wording_check(struct str text, struct err *err)
{
    if (utf8_check(text) < text.n || utf8_find_control(text) < text.n ||
        str_find(text, '\n') < text.n || str_find(text, '\t') < text.n)
        return err_field(err, "text", "not one line of text");
    if (str_trim(text).n == 0)
        return err_field(err, "text", "no text");
    if (utf8_length(text) > WORDING_MAX)
        return err_field(err, "text", "more than %d characters", WORDING_MAX);
    return RC_OK;
}

static bool
is_same(const struct wording *a, const struct wording *b)
{
    return str_eq(a->lang, b->lang) && str_eq(a->key, b->key) && str_eq(a->text, b->text);
}

bool
wordings_are_same(const struct wordings *a, const struct wordings *b)
{
    for (int i = 0; i < a->n && i < b->n; i++)
        if (!is_same(&a->all[i], &b->all[i]))
            return false;
    return a->n == b->n;
}
