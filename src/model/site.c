/* model/site.c - looking up the site's languages. */
#include "model/site.h"

int
site_lang_find(const struct site *s, struct str code)
{
    for (int i = 0; i < s->n_langs; i++)
        if (str_eq(s->langs[i].code, code))
            return i;
    return -1;
}
