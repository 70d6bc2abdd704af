/* news/calendar.c - a month of the newsroom. */
#include "news/calendar.h"

#include "news/desk_in.h"
#include "store/desk.h"

#include "base/time.h"

/* One day under way. */
struct filling {
    const struct desk *d;
    struct arena *a;
    struct calendar_day *day;
    int64_t ends; /* when the next day begins */
};

static bool
is_never_out(const struct desk_line *l)
{
    return l->visible_until <= l->visible_from;
}

static enum calendar_kind
kind_of_out(const struct desk *d, const struct desk_line *l)
{
    return l->visible_from <= d->now           ? CALENDAR_OUT
           : l->visible_from > l->published_at ? CALENDAR_EMBARGO
                                               : CALENDAR_SCHEDULED;
}

static enum calendar_kind
kind_of_end(const struct desk_line *l)
{
    return l->withdrawn_at == l->visible_until ? CALENDAR_WITHDRAWN : CALENDAR_ENDS;
}

/* The lines of a day along one way; one more than are shown says that there are more. */
static enum rc
fill(struct filling *f, enum desk_way way, struct err *err)
{
    struct desk_line lines[CALENDAR_DAY_MAX + 1];
    struct desk_walk w = {.way = way,
                          .is_up = true,
                          .from = {f->day->begins - 1, INT64_MAX},
                          .limit = CALENDAR_DAY_MAX + 1};
    int n = 0;
    TRY(store_desk_walk(f->d->st, &w, f->a, lines, &n, err));
    for (int i = 0; i < n && lines[i].at.published_at < f->ends; i++) {
        if (i == CALENDAR_DAY_MAX)
            f->day->has_more = true;
        else if (room_may_see(f->d, &lines[i]) && !is_never_out(&lines[i]))
            f->day->all[f->day->n++] = (struct calendar_entry){
                way == DESK_WAY_ENDS ? kind_of_end(&lines[i])
                                     : kind_of_out(f->d, &lines[i]),
                lines[i].at.published_at, lines[i]};
    }
    return RC_OK;
}

static enum rc
fill_days(const struct desk *d, int64_t end, struct arena *a, struct desk_calendar *out,
          struct err *err)
{
    for (int i = 0; i < out->n_days; i++) {
        struct filling f = {d, a, &out->days[i],
                            i + 1 < out->n_days ? out->days[i + 1].begins : end};
        TRY(fill(&f, DESK_WAY_GOES_OUT, err));
        TRY(fill(&f, DESK_WAY_ENDS, err));
    }
    return RC_OK;
}

enum rc
news_desk_calendar(const struct desk *d, int year, int month, struct arena *a,
                   struct desk_calendar *out, struct err *err)
{
    if (year < 2 || year > 9998)
        return err_set(err, RC_NOT_FOUND, "no calendar for the year %d", year);
    *out = (struct desk_calendar){0};
    for (int day = 1; time_is_date(year, month, day); day++)
        out->days[out->n_days++].begins = time_office_midnight(year, month, day);
    struct civil first = time_office(out->days[0].begins + TIME_DAY_S / 2);
    out->first = (first.weekday + 6) % 7;
    int64_t end = month == 12 ? time_office_midnight(year + 1, 1, 1)
                              : time_office_midnight(year, month + 1, 1);
    TRY(store_read_begin(d->st, err));
    enum rc rc = fill_days(d, end, a, out, err);
    store_read_end(d->st);
    return rc;
}
