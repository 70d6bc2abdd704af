/* web/admin/calendar.c - what goes out and ends, month by month. */
#include "news/calendar.h"

#include "web/admin/item.h"
#include "web/handlers.h"

#include "base/time.h"

enum { WEEK_DAYS = 7 };

static const enum tpl_string weekdays[WEEK_DAYS] = {
    S_LIST_MONDAY, S_LIST_TUESDAY,  S_LIST_WEDNESDAY, S_LIST_THURSDAY,
    S_LIST_FRIDAY, S_LIST_SATURDAY, S_LIST_SUNDAY};

static const enum tpl_string kinds[CALENDAR__MAX] = {
    [CALENDAR_OUT] = S_LIST_OUT,
    [CALENDAR_SCHEDULED] = S_LIST_SCHEDULED,
    [CALENDAR_EMBARGO] = S_LIST_EMBARGO,
    [CALENDAR_ENDS] = S_LIST_ENDS,
    [CALENDAR_WITHDRAWN] = S_LIST_WITHDRAWN,
};

static struct str
month_address(struct visit *v, int year, int month)
{
    return str_fmt(v->a, "/admin/calendar/%04d/%02d/", year, month);
}

static struct view_day_entry
entry_of(struct visit *v, const struct calendar_entry *e)
{
    struct civil c = time_office(e->at);
    return (struct view_day_entry){
        .time = e->line.is_date_only && e->at == e->line.published_at
                    ? STR("")
                    : str_fmt(v->a, "%02d:%02d", c.hour, c.minute),
        .link = {item_address(v, e->line.item_id, ""),
                 e->line.title.n > 0 ? e->line.title : staff_word(v, S_LIST_NO_TITLE)},
        .note = staff_word(v, kinds[e->kind])};
}

static void
fill_day(struct visit *v, const struct calendar_day *day, struct view_day *out)
{
    struct civil c = time_office(day->begins + TIME_DAY_S / 2);
    struct civil now = time_office(v->now);
    struct view_day_entry *entries = arena_array(v->a, struct view_day_entry, day->n);
    for (int i = 0; i < day->n; i++)
        entries[i] = entry_of(v, &day->all[i]);
    *out = (struct view_day){
        .date = str_fmt(v->a, "%04d-%02d-%02d", c.year, c.month, c.day),
        .number = str_fmt(v->a, "%d", c.day),
        .entries = entries,
        .n = day->n,
        .is_today = c.year == now.year && c.month == now.month && c.day == now.day};
    if (day->has_more)
        out->more = (struct view_link){
            str_fmt(v->a, "/admin/items/?from=%.*s&until=%.*s", STR_ARG(out->date),
                    STR_ARG(out->date)),
            str_fmt(v->a, "%.*s %.*s", STR_ARG(staff_word(v, S_LIST_ALL_OF_DAY)),
                    STR_ARG(view_date(&v->w->view.langs[v->match.lang], v->a,
                                      day->begins + TIME_DAY_S / 2)))};
}

enum rc
admin_calendar(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_LIST_CALENDAR, PLACE_CALENDAR);
    const struct view_lang *lang = &v->w->view.langs[v->match.lang];
    struct desk_calendar *month = arena_alloc(v->a, sizeof *month);
    struct view_day days[CALENDAR_DAYS_MAX];
    int64_t y = 0, m = 0;
    str_to_int(v->match.words[0], 1, 9999, &y);
    str_to_int(v->match.words[1], 1, 12, &m);
    int year = (int)y, at = (int)m;
    struct desk d = staff_desk(v);
    TRY(news_desk_calendar(&d, year, at, v->a, month, err));
    struct view_calendar calendar = {
        .days = days, .n = month->n_days, .first = month->first};
    for (int i = 0; i < WEEK_DAYS; i++)
        calendar.weekdays[i] = staff_word(v, weekdays[i]);
    for (int i = 0; i < month->n_days; i++)
        fill_day(v, &month->days[i], &days[i]);
    int before_year = at == 1 ? year - 1 : year, before = at == 1 ? 12 : at - 1;
    int after_year = at == 12 ? year + 1 : year, after = at == 12 ? 1 : at + 1;
    struct view_link links[] = {
        {month_address(v, before_year, before),
         view_month(lang, v->a, before_year, before)},
        {month_address(v, after_year, after), view_month(lang, v->a, after_year, after)}};
    f.title = calendar.name = view_month(lang, v->a, year, at);
    struct view_block block = {.links = links, .n_links = 2, .calendar = &calendar};
    return staff_page(v, &f, &block, 1, 200, r, err);
}

enum rc
admin_calendar_now(struct visit *v, struct http_response *r, struct err *err)
{
    struct civil now = time_office(v->now);
    (void)err;
    return staff_see_other(v, month_address(v, now.year, now.month), NULL, r);
}
