/* news/library.h - looking for photos in the library. What is done to one stands in
 * news/photo.h. Everybody's right to see it is asked here: RC_DENIED. RC_BUSY, RC_FAILED
 * everywhere. */
#ifndef NEWS_LIBRARY_H
#define NEWS_LIBRARY_H

#include "model/library.h"
#include "news/desk.h"

/* A page of the library by a filter, of up to limit lines; cost: what it shows, whatever
 * the library holds. Only photos whose rights end or have ended, among words or days, are
 * looked for among all that have an end: up to LIBRARY_LOOKS for a page; one that is_cut
 * has looked at so many, and the list goes on behind it. */
enum { LIBRARY_LOOKS = 2000 };
enum rc news_library_list(const struct desk *d, const struct library_filter *f, int limit,
                          struct arena *a, struct library_page *out,
                          struct err *err) MUST_CHECK;

/* One line. RC_NOT_FOUND. */
enum rc news_library_line(const struct desk *d, int64_t id, struct arena *a,
                          struct library_line *out, struct err *err) MUST_CHECK;

/* Up to limit photos that are to be gone from an item within so many seconds, as their
 * rights end, the soonest first, into out. */
enum rc news_library_leaving(const struct desk *d, int64_t within_s, int limit,
                             struct arena *a, struct library_leaving *out, int *n,
                             struct err *err) MUST_CHECK;

#endif
