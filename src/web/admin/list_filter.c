/* web/admin/list_filter.c - the filter of the list: from the address and back. */
#include "web/admin/list_filter.h"

#include "auth/person.h"

#include "base/slug.h"
#include "base/time.h"

enum { WORD_MAX = 40 };

static const struct form_spec fields[] = {
    {"q", FIELD_LINE, S_LIST_WORDS, S_LIST_WORDS_HINT, DESK_WORDS_MAX, false, "off", 0},
    {"state", FIELD_CHOICE, S_STAFF_STATE, S__MAX, WORD_MAX, false, NULL, 0},
    {"section", FIELD_CHOICE, S_STAFF_SECTION, S__MAX, SLUG_MAX, false, NULL, 0},
    {"lang", FIELD_CHOICE, S_LIST_LANG, S__MAX, WORD_MAX, false, NULL, 0},
    {"author", FIELD_CHOICE, S_LIST_AUTHOR, S__MAX, WORD_MAX, false, NULL, 0},
    {"tag", FIELD_LINE, S_LIST_TAG, S__MAX, ITEM_TAG_MAX, false, "off", 0},
    {"from", FIELD_DAY, S_LIST_FROM, S__MAX, WORD_MAX, false, NULL, 0},
    {"until", FIELD_DAY, S_LIST_UNTIL, S__MAX, WORD_MAX, false, NULL, 0},
};
enum { N_FIELDS = N_ELEMENTS(fields) };

/* What may be asked for as a state, and which of them have a link of their own. */
static const struct {
    const char *word;
    enum tpl_string name;
    int state;
    enum desk_out out;
    bool has_link;
} states[] = {
    {"", S_LIST_ANY, -1, DESK_OUT_ANY, false},
    {"draft", S_STAFF_STATE_DRAFT, DESK_DRAFT, DESK_OUT_ANY, false},
    {"review", S_LIST_WAITING, DESK_REVIEW, DESK_OUT_ANY, true},
    {"sent-back", S_STAFF_STATE_SENT_BACK, DESK_SENT_BACK, DESK_OUT_ANY, false},
    {"approved", S_STAFF_STATE_APPROVED, DESK_APPROVED, DESK_OUT_ANY, false},
    {"scheduled", S_LIST_SCHEDULED, -1, DESK_OUT_SCHEDULED, true},
    {"withdrawn", S_LIST_WITHDRAWN, -1, DESK_OUT_WITHDRAWN, true},
    {"stale", S_LIST_STALE, -1, DESK_OUT_STALE, true},
    {"discarded", S_STAFF_STATE_DISCARDED, DESK_DISCARDED, DESK_OUT_ANY, true},
};

/* ---- choices ---- */

struct choices {
    struct view_option *all;
    int n;
};

static void
offer(struct choices *c, struct str value, struct str name)
{
    c->all[c->n++] = (struct view_option){value, name};
}

/* Room for n, and for the choice of any. */
static struct choices
begin_choices(struct visit *v, int n)
{
    struct choices c = {.all = arena_array(v->a, struct view_option, n + 1)};
    offer(&c, STR(""), staff_word(v, S_LIST_ANY));
    return c;
}

static void
offer_states(struct visit *v, struct form *form)
{
    struct choices c = begin_choices(v, N_ELEMENTS(states));
    for (size_t i = 1; i < N_ELEMENTS(states); i++) /* the first is any */
        offer(&c, str_of(states[i].word), staff_word(v, states[i].name));
    form_options(form, "state", c.all, c.n);
}

static void
offer_sections(struct visit *v, struct form *form)
{
    const struct sections *ss = &v->w->news.sections;
    struct choices c = begin_choices(v, ss->n);
    for (int i = 0; i < ss->n; i++)
        offer(&c, ss->all[i].slug, section_name(&ss->all[i], v->match.lang));
    form_options(form, "section", c.all, c.n);
}

static void
offer_langs(struct visit *v, struct form *form)
{
    struct choices c = begin_choices(v, v->w->site.n_langs);
    for (int i = 0; i < v->w->site.n_langs; i++)
        offer(&c, v->w->site.langs[i].code, v->w->view.langs[i].name);
    form_options(form, "lang", c.all, c.n);
}

static enum rc
offer_authors(struct visit *v, struct form *form, struct err *err)
{
    struct person *all;
    int n;
    TRY(auth_person_list(v->w->auth, v->a, &all, &n, err));
    struct choices c = begin_choices(v, n);
    for (int i = 0; i < n; i++)
        offer(&c, str_fmt(v->a, "%lld", (long long)all[i].id), all[i].name);
    form_options(form, "author", c.all, c.n);
    return RC_OK;
}

/* ---- reading ---- */

static void
take_state(struct list_filter *f)
{
    struct str word = form_value(&f->form, "state");
    for (size_t i = 0; i < N_ELEMENTS(states); i++)
        if (str_eq_z(word, states[i].word)) {
            f->asked.state = states[i].state;
            f->asked.out = states[i].out;
        }
}

