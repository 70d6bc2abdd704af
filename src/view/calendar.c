/* view/calendar.c - a month as a table: a row a week, a cell a day. */
#include "view/staff.h"

enum { WEEK_DAYS = 7 };

static void
add_entries(struct tpl_dict *d, const struct view_day *day)
{
    struct tpl_dict *entries = day->n > 0 ? tpl_section(d, T_ENTRIES) : NULL;
    for (int i = 0; i < day->n; i++) {
        const struct view_day_entry *e = &day->entries[i];
        struct tpl_dict *entry = tpl_section(entries, T_ENTRY);
        tpl_set_str(entry, T_ENTRY_TIME, e->time);
        tpl_set_str(entry, T_ENTRY_URL, e->link.url);
        tpl_set_str(entry, T_ENTRY_TITLE, e->link.name);
        tpl_set_str(entry, T_ENTRY_NOTE, e->note);
    }
}

static void
add_day(struct tpl_dict *week, const struct view_calendar *c, int column,
        const struct view_day *day)
{
    struct tpl_dict *cell = tpl_section(week, T_DAY);
    if (day == NULL) {
        tpl_show(cell, T_NONE);
        return;
    }
    struct tpl_dict *d = tpl_section(cell, T_SOME);
    tpl_set_str(d, T_DAY_CLASS,
                day->is_today ? STR("today")
                : day->n > 0  ? STR("busy")
                              : STR("free"));
    tpl_set_str(d, T_DATETIME, day->date);
    tpl_set_str(d, T_DAY_NUMBER, day->number);
    tpl_set_str(d, T_DAY_NAME, c->weekdays[column]);
    add_entries(d, day);
    if (day->more.url.n > 0) {
        struct tpl_dict *more = tpl_section(d, T_MORE);
        tpl_set_str(more, T_MORE_URL, day->more.url);
        tpl_set_str(more, T_MORE_NAME, day->more.name);
    }
}

void
view_calendar_fill(struct tpl_dict *d, const struct view_calendar *c)
{
    struct tpl_dict *week = NULL;
    tpl_set_str(d, T_TABLE_NAME, c->name);
    for (int i = 0; i < WEEK_DAYS; i++)
        tpl_set_str(tpl_section(d, T_COLUMN), T_COLUMN_NAME, c->weekdays[i]);
    for (int i = -c->first; i < c->n || (i + c->first) % WEEK_DAYS != 0; i++) {
        int column = (i + c->first) % WEEK_DAYS;
        if (column == 0)
            week = tpl_section(d, T_WEEK);
        add_day(week, c, column, i >= 0 && i < c->n ? &c->days[i] : NULL);
    }
}
