/* base/time.c - instants, wall clocks and their written forms.
 *
 * Calendar arithmetic is done here, in days since 1970; libc is asked one thing only:
 * how far the office's clock is from UTC at an instant. */
#include "base/time.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

/* The instants that have a year 1..9999 somewhere on earth. */
#define EARLIEST (INT64_C(-62135596800) - TIME_DAY_S)
#define LATEST   (INT64_C(253402300799) + TIME_DAY_S)

/* No clock on earth was ever further from UTC (local mean times included). */
enum { OFFSET_MAX_S = 16 * TIME_HOUR_S };

static bool is_zone_set; /* until then the office keeps UTC */

int64_t
time_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}

int64_t
time_monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t
time_monotonic_ms(void)
{
    return time_monotonic_us() / 1000;
}

/* Letters, digits and "+-_" in parts divided by single slashes: nothing that could lead
 * out of the folder of zones. "right/" zones count leap seconds, UTC seconds do not. */
static bool
is_zone_name(const char *zone)
{
    size_t n = strspn(zone, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                            "0123456789+-_/");
    return n > 0 && n < 64 && zone[n] == '\0' && zone[0] != '/' && zone[n - 1] != '/' &&
           strstr(zone, "//") == NULL && strncmp(zone, "right/", 6) != 0;
}

/* Is there a compiled zone file (RFC 8536) of this name? */
static bool
is_zone_file(const char *zone)
{
    const char *dir = getenv("TZDIR");
    char path[PATH_MAX], magic[4] = "";
    int n = snprintf(path, sizeof path, "%s/%s",
                     dir != NULL && dir[0] != '\0' ? dir : "/usr/share/zoneinfo", zone);
    if (n < 0 || (size_t)n >= sizeof path)
        return false;
    FILE *f = fopen(path, "re");
    if (f == NULL)
        return false;
    bool is_zone = fread(magic, sizeof magic, 1, f) == 1 && memcmp(magic, "TZif", 4) == 0;
    (void)fclose(f);
    return is_zone;
}

enum rc
time_set_zone(const char *zone, struct err *err)
{
    if (!is_zone_name(zone) || !is_zone_file(zone))
        return err_set(err, RC_INVALID, "no time zone \"%s\" in tzdata", zone);
    if (setenv("TZ", zone, 1) != 0)
        return err_set(err, RC_FAILED, "environment is full");
    tzset();
    is_zone_set = true;
    return RC_OK;
}

static int64_t
clamp(int64_t t)
{
    return t < EARLIEST ? EARLIEST : t > LATEST ? LATEST : t;
}

/* Seconds that the office's clock is ahead of UTC at an instant. */
static int64_t
office_offset(int64_t t)
{
    time_t at = (time_t)clamp(t);
    struct tm tm;
    return is_zone_set && localtime_r(&at, &tm) != NULL ? tm.tm_gmtoff : 0;
}

static int64_t
div_floor(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days from 1970-01-01 to a date. The year is taken to begin in March, so that the leap
 * day comes last and the months before it have a regular length; 400 years are 146097
 * days, and 719468 lie between 0000-03-01 and 1970-01-01. */
static int64_t
days_from_civil(int64_t year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = div_floor(y, 400);
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100;
    return era * 146097 + day_of_era + day_of_year - 719468;
}

/* The inverse: fills year, month and day. */
static void
civil_from_days(int64_t days, struct civil *c)
{
    int64_t z = days + 719468;
    int64_t era = div_floor(z, 146097);
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t m = (5 * day_of_year + 2) / 153; /* 0 = March */
    c->day = (int)(day_of_year - (153 * m + 2) / 5 + 1);
    c->month = (int)(m < 10 ? m + 3 : m - 9);
    c->year = (int)(year_of_era + era * 400 + (c->month <= 2));
}

struct civil
time_utc(int64_t t)
{
    t = clamp(t);
    int64_t days = div_floor(t, TIME_DAY_S);
    int second_of_day = (int)(t - days * TIME_DAY_S);
    struct civil c = {
        .hour = second_of_day / TIME_HOUR_S,
        .minute = second_of_day / TIME_MINUTE_S % 60,
        .second = second_of_day % 60,
        .weekday = (int)(days + 4 - 7 * div_floor(days + 4, 7)), /* a Thursday */
    };
    civil_from_days(days, &c);
    return c;
}

struct civil
time_office(int64_t t)
{
    t = clamp(t);
    return time_utc(t + office_offset(t));
}

/* The first instant at which the office's clock shows `wall` or more (seconds as if it
 * were UTC): where the clock jumped over it, the instant of the jump. */
static int64_t
first_at_or_after(int64_t wall)
{
    const int64_t day = TIME_DAY_S;
    int64_t before = wall - 2 * day, after = wall + 2 * day;
    while (after - before > 1) {
        int64_t middle = before + (after - before) / 2;
        if (middle + office_offset(middle) >= wall)
            after = middle;
        else
            before = middle;
    }
    return after;
}

int64_t
time_office_midnight(int year, int month, int day)
{
    int64_t wall = days_from_civil(year, month, day) * TIME_DAY_S;
    /* With the offset of before or after a clock change nearby; if both are right,
     * midnight came twice and the first is meant. */
    int64_t early = wall - office_offset(wall - OFFSET_MAX_S);
    int64_t late = wall - office_offset(wall + OFFSET_MAX_S);
    bool is_early = early + office_offset(early) == wall;
    bool is_late = late + office_offset(late) == wall;
    if (is_early && is_late)
        return early < late ? early : late;
    if (is_early || is_late)
        return is_early ? early : late;
    return first_at_or_after(wall);
}

bool
time_is_date(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] + (month == 2 && is_leap);
}

