/* tests/unit/test_time.c - instants, zones with clock changes, written forms. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/time.h"

static struct arena arena;

static int
set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void
use_zone(const char *zone)
{
    struct err err;
    if (time_set_zone(zone, &err) != RC_OK)
        fail_msg("%s", err.text);
}

static void
check_str(struct str have, const char *want)
{
    if (!str_eq_z(have, want))
        fail_msg("%.*s, not %s", STR_ARG(have), want);
}

/* Runs first: nobody has chosen a zone. */
static void
test_utc_until_a_zone_is_chosen(void **state)
{
    (void)state;
    setenv("TZ", "Asia/Tokyo", 1);
    tzset();
    assert_int_equal(time_office(0).hour, 0);
    assert_int_equal(time_office_midnight(1970, 1, 1), 0);
    check_str(time_write(&arena, 0, false), "1970-01-01T00:00:00+00:00");
}

static void
test_clocks_run(void **state)
{
    (void)state;
    assert_true(time_now() > 1700000000);
    int64_t before = time_monotonic_ms();
    usleep(20000);
    int64_t passed = time_monotonic_ms() - before;
    assert_in_range(passed, 19, 5000);
}

/* libc's own arithmetic is the judge of ours, every 9 hours of 9,999 years. */
static void
test_utc_agrees_with_libc(void **state)
{
    (void)state;
    const int64_t step = 9 * TIME_HOUR_S * 7 + 12347;
    for (int64_t t = -62135596800; t <= 253402300799; t += step) {
        time_t at = t;
        struct tm tm;
        gmtime_r(&at, &tm);
        struct civil c = time_utc(t);
        if (c.year != tm.tm_year + 1900 || c.month != tm.tm_mon + 1 ||
            c.day != tm.tm_mday || c.hour != tm.tm_hour || c.minute != tm.tm_min ||
            c.second != tm.tm_sec || c.weekday != tm.tm_wday)
            fail_msg("%lld", (long long)t);
    }
}

static void
test_out_of_range_is_clamped(void **state)
{
    (void)state;
    assert_in_range(time_utc(INT64_MAX).year, 9999, 10000);
    assert_in_range(time_utc(TIME_NONE).year, 0, 1);
    assert_in_range(time_office(INT64_MAX).year, 9999, 10000);
    assert_in_range(time_office(TIME_NONE).year, 0, 1);
}

static void
test_dates(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        bool is_date;
    } rows[] = {
        {2024, 2, 29, true},   {2023, 2, 29, false}, {2000, 2, 29, true},
        {1900, 2, 29, false},  {2100, 2, 29, false}, {1600, 2, 29, true},
        {2024, 4, 31, false},  {2024, 4, 30, true},  {2024, 12, 31, true},
        {2024, 12, 32, false}, {2024, 13, 1, false}, {2024, 0, 1, false},
        {2024, 1, 0, false},   {0, 1, 1, false},     {1, 1, 1, true},
        {9999, 12, 31, true},  {10000, 1, 1, false}, {-5, 1, 1, false},
        {2024, -1, 1, false},  {2024, 1, -1, false},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        if (time_is_date(rows[i].year, rows[i].month, rows[i].day) != rows[i].is_date)
            fail_msg("%d-%d-%d", rows[i].year, rows[i].month, rows[i].day);
}

/* Every day there is, once: the calendar has no gaps and no twins. */
static void
test_days_follow_each_other(void **state)
{
    (void)state;
    use_zone("UTC");
    int64_t want = -62135596800;
    for (int year = 1; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; time_is_date(year, month, day); day++) {
                if (year % 50 == 4 && time_office_midnight(year, month, day) != want)
                    fail_msg("%d-%d-%d", year, month, day);
                want += TIME_DAY_S;
            }
    assert_int_equal(want, 253402300800);
}

