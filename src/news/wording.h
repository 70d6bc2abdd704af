/* news/wording.h - changing words of the public site.
 *
 * Each call is one write transaction with its line in the audit log; all pages follow
 * with the next epoch. Which keys there are is the language files', and which of them may
 * be changed view/wording.h: the caller asks there first. RC_DENIED without
 * RIGHT_SETTINGS. */
#ifndef NEWS_WORDING_H
#define NEWS_WORDING_H

#include "model/wording.h"
#include "news/desk.h"

/* RC_INVALID (field "text") as wording_check. */
enum rc news_wording_set(const struct desk *d, const struct wording *w,
                         struct err *err) MUST_CHECK;

/* Back to the language file's text. RC_NOT_FOUND when it was not changed. */
enum rc news_wording_reset(const struct desk *d, struct str lang, struct str key,
                           struct err *err) MUST_CHECK;

#endif
