/* news/calendar.h - what goes out and ends on each day of a month, by the office's clock.
 */
#ifndef NEWS_CALENDAR_H
#define NEWS_CALENDAR_H

#include "news/desk.h"

enum { CALENDAR_DAY_MAX = 8, CALENDAR_DAYS_MAX = 31 };

enum calendar_kind {
    CALENDAR_OUT,       /* went out */
    CALENDAR_SCHEDULED, /* goes out */
    CALENDAR_EMBARGO,   /* goes out when its embargo ends */
    CALENDAR_ENDS,      /* ends, or has ended */
    CALENDAR_WITHDRAWN, /* is withdrawn, or will be */
    CALENDAR__MAX
};

struct calendar_entry {
    enum calendar_kind kind;
    int64_t at;
    struct desk_line line;
};

/* What goes out comes first, then what ends; each up to CALENDAR_DAY_MAX. */
struct calendar_day {
    struct calendar_entry all[2 * CALENDAR_DAY_MAX];
    int n;
    bool has_more;
    int64_t begins;
};

struct desk_calendar {
    struct calendar_day days[CALENDAR_DAYS_MAX];
    int n_days;
    int first; /* the first one's day of the week, 0 Monday */
};

/* A month of the years 2 to 9998, else RC_NOT_FOUND. Without drafts of others for who may
 * not see them. 2 statements a day. */
enum rc news_desk_calendar(const struct desk *d, int year, int month, struct arena *a,
                           struct desk_calendar *out, struct err *err) MUST_CHECK;

#endif
