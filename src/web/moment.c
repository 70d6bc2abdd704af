/* web/moment.c - times of the office in forms and on pages. */
#include "web/moment.h"

#include "web/staff.h"

#include "base/time.h"

static struct str
utc_clock(struct visit *v, int64_t t)
{
    struct civil c = time_utc(t);
    return str_fmt(v->a, "%02d:%02d UTC", c.hour, c.minute);
}

/* Asks which of the two instants is meant, by a field that is hidden otherwise. */
static void
ask_which(struct form *form, struct moment_field f, const int64_t t[2])
{
    static const enum tpl_string names[2] = {S_STAFF_EARLIER, S_STAFF_LATER};
    struct visit *v = form->v;
    struct view_option *options = arena_array(v->a, struct view_option, 3);
    options[0] = (struct view_option){STR(""), staff_word(v, S_STAFF_CHOOSE)};
    for (int k = 0; k < 2; k++)
        options[k + 1] = (struct view_option){str_fmt(v->a, "%d", k + 1),
                                              str_fmt(v->a, "%.*s (%.*s)",
                                                      STR_ARG(staff_word(v, names[k])),
                                                      STR_ARG(utc_clock(v, t[k])))};
    form_field(form, f.which)->kind = FIELD_CHOICE;
    form_options(form, f.which, options, 3);
    if (form_value(form, f.which).n == 0)
        form_error(form, f.which, S_STAFF_TIME_TWICE);
}

int64_t
moment_read(struct form *form, struct moment_field f, int64_t was)
{
    struct str text = form_value(form, f.name);
    int64_t t[2] = {TIME_NONE, TIME_NONE};
    if (was != TIME_NONE && str_eq(text, time_office_write(form->v->a, was)))
        return was;
    if (f.takes_day && text.n == STR("2026-03-31").n)
        text = str_fmt(form->v->a, "%.*sT00:00", STR_ARG(text));
    int n = text.n > 0 ? time_office_read(text, t) : 1;
    if (n < 1) {
        form_error(form, f.name, n < 0 ? S_STAFF_NO_TIME : S_STAFF_TIME_SKIPPED);
        return TIME_NONE;
    }
    if (n == 2)
        ask_which(form, f, t);
    return t[n == 2 && str_eq_z(form_value(form, f.which), "2")];
}

struct str
moment_text(struct visit *v, int64_t t)
{
    return str_fmt(v->a, "%.*s (%s), %.*s", STR_ARG(staff_moment(v, t)),
                   v->w->conf->time_zone, STR_ARG(utc_clock(v, t)));
}

/* The two largest units that are not zero: "in 3 d 2 h". */
static struct str
duration_text(struct visit *v, int64_t left)
{
    static const struct {
        int64_t seconds;
        enum tpl_string name;
    } units[] = {{TIME_DAY_S, S_STAFF_DAYS},
                 {TIME_HOUR_S, S_STAFF_HOURS},
                 {TIME_MINUTE_S, S_STAFF_MINUTES},
                 {1, S_STAFF_SECONDS}};
    struct str text = staff_word(v, S_STAFF_IN_TIME);
    int n = 0;
    for (size_t i = 0; i < N_ELEMENTS(units) && n < 2; i++) {
        int64_t count = left / units[i].seconds;
        left %= units[i].seconds;
        n += n > 0 || count > 0;
        if (n > 0)
            text = str_fmt(v->a, "%.*s %lld %.*s", STR_ARG(text), (long long)count,
                           STR_ARG(staff_word(v, units[i].name)));
    }
    return text;
}

struct view_countdown
moment_countdown(struct visit *v, int64_t t)
{
    int64_t left = t - v->now;
    if (left <= 0)
        return (struct view_countdown){.left_s = 0};
    return (struct view_countdown){
        .left_s = left,
        .at = time_write(v->a, t, false),
        .text = duration_text(v, left),
        .words = str_fmt(v->a, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s",
                         STR_ARG(staff_word(v, S_STAFF_IN_TIME)),
                         STR_ARG(staff_word(v, S_STAFF_DAYS)),
                         STR_ARG(staff_word(v, S_STAFF_HOURS)),
                         STR_ARG(staff_word(v, S_STAFF_MINUTES)),
                         STR_ARG(staff_word(v, S_STAFF_SECONDS)),
                         STR_ARG(staff_word(v, S_STAFF_TIME_HAS_COME))),
    };
}
