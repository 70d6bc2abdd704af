/* tpl/set.h - what a set of templates looks like inside. */
#ifndef TPL_SET_H
#define TPL_SET_H

#include "tpl/bridge.h"
#include "tpl/tpl.h"

/* The engine's keys of all files in one language: "ru/site/card.tpl". */
struct set_lang {
    struct str code;
    const char *keys[TPL__MAX];
};

/* The text of one template before the strings of a language are put in. */
struct set_text {
    struct str text;
    const char *where; /* for errors: the operator's path, or the built-in name */
};

struct tpl_set {
    struct arena arena;     /* holds all of it, the set too */
    struct set_text *texts; /* by enum tpl_file, to put other strings in */
    struct bridge_cache *cache;
    struct tpl_index index;
    struct set_lang *langs;
    int n_langs;
};

/* Replaces those texts that have a file of the same name below folder. RC_INVALID for a
 * folder that is not there or holds something else than templates, RC_LIMIT and RC_FAILED
 * for a file that cannot be read. Texts live in a. */
enum rc set_read_folder(struct arena *a, struct str folder, struct set_text *texts,
                        struct err *err) MUST_CHECK;

#endif