static void
test_office_clock(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        int64_t t;
        const char *reads;
    } rows[] = {
        {"UTC", 0, "1970-01-01T00:00:00+00:00"},
        {"UTC", -1, "1969-12-31T23:59:59+00:00"},
        {"Europe/Moscow", 1721892600, "2024-07-25T10:30:00+03:00"},
        {"Europe/Moscow", 1301180399, "2011-03-27T01:59:59+03:00"}, /* summer for good */
        {"Europe/Moscow", 1301180400, "2011-03-27T03:00:00+04:00"},
        {"Europe/Moscow", 1414274399, "2014-10-26T01:59:59+04:00"}, /* winter for good */
        {"Europe/Moscow", 1414274400, "2014-10-26T01:00:00+03:00"},
        {"Asia/Almaty", 1709229599, "2024-02-29T23:59:59+06:00"}, /* needs 2024 tzdata */
        {"Asia/Almaty", 1709229600, "2024-02-29T23:00:00+05:00"},
        {"Asia/Almaty", 1721892600, "2024-07-25T12:30:00+05:00"},
        {"America/New_York", 1710053999, "2024-03-10T01:59:59-05:00"},
        {"America/New_York", 1710054000, "2024-03-10T03:00:00-04:00"},
        {"America/New_York", 1730613600, "2024-11-03T01:00:00-05:00"},
        {"America/New_York", 1730610000, "2024-11-03T01:00:00-04:00"},
        {"Africa/Cairo", 1682632799, "2023-04-27T23:59:59+02:00"}, /* needs 2023 tzdata */
        {"Africa/Cairo", 1682632800, "2023-04-28T01:00:00+03:00"},
        {"America/Mexico_City", 1688169600, "2023-06-30T18:00:00-06:00"}, /* 2022 */
        {"America/Sao_Paulo", 1508036399, "2017-10-14T23:59:59-03:00"},
        {"America/Sao_Paulo", 1508036400, "2017-10-15T01:00:00-02:00"},
        {"Asia/Kathmandu", 1721892600, "2024-07-25T13:15:00+05:45"},
        {"America/St_Johns", 1721892600, "2024-07-25T05:00:00-02:30"},
        {"Australia/Lord_Howe", 1721892600, "2024-07-25T18:00:00+10:30"},
        {"Pacific/Kiritimati", 1721892600, "2024-07-25T21:30:00+14:00"},
        {"Pacific/Apia", 1325239199, "2011-12-29T23:59:59-10:00"}, /* a day left out */
        {"Pacific/Apia", 1325239200, "2011-12-31T00:00:00+14:00"},
        /* Local mean time: 2:30:17 ahead; its seconds cannot be written. */
        {"Europe/Moscow", -3000000000, "1874-12-07T21:10:00+02:30"},
        /* 4:56:02 behind. */
        {"America/New_York", -3000000000, "1874-12-07T13:43:00-04:57"},
        {"Europe/Moscow", 4102444800, "2100-01-01T03:00:00+03:00"},
        {"America/New_York", 4118083200, "2100-06-30T20:00:00-04:00"}, /* by the rule */
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        use_zone(rows[i].zone);
        check_str(time_write(&arena, rows[i].t, false), rows[i].reads);
        int64_t back = 0;
        bool is_date_only = true;
        struct err err;
        assert_int_equal(time_read(str_of(rows[i].reads), &back, &is_date_only, &err),
                         RC_OK);
        assert_int_equal(back, rows[i].t);
        assert_false(is_date_only);
    }
}

static void
test_midnights(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        int year, month, day;
        const char *first; /* instant of that day, as the office's clock shows it */
    } rows[] = {
        {"UTC", 2024, 7, 25, "2024-07-25T00:00:00+00:00"},
        {"Europe/Moscow", 2024, 7, 25, "2024-07-25T00:00:00+03:00"},
        {"Europe/Moscow", 2011, 3, 27, "2011-03-27T00:00:00+03:00"}, /* change at 2 */
        {"Europe/Moscow", 2014, 10, 26, "2014-10-26T00:00:00+04:00"},
        {"Asia/Almaty", 2024, 2, 29, "2024-02-29T00:00:00+06:00"},
        {"Asia/Almaty", 2024, 3, 1, "2024-03-01T00:00:00+05:00"}, /* 24:00 was 23:00 */
        {"America/New_York", 2024, 3, 10, "2024-03-10T00:00:00-05:00"},
        {"America/New_York", 2024, 11, 3, "2024-11-03T00:00:00-04:00"},
        {"Africa/Cairo", 2023, 4, 28, "2023-04-28T01:00:00+03:00"}, /* skipped */
        {"Africa/Cairo", 2023, 10, 27, "2023-10-27T00:00:00+02:00"},
        {"America/Sao_Paulo", 2017, 10, 15, "2017-10-15T01:00:00-02:00"}, /* skipped */
        {"America/Sao_Paulo", 2018, 2, 18, "2018-02-18T00:00:00-03:00"},
        {"America/Havana", 2023, 3, 12, "2023-03-12T01:00:00-04:00"}, /* skipped */
        {"America/Havana", 2023, 11, 5, "2023-11-05T00:00:00-04:00"}, /* came twice */
        {"Asia/Beirut", 2022, 3, 27, "2022-03-27T01:00:00+03:00"},
        {"Pacific/Apia", 2011, 12, 29, "2011-12-29T00:00:00-10:00"},
        {"Pacific/Apia", 2011, 12, 30, "2011-12-31T00:00:00+14:00"}, /* left out */
        {"Pacific/Apia", 2011, 12, 31, "2011-12-31T00:00:00+14:00"},
        {"Pacific/Kiritimati", 2024, 7, 25, "2024-07-25T00:00:00+14:00"},
        {"Etc/GMT+12", 2024, 7, 25, "2024-07-25T00:00:00-12:00"},
        {"Europe/Moscow", 1925, 5, 9, "1925-05-09T00:00:00+02:00"},
        {"Europe/Moscow", 1, 1, 1, "0001-01-01T00:00:00+02:30"},
        {"Pacific/Kiritimati", 9999, 12, 31, "9999-12-31T00:00:00+14:00"},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        use_zone(rows[i].zone);
        int64_t t = time_office_midnight(rows[i].year, rows[i].month, rows[i].day);
        if (rows[i].year > 1) /* else the offset has seconds */
            check_str(time_write(&arena, t, false), rows[i].first);
        struct civil before = time_office(t - 1);
        assert_true(before.day != time_office(t).day);
    }
}

