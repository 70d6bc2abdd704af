/* base/time.h - time as UTC seconds, and the office's wall clock.
 *
 * An instant is int64_t UTC seconds since 1970, negative before. Zones come from
 * the tzdata package through libc, in this file pair only. A process uses one zone,
 * set once at start. */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/* No instant (column NULL, key absent). Smaller than every real one. */
#define TIME_NONE INT64_MIN

enum { TIME_MINUTE_S = 60, TIME_HOUR_S = 3600, TIME_DAY_S = 86400 };

/* A wall-clock reading. month 1..12, day 1..31, weekday 0 = Sunday. */
struct civil {
    int year, month, day, hour, minute, second, weekday;
};

/* The clock, once per request or command. */
int64_t time_now(void);
/* A clock that never jumps, in milliseconds or microseconds, for durations. */
int64_t time_monotonic_ms(void);
int64_t time_monotonic_us(void);

/* Chooses the zone ("Europe/Moscow") for every later call with `office` in its name.
 * Until then the office keeps UTC. Zones are looked for below TZDIR, else
 * /usr/share/zoneinfo. RC_INVALID when there is no such zone, or its name would lead
 * elsewhere; "right/" zones, which count leap seconds, are refused too. */
enum rc time_set_zone(const char *zone, struct err *err) MUST_CHECK;

/* The office's wall clock at an instant, and UTC's. Years 0001..9999; an instant more
 * than a day outside of them is read as the last one that is not. */
struct civil time_office(int64_t t);
struct civil time_utc(int64_t t);

/* The instant of 00:00 office time of a date. At a clock change that skips
 * midnight, the first instant of that day; of two midnights, the first. (A day that a
 * zone left out, like 2011-12-30 in Samoa, begins with the day after.) */
int64_t time_office_midnight(int year, int month, int day);

/* Does the date exist (proleptic Gregorian, years 1..9999)? */
bool time_is_date(int year, int month, int day);

/* Reads a full date YYYY-MM-DD (RFC 3339 section 5.6), which becomes 00:00 office
 * time with *is_date_only true, or a date-time with offset ("Z", "+03:00"; a fraction
 * of a second is dropped). Leap second :60, which only ends a day of UTC, is read as the
 * next second. Instants whose year is not 1..9999 at the office are refused.
 * RC_INVALID says what is wrong, also for a date that does not exist. */
enum rc time_read(struct str s, int64_t *out, bool *is_date_only,
                  struct err *err) MUST_CHECK;

/* Writes what time_read reads: the office's date, or RFC 3339 in office time with its
 * offset at that instant ("2024-07-25T10:30:00+03:00"). An offset with seconds (local
 * mean time, before about 1920) is written as its whole minutes, the clock with it. */
struct str time_write(struct arena *a, int64_t t, bool is_date_only);

/* Reads the office's wall clock as a form's field sends it: "YYYY-MM-DDTHH:MM", with or
 * without ":SS" (HTML section 2.3.5.5, local date and time).
 *   out      the instants at which the clock shows it, the earlier one first
 *   returns  how many: 0 when a clock change leapt over it, 1, or 2 when it came twice;
 *            -1 when it is no date-time that exists */
int time_office_read(struct str s, int64_t out[2]);
/* Writes what time_office_read reads; seconds only where there are any. */
struct str time_office_write(struct arena *a, int64_t t);

/* IMF-fixdate of RFC 9110 section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT". */
struct str time_http(struct arena *a, int64_t t);
/* Reads that form only (the other two are obsolete and never sent by us). */
bool time_read_http(struct str s, int64_t *out);

#endif
