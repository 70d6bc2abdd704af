/* model/wording.h - words of the public site that the newsroom changed; the language
 * files are the base. */
#ifndef MODEL_WORDING_H
#define MODEL_WORDING_H

#include "base/err.h"
#include "base/str.h"

enum { WORDING_MAX = 300 /* characters */, WORDINGS_MAX = 2000 };

struct wording {
    struct str lang, key; /* "ru", "go_back" */
    struct str text;      /* plain text */
};

struct wordings {
    struct wording *all;
    int n;
};

/* RC_INVALID (field "text"): empty, more than one line or WORDING_MAX characters, no
 * UTF-8. */
enum rc wording_check(struct str text, struct err *err) MUST_CHECK;

/* The same ones? */
bool wordings_are_same(const struct wordings *a, const struct wordings *b);

#endif