static void
test_wall_clock(void **state)
{
    static const struct {
        const char *zone, *text;
        int n;
        const char *first, *second;
    } rows[] = {
        {"UTC", "2026-03-31T10:30", 1, "2026-03-31T10:30:00+00:00", NULL},
        {"Europe/Moscow", "2026-03-31T10:30:05", 1, "2026-03-31T10:30:05+03:00", NULL},
        {"Europe/Berlin", "2026-03-29T02:30", 0, NULL, NULL}, /* leapt over */
        {"Europe/Berlin", "2026-03-29T03:00", 1, "2026-03-29T03:00:00+02:00", NULL},
        {"Europe/Berlin", "2026-03-29T01:59", 1, "2026-03-29T01:59:00+01:00", NULL},
        {"Europe/Berlin", "2026-10-25T02:30", 2, "2026-10-25T02:30:00+02:00",
         "2026-10-25T02:30:00+01:00"},
        {"Europe/Berlin", "2026-10-25T03:00", 1, "2026-10-25T03:00:00+01:00", NULL},
        {"America/New_York", "2026-11-01T01:30", 2, "2026-11-01T01:30:00-04:00",
         "2026-11-01T01:30:00-05:00"},
        {"Pacific/Apia", "2011-12-30T12:00", 0, NULL, NULL}, /* a day left out */
        {"Australia/Lord_Howe", "2026-04-05T01:45", 2, "2026-04-05T01:45:00+11:00",
         "2026-04-05T01:45:00+10:30"},
        {"UTC", "2026-02-29T10:30", -1, NULL, NULL},
        {"UTC", "2026-03-31 10:30", -1, NULL, NULL},
        {"UTC", "2026-03-31T24:00", -1, NULL, NULL},
        {"UTC", "2026-03-31T10:60", -1, NULL, NULL},
        {"UTC", "2026-03-31T10:30:60", -1, NULL, NULL},
        {"UTC", "2026-03-31T10:30Z", -1, NULL, NULL},
        {"UTC", "2026-03-31T10:30:", -1, NULL, NULL},
        {"UTC", "2026-03-31", -1, NULL, NULL},
        {"UTC", "", -1, NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int64_t t[2];
        use_zone(rows[i].zone);
        int n = time_office_read(str_of(rows[i].text), t);
        if (n != rows[i].n)
            fail_msg("%s in %s: %d", rows[i].text, rows[i].zone, n);
        if (n > 0)
            check_str(time_write(&arena, t[0], false), rows[i].first);
        if (n > 1)
            check_str(time_write(&arena, t[1], false), rows[i].second);
        for (int k = 0; k < n; k++)
            check_str(time_office_write(&arena, t[k]), rows[i].text);
    }
}

/* In each zone there is: a day begins where the search says, and a date read is the date
 * written, around every change of the clock in the years that matter. */
static void
test_dates_round_trip_in_many_zones(void **state)
{
    (void)state;
    static const char *const zones[] = {
        "Europe/Moscow",     "Asia/Almaty",         "America/New_York",  "Africa/Cairo",
        "America/Sao_Paulo", "America/Havana",      "Asia/Tehran",       "Asia/Gaza",
        "America/St_Johns",  "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Amman",
        "America/Asuncion",  "Pacific/Auckland",    "Antarctica/Troll",  "Asia/Kolkata",
    };
    for (size_t z = 0; z < N_ELEMENTS(zones); z++) {
        use_zone(zones[z]);
        for (int year = 1985; year <= 2026; year++)
            for (int month = 1; month <= 12; month++)
                for (int day = 1; time_is_date(year, month, day); day++) {
                    int64_t t = time_office_midnight(year, month, day);
                    struct civil at = time_office(t), before = time_office(t - 1);
                    if (at.year != year || at.month != month || at.day != day ||
                        before.day == day)
                        fail_msg("%s %d-%d-%d", zones[z], year, month, day);
                }
    }
}

static void
test_date_only(void **state)
{
    (void)state;
    int64_t t = 0;
    bool is_date_only = false;
    struct err err;
    use_zone("Europe/Moscow");
    assert_int_equal(time_read(STR("2024-07-25"), &t, &is_date_only, &err), RC_OK);
    assert_true(is_date_only);
    assert_int_equal(t, 1721854800);
    check_str(time_write(&arena, t, true), "2024-07-25");
    use_zone("America/Sao_Paulo"); /* midnight is missing, the date is not */
    assert_int_equal(time_read(STR("2017-10-15"), &t, &is_date_only, &err), RC_OK);
    check_str(time_write(&arena, t, true), "2017-10-15");
    use_zone("Pacific/Kiritimati"); /* the first and the last there are */
    assert_int_equal(time_read(STR("0001-01-01"), &t, &is_date_only, &err), RC_OK);
    check_str(time_write(&arena, t, true), "0001-01-01");
    assert_int_equal(time_read(STR("9999-12-31"), &t, &is_date_only, &err), RC_OK);
    check_str(time_write(&arena, t, true), "9999-12-31");
}

static void
test_reads(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t t;
    } rows[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01t00:00:00z", 0},
        {"1970-01-01T00:00:00-00:00", 0},
        {"1970-01-01T03:00:00+03:00", 0},
        {"1969-12-31T19:00:00-05:00", 0},
        {"1970-01-01T00:00:00.999999999999999999999Z", 0},
        {"1969-12-31T23:59:59Z", -1},
        {"1815-06-18T11:35:00Z", -4876806300},
        {"2016-12-31T23:59:60Z", 1483228800}, /* the last leap second so far */
        {"2017-01-01T02:59:60+03:00", 1483228800},
        {"2024-02-29T12:00:00+05:45", 1709187300},
        {"9999-12-31T23:59:59Z", 253402300799},
    };
    use_zone("UTC");
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int64_t t = 0;
        bool is_date_only = true;
        struct err err = {0};
        if (time_read(str_of(rows[i].text), &t, &is_date_only, &err) != RC_OK)
            fail_msg("%s", err.text);
        if (t != rows[i].t || is_date_only)
            fail_msg("%s read as %lld", rows[i].text, (long long)t);
    }
}

