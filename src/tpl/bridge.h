/* tpl/bridge.h - the seam between C and the template engine (ctemplate, C++). Plain C
 * types only, as both sides read this file. No C++ exception comes through. */
#ifndef TPL_BRIDGE_H
#define TPL_BRIDGE_H

#include "tpl/dict.h"

#ifdef __cplusplus
extern "C" {
#endif

struct bridge_cache; /* parsed templates by key */

/* One expansion: what goes in and what it writes to, then what bridge_expand sets. */
struct bridge_job {
    const struct tpl_dict *dict;
    const char *const *keys; /* by enum tpl_file, in the language of this job */
    const struct tpl_index *index;
    void (*emit)(void *out, const char *p, size_t n);
    void *out;
    enum tpl_name missing;         /* {{>NAME}} that nobody filled, T__MAX if none */
    const struct dict_value *last; /* the value looked up last */
    const char *asked;             /* where the engine has the name it asked for last, */
    enum tpl_name found;           /* and which that is */
};

/* An empty cache that the caller ends with bridge_cache_free; NULL without memory. */
struct bridge_cache *bridge_cache_new(void);
void bridge_cache_free(struct bridge_cache *cache);

/* Parses a template and keeps it under a key that is not taken. False when the engine
 * refuses it. */
bool bridge_cache_add(struct bridge_cache *cache, const char *key, const char *text,
                      size_t n);

/* From now on nothing can be added, and everything can be expanded. False without
 * memory. */
bool bridge_cache_freeze(struct bridge_cache *cache);

/* Fills the template of job->dict and tells job->emit the bytes, piece by piece. False
 * when a template or an include is missing or the engine fails. */
bool bridge_expand(const struct bridge_cache *cache, struct bridge_job *job);

#ifdef __cplusplus
}
#endif

#endif
