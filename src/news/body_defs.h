/* news/body_defs.h - link reference definitions that nothing refers to; private to
 * news/body.
 *
 * CommonMark takes "[name]: address" (0.30 section 4.7) out of the text, whether or not a
 * link uses it. What no link uses would be on no page, though somebody wrote it. */
#ifndef NEWS_BODY_DEFS_H
#define NEWS_BODY_DEFS_H

#include "base/err.h"
#include "base/str.h"

/* The Markdown text in which such definitions are written so that they are shown as they
 * stand; definitions in use, and everything else, stay as they are.
 *   markdown  free of control characters
 *   out       the same view when there is nothing to change, else a text in a; lines may
 *             have been added between definitions
 *   returns   RC_OK; RC_INVALID when each one made text uncovers another, too often */
enum rc news_body_show_defs(struct str markdown, struct arena *a, struct str *out,
                            struct err *err) MUST_CHECK;

#endif