static void
test_refuses(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "2024",
        "2024-07",
        "2024-7-25",
        "24-07-25",
        "20240725",
        "2024-07-25 ",
        " 2024-07-25",
        "2024-02-30",
        "2023-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024-01-00",
        "0000-01-01",
        "-001-01-01",
        "2024-07-25T",
        "2024-07-25T10:30",
        "2024-07-25T10:30:00",
        "2024-07-25T10:30Z",
        "2024-07-25 10:30:00Z",
        "2024-07-25T24:00:00Z",
        "2024-07-25T10:60:00Z",
        "2024-07-25T10:30:61Z",
        "2024-07-25T10:30:60Z",
        "2024-07-25T10:30:00.Z",
        "2024-07-25T10:30:00,5Z",
        "2024-07-25T10:30:00+3:00",
        "2024-07-25T10:30:00+0300",
        "2024-07-25T10:30:00+03",
        "2024-07-25T10:30:00+24:00",
        "2024-07-25T10:30:00+03:60",
        "2024-07-25T10:30:00Zx",
        "2024-07-25T10:30:00Z+03:00",
        "2024-02-30T10:30:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "9999-12-31T23:59:60Z",
        "२०२४-०७-२५",
    };
    use_zone("UTC");
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int64_t t = 4711;
        bool is_date_only = false;
        struct err err = {0};
        if (time_read(str_of(rows[i]), &t, &is_date_only, &err) != RC_INVALID)
            fail_msg("%s was read", rows[i]);
        assert_int_equal(t, 4711);
        assert_true(strlen(err.text) > 10);
    }
    struct err err;
    int64_t t;
    bool is_date_only;
    assert_int_equal(time_read(STR("2024-07-25\0"), &t, &is_date_only, &err), RC_INVALID);
    assert_int_equal(time_read((struct str){NULL, 0}, &t, &is_date_only, &err),
                     RC_INVALID);
    assert_int_equal(time_read(STR("2023-02-29"), &t, &is_date_only, &err), RC_INVALID);
    assert_string_equal(err.text, "the date 2023-02-29 does not exist");
}

