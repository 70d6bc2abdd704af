/* tpl/dict.h - what a dictionary looks like inside: lists in an arena. Plain C types
 * only: the bridge to C++ reads this file too. */
#ifndef TPL_DICT_H
#define TPL_DICT_H

#include <stdbool.h>
#include <stddef.h>

#include "tpl/names.h"

#ifdef __cplusplus
extern "C" {
#endif

struct arena;
struct tpl_dict;

/* What a value was set as: who may pass unescaped, and where. */
enum dict_kind { DICT_TEXT, DICT_HTML, DICT_SRCSET };

struct dict_value {
    struct dict_value *next; /* set before this one */
    enum tpl_name name;
    enum dict_kind kind;
    const char *p; /* never NULL */
    size_t n;
};

/* All times a section is shown, or all files that stand for one {{>NAME}}. */
struct dict_part {
    struct dict_part *next;
    enum tpl_name name;
    enum tpl_as as; /* TPL_AS_SECTION or TPL_AS_INCLUDE */
    struct tpl_dict *first, *last;
};

struct tpl_dict {
    struct arena *arena;
    struct tpl_dict *root;         /* the one that will be expanded; may be this one */
    const struct tpl_dict *around; /* whose values a section sees too; NULL for files */
    struct tpl_dict *next;         /* the next time of the same part */
    struct dict_value *values;     /* newest first */
    struct dict_part *parts;
    enum tpl_file file;

    /* In the root: the first name that was set though the file does not use it so. */
    enum tpl_file wrong_file;
    enum tpl_name wrong_name; /* T__MAX: none */
    enum tpl_as wrong_as;
};

/* The newest value of that name here or around, NULL if none. */
const struct dict_value *tpl_dict_value(const struct tpl_dict *d, enum tpl_name name);

/* The part of that name and kind here or around, NULL if none. */
const struct dict_part *tpl_dict_part(const struct tpl_dict *d, enum tpl_name name,
                                      enum tpl_as as);

#ifdef __cplusplus
}
#endif

#endif