/* A cursor over text that is being read; each reader is false when its part is not
 * there and leaves the rest undefined. */
static bool
take_number(struct str *s, size_t n_digits, int *out)
{
    int v = 0;
    if (s->n < n_digits)
        return false;
    for (size_t i = 0; i < n_digits; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            return false;
        v = v * 10 + (s->p[i] - '0');
    }
    *out = v;
    *s = str_from(*s, n_digits);
    return true;
}

/* One character of a set. */
static bool
take_one(struct str *s, const char *set)
{
    if (s->n == 0 || s->p[0] == '\0' || strchr(set, s->p[0]) == NULL)
        return false;
    *s = str_from(*s, 1);
    return true;
}

static bool
take_date(struct str *s, struct civil *c)
{
    return take_number(s, 4, &c->year) && take_one(s, "-") &&
           take_number(s, 2, &c->month) && take_one(s, "-") && take_number(s, 2, &c->day);
}

static bool
take_clock(struct str *s, struct civil *c)
{
    return take_number(s, 2, &c->hour) && take_one(s, ":") &&
           take_number(s, 2, &c->minute) && take_one(s, ":") &&
           take_number(s, 2, &c->second);
}

/* The optional fraction of a second, which is dropped. */
static bool
take_fraction(struct str *s)
{
    int digit;
    if (!take_one(s, "."))
        return true;
    if (!take_number(s, 1, &digit))
        return false;
    while (take_number(s, 1, &digit))
        ;
    return true;
}

