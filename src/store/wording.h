/* store/wording.h - words of the public site that the newsroom changed. */
#ifndef STORE_WORDING_H
#define STORE_WORDING_H

#include "model/wording.h"
#include "store/store.h"

#include "base/arena.h"

/* All of them, by language and key; at most WORDINGS_MAX. 1 statement. */
enum rc store_wording_all(struct store *st, struct arena *a, struct wordings *out,
                          struct err *err) MUST_CHECK;

/* Inside store_write_begin. */
enum rc store_wording_set(struct store *st, const struct wording *w,
                          struct err *err) MUST_CHECK;

/* RC_NOT_FOUND when there was none. Inside store_write_begin. */
enum rc store_wording_drop(struct store *st, struct str lang, struct str key,
                           struct err *err) MUST_CHECK;

#endif
