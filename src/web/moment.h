/* web/moment.h - times of the office in forms and on pages. */
#ifndef WEB_MOMENT_H
#define WEB_MOMENT_H

#include "web/form.h"
#include "web/visit.h"

/* A field that is a time, and the hidden one beside it ("x_which") that asks which of two
 * is meant when the clock showed that time twice. */
struct moment_field {
    const char *name, *which;
    bool takes_day; /* a day alone is its first instant */
};

/* Reads them; what is wrong is noted in the form: no date and time, one that a clock
 * change leapt over, or one that came twice and is asked about.
 *   was      what the field showed, or TIME_NONE: unless another time was written it is
 *            meant, to the second it was
 *   returns  the instant; TIME_NONE for an empty field and for a wrong one
 */
int64_t moment_read(struct form *form, struct moment_field f, int64_t was);

/* "31.03.2026 10:30 (Europe/Moscow), 07:30 UTC". */
struct str moment_text(struct visit *v, int64_t t);

/* A line of a block that counts down to an instant: in words, and by js/countdown.js to
 * the second. Absent when it has passed. */
struct view_countdown moment_countdown(struct visit *v, int64_t t);

#endif