/* A day's beginning, or the beginning of the day after. */
static bool
take_day(struct list_filter *f, const char *name, int days, int64_t *out)
{
    struct str day = form_value(&f->form, name);
    bool is_date = false;
    struct err err;
    int64_t t = 0;
    if (day.n == 0)
        return false;
    if (time_read(day, &t, &is_date, &err) != RC_OK || !is_date) {
        form_error(&f->form, name, S_LIST_NO_DAY);
        return false;
    }
    struct civil c = time_office(t + days * TIME_DAY_S + TIME_DAY_S / 2);
    *out = days == 0 ? t : time_office_midnight(c.year, c.month, c.day);
    return true;
}

static void
take_dates(struct list_filter *f)
{
    f->asked.from = INT64_MIN;
    f->asked.until = INT64_MAX;
    bool has_from = take_day(f, "from", 0, &f->asked.from);
    bool has_until = take_day(f, "until", 1, &f->asked.until);
    f->asked.has_dates = has_from || has_until;
}

static enum rc
take_place(struct visit *v, const char *name, enum desk_turn turn, struct list_filter *f,
           struct err *err)
{
    struct str text;
    enum rc rc = http_request_param(&v->req, name, &text, err);
    if (rc == RC_OK && f->asked.turn != DESK_FIRST)
        return err_field(err, name, "only one place in the list may be given");
    if (rc == RC_OK && !cursor_read(text, &f->asked.place))
        return err_field(err, name, "not a place in a list");
    if (rc == RC_OK)
        f->asked.turn = turn;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static void
take(struct visit *v, struct list_filter *f)
{
    const struct sections *ss = &v->w->news.sections;
    const struct section *s = sections_by_slug(ss, form_value(&f->form, "section"));
    f->asked = (struct desk_filter){.words = form_value(&f->form, "q"),
                                    .tag = form_value(&f->form, "tag"),
                                    .lang = form_value(&f->form, "lang"),
                                    .section_id = s != NULL ? s->id : 0};
    str_to_int(form_value(&f->form, "author"), 1, INT64_MAX, &f->asked.author_id);
    take_state(f);
    take_dates(f);
    for (int i = 0; i < N_FIELDS; i++)
        f->is_any = f->is_any || f->form.fields[i].value.n > 0;
}

enum rc
list_filter_read(struct visit *v, struct list_filter *f, struct err *err)
{
    *f = (struct list_filter){0};
    TRY(form_read_query(&f->form, v, fields, N_FIELDS, err));
    TRY(visit_data(v, err));
    visit_end_data(v);
    offer_states(v, &f->form);
    offer_sections(v, &f->form);
    offer_langs(v, &f->form);
    TRY(offer_authors(v, &f->form, err));
    form_check_choices(&f->form);
    take(v, f);
    TRY(take_place(v, "on", DESK_ON, f, err));
    TRY(take_place(v, "back", DESK_BACK, f, err));
    for (int i = 1; i < N_FIELDS; i++)
        f->form.fields[i].fold = staff_word(v, S_LIST_FILTER);
    return RC_OK;
}

/* ---- addresses ---- */

struct str
list_filter_address(struct visit *v, const struct list_filter *f, enum desk_turn turn,
                    struct cursor place)
{
    char mark;
    struct str to = form_address(v, "/admin/items/", &f->form, &mark);
    if (turn == DESK_FIRST)
        return to;
    return str_fmt(v->a, "%.*s%c%s=%.*s", STR_ARG(to), mark,
                   turn == DESK_ON ? "on" : "back", STR_ARG(cursor_write(v->a, place)));
}

void
list_filter_views(struct visit *v, const struct list_filter *filter,
                  struct view_staff_frame *f)
{
    struct str here = list_filter_address(v, filter, DESK_FIRST, filter->asked.place);
    struct view_link *links = arena_array(v->a, struct view_link, N_ELEMENTS(states) + 2);
    f->pages_name = staff_word(v, S_LIST_VIEWS);
    f->pages = links;
    links[f->n_pages++] =
        (struct view_link){STR("/admin/items/"), staff_word(v, S_LIST_ALL)};
    links[f->n_pages++] = (struct view_link){
        str_fmt(v->a, "/admin/items/?author=%lld", (long long)v->staff.person.id),
        staff_word(v, S_LIST_MINE)};
    for (size_t i = 0; i < N_ELEMENTS(states); i++)
        if (states[i].has_link)
            links[f->n_pages++] = (struct view_link){
                str_fmt(v->a, "/admin/items/?state=%s", states[i].word),
                staff_word(v, states[i].name)};
    f->page = -1;
    for (int i = 0; i < f->n_pages; i++)
        if (str_eq(links[i].url, here))
            f->page = i;
}
