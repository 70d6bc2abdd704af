/* store/site.h - whether anything changed since it was last looked at. */
#ifndef STORE_SITE_H
#define STORE_SITE_H

#include "model/site.h"
#include "store/store.h"

struct site_state {
    int64_t version;    /* goes up with every write that changed something */
    int64_t changed_at; /* when the last of them was */
};

/* RC_OK, RC_BUSY, RC_FAILED. 1 statement. */
enum rc store_site_state(struct store *st, struct site_state *out,
                         struct err *err) MUST_CHECK;

/* The latest instant up to now at which what visitors see changed without a write: an
 * item went out, or ended, or its embargo, pin or a photo's rights ended. TIME_NONE when
 * there was none. 4 statements and one per language. */
enum rc store_site_last_transition(struct store *st, const struct site *site, int64_t now,
                                   int64_t *out, struct err *err) MUST_CHECK;

#endif
