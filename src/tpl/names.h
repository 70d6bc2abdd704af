/* tpl/names.h - the generated names as tables, and finding a name by its text. Plain C
 * types only: the bridge to C++ reads this file too. */
#ifndef TPL_NAMES_TABLES_H
#define TPL_NAMES_TABLES_H

#include <stddef.h>

#include "tpl_names.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a template uses a name; a set of these per file and name. */
enum tpl_as { TPL_AS_VALUE = 1, TPL_AS_SECTION = 2, TPL_AS_INCLUDE = 4 };

/* The file below templates/ ("site/card.tpl"), the name ("TITLE"), the string's name in
 * templates ("S_GO_BACK") and its key in language files ("go_back"). Static storage. */
const char *tpl_file_name(enum tpl_file file);
const char *tpl_name_text(enum tpl_name name);
const char *tpl_string_name(enum tpl_string string);
const char *tpl_string_key(enum tpl_string string);

/* Does the built-in template use the name in that way? */
int tpl_file_uses(enum tpl_file file, enum tpl_name name, enum tpl_as how);

/* A hash table over all names, in memory of the caller; never full. */
enum { TPL_INDEX_SIZE = 2048 };
struct tpl_index {
    unsigned short slots[TPL_INDEX_SIZE]; /* name + 1, 0: empty */
};

void tpl_index_fill(struct tpl_index *index);

/* The name with that text, or T__MAX. */
enum tpl_name tpl_index_find(const struct tpl_index *index, const char *p, size_t n);

#ifdef __cplusplus
}
#endif

#endif