/* "Z" or "+hh:mm", in seconds ahead of UTC. */
static bool
take_offset(struct str *s, int *offset_s)
{
    *offset_s = 0;
    if (take_one(s, "Zz"))
        return true;
    int sign = s->n > 0 && s->p[0] == '-' ? -1 : 1;
    int hours, minutes;
    if (!take_one(s, "+-") || !take_number(s, 2, &hours) || !take_one(s, ":") ||
        !take_number(s, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *offset_s = sign * (hours * TIME_HOUR_S + minutes * TIME_MINUTE_S);
    return true;
}

/* The instant of a clock reading at an offset; false when no clock shows it. A leap
 * second can only end a day of UTC. */
static bool
instant_of(const struct civil *c, int offset_s, int64_t *out)
{
    if (c->hour > 23 || c->minute > 59 || c->second > 60)
        return false;
    int clock_s = c->hour * TIME_HOUR_S + c->minute * TIME_MINUTE_S + c->second;
    *out = days_from_civil(c->year, c->month, c->day) * TIME_DAY_S + clock_s - offset_s;
    return c->second < 60 || *out % TIME_DAY_S == 0;
}

static bool
is_office_year(int64_t t)
{
    int year = time_office(t).year;
    return year >= 1 && year <= 9999;
}

/* What follows the date of a date-time. */
static bool
read_clock(struct str rest, struct civil *c, int64_t *out)
{
    int offset_s;
    return take_one(&rest, "Tt") && take_clock(&rest, c) && take_fraction(&rest) &&
           take_offset(&rest, &offset_s) && rest.n == 0 && instant_of(c, offset_s, out) &&
           is_office_year(*out);
}

enum rc
time_read(struct str s, int64_t *out, bool *is_date_only, struct err *err)
{
    struct civil c = {0};
    struct str rest = s;
    int64_t t = 0;
    if (!take_date(&rest, &c))
        return err_set(err, RC_INVALID, "\"%.*s\" is no date YYYY-MM-DD or date-time",
                       STR_ARG(str_sub(s, 0, 40)));
    if (!time_is_date(c.year, c.month, c.day))
        return err_set(err, RC_INVALID, "the date %04d-%02d-%02d does not exist", c.year,
                       c.month, c.day);
    bool is_date = rest.n == 0;
    if (is_date)
        t = time_office_midnight(c.year, c.month, c.day);
    else if (!read_clock(rest, &c, &t))
        return err_set(err, RC_INVALID,
                       "\"%.*s\" is no date-time like 2024-07-25T10:30:00+03:00",
                       STR_ARG(str_sub(s, 0, 40)));
    *out = t;
    *is_date_only = is_date;
    return RC_OK;
}

struct str
time_write(struct arena *a, int64_t t, bool is_date_only)
{
    if (is_date_only) {
        struct civil c = time_office(t);
        return str_fmt(a, "%04d-%02d-%02d", c.year, c.month, c.day);
    }
    /* Old local mean times have seconds in their offset, RFC 3339 has not: the clock is
     * written at the whole minute's offset, so that the instant stays exact. */
    int minutes = (int)div_floor(office_offset(t), TIME_MINUTE_S);
    int offset_s = minutes * TIME_MINUTE_S;
    struct civil c = time_utc(clamp(t) + offset_s);
    return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c.year, c.month, c.day,
                   c.hour, c.minute, c.second, minutes < 0 ? '-' : '+', abs(minutes) / 60,
                   abs(minutes) % 60);
}

static bool
take_wall_clock(struct str s, struct civil *c)
{
    bool is_read = take_date(&s, c) && time_is_date(c->year, c->month, c->day) &&
                   take_one(&s, "T") && take_number(&s, 2, &c->hour) &&
                   take_one(&s, ":") && take_number(&s, 2, &c->minute);
    if (is_read && s.n > 0)
        is_read = take_one(&s, ":") && take_number(&s, 2, &c->second);
    return is_read && s.n == 0 && c->hour <= 23 && c->minute <= 59 && c->second <= 59;
}

int
time_office_read(struct str s, int64_t out[2])
{
    struct civil c = {0};
    int n = 0;
    if (!take_wall_clock(s, &c))
        return -1;
    int64_t wall = days_from_civil(c.year, c.month, c.day) * TIME_DAY_S +
                   c.hour * TIME_HOUR_S + c.minute * TIME_MINUTE_S + c.second;
    /* With the offset of before and of after a clock change nearby. */
    int64_t early = wall - office_offset(wall - OFFSET_MAX_S);
    int64_t late = wall - office_offset(wall + OFFSET_MAX_S);
    if (early + office_offset(early) == wall)
        out[n++] = early;
    if (late != early && late + office_offset(late) == wall)
        out[n++] = late;
    return n;
}

struct str
time_office_write(struct arena *a, int64_t t)
{
    struct civil c = time_office(t);
    struct str minutes =
        str_fmt(a, "%04d-%02d-%02dT%02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
    return c.second == 0 ? minutes : str_fmt(a, "%.*s:%02d", STR_ARG(minutes), c.second);
}

static const char *const day_names[7] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char *const month_names[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct str
time_http(struct arena *a, int64_t t)
{
    struct civil c = time_utc(t);
    return str_fmt(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", day_names[c.weekday], c.day,
                   month_names[c.month - 1], c.year, c.hour, c.minute, c.second);
}

static bool
take_text(struct str *s, struct str text)
{
    if (!str_starts(*s, text))
        return false;
    *s = str_from(*s, text.n);
    return true;
}

/* One of n names, as its place among them. */
static bool
take_name(struct str *s, const char *const *names, int n, int *out)
{
    for (*out = 0; *out < n; ++*out)
        if (take_text(s, str_of(names[*out])))
            return true;
    return false;
}

bool
time_read_http(struct str s, int64_t *out)
{
    struct civil c = {0};
    int month;
    int64_t t;
    if (!take_name(&s, day_names, 7, &c.weekday) || !take_text(&s, STR(", ")) ||
        !take_number(&s, 2, &c.day) || !take_one(&s, " ") ||
        !take_name(&s, month_names, 12, &month) || !take_one(&s, " ") ||
        !take_number(&s, 4, &c.year) || !take_one(&s, " ") || !take_clock(&s, &c) ||
        !str_eq_z(s, " GMT"))
        return false;
    c.month = month + 1;
    if (!time_is_date(c.year, c.month, c.day) || !instant_of(&c, 0, &t) ||
        (c.second < 60 && time_utc(t).weekday != c.weekday))
        return false;
    *out = t;
    return true;
}