static void
test_http_dates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t t;
    } rows[] = {
        {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"Wed, 31 Dec 1969 23:59:59 GMT", -1},
        {"Thu, 29 Feb 2024 12:00:00 GMT", 1709208000},
        {"Mon, 01 Jan 0001 00:00:00 GMT", -62135596800},
        {"Fri, 31 Dec 9999 23:59:59 GMT", 253402300799},
    };
    use_zone("Asia/Kathmandu"); /* must not matter */
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int64_t t = 4711;
        check_str(time_http(&arena, rows[i].t), rows[i].text);
        assert_true(time_read_http(str_of(rows[i].text), &t));
        assert_int_equal(t, rows[i].t);
    }
}

static void
test_http_dates_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "Sunday, 06-Nov-94 08:49:37 GMT", /* RFC 850 */
        "Sun Nov  6 08:49:37 1994",       /* asctime */
        "Mon, 06 Nov 1994 08:49:37 GMT",  /* wrong day of the week */
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 0000 08:49:37 GMT",
        "06 Nov 1994 08:49:37 GMT",
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int64_t t = 4711;
        if (time_read_http(str_of(rows[i]), &t))
            fail_msg("%s was read", rows[i]);
        assert_int_equal(t, 4711);
    }
    int64_t t;
    assert_false(time_read_http((struct str){NULL, 0}, &t));
}

static void
test_zone_names(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "Europe/Moskow",
        "europe/moscow",
        "../zoneinfo/Europe/Moscow",
        "Europe/../Europe/Moscow",
        "/usr/share/zoneinfo/Europe/Moscow",
        "Europe//Moscow",
        "Europe/",
        "Europe",
        "./UTC",
        ":UTC",
        "UTC0",
        "MSK-3",
        "<+03>-3",
        "tzdata.zi",
        "zone.tab",
        "right/Europe/Moscow",
        "Europe/Moscow ",
        "Europe/Moscow\n",
    };
    use_zone("Asia/Tokyo");
    for (size_t i = 0; i < N_ELEMENTS(bad); i++) {
        struct err err = {0};
        if (time_set_zone(bad[i], &err) != RC_INVALID)
            fail_msg("%s was taken", bad[i]);
        assert_non_null(strstr(err.text, "time zone"));
    }
    assert_int_equal(time_office(0).hour, 9); /* the last good one stays */
}

/* TZDIR leads to zones of the operator's own. */
static void
test_tzdir(void **state)
{
    (void)state;
    char dir[] = P_tmpdir "/byline-zones-XXXXXX", path[64];
    struct err err;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/Bad", dir);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("no zone\n", f);
    fclose(f);
    setenv("TZDIR", dir, 1);
    enum rc missing = time_set_zone("Europe/Moscow", &err);
    enum rc wrong = time_set_zone("Bad", &err);
    setenv("TZDIR", "/usr/share/zoneinfo", 1);
    enum rc found = time_set_zone("Europe/Moscow", &err);
    setenv("TZDIR", "", 1);
    enum rc found_without = time_set_zone("Europe/Moscow", &err);
    unsetenv("TZDIR");
    unlink(path);
    rmdir(dir);
    assert_int_equal(missing, RC_INVALID);
    assert_int_equal(wrong, RC_INVALID);
    assert_int_equal(found, RC_OK);
    assert_int_equal(found_without, RC_OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utc_until_a_zone_is_chosen),
        cmocka_unit_test(test_clocks_run),
        cmocka_unit_test(test_utc_agrees_with_libc),
        cmocka_unit_test(test_out_of_range_is_clamped),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_days_follow_each_other),
        cmocka_unit_test(test_office_clock),
        cmocka_unit_test(test_midnights),
        cmocka_unit_test(test_wall_clock),
        cmocka_unit_test(test_dates_round_trip_in_many_zones),
        cmocka_unit_test(test_date_only),
        cmocka_unit_test(test_reads),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_http_dates),
        cmocka_unit_test(test_http_dates_refused),
        cmocka_unit_test(test_zone_names),
        cmocka_unit_test(test_tzdir),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
