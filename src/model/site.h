/* model/site.h - the site itself: its address, names and languages.
 *
 * Filled from the settings by whoever wires the program; everybody below reads. */
#ifndef MODEL_SITE_H
#define MODEL_SITE_H

#include "base/str.h"

enum { SITE_LANGS_MAX = 8 };

struct site_lang {
    struct str code;    /* BCP 47 primary tag, "en"; also the first word of addresses */
    struct str name;    /* the organisation's name in this language */
    struct str tagline; /* may be empty */
};

struct site {
    struct str url; /* scheme and host, no slash at the end: "https://news.example" */
    struct site_lang langs[SITE_LANGS_MAX];
    int n_langs; /* at least 1; the first is the default and has no prefix */
};

/* The index of a language code, or -1. */
int site_lang_find(const struct site *s, struct str code);

#endif
