/* web/admin/home.c - the newsroom's first page: what is to be done, what is to come. */
#include "web/admin/list_table.h"
#include "web/admin/photo.h"
#include "web/admin/working.h"
#include "web/handlers.h"

#include "base/time.h"

enum { HOME_LINES = 8, HOME_PARTS = 4 };

static const enum list_column coming[] = {LIST_TITLE, LIST_GOES_OUT, LIST_SECTION,
                                          LIST_STATE};
static const enum list_column working[] = {LIST_TITLE, LIST_SECTION, LIST_AUTHOR,
                                           LIST_STATE, LIST_CHANGED};
#define SHAPE(columns)                      \
    {                                       \
        columns, N_ELEMENTS(columns), false \
    }

/* The parts in their order. A part without lines is left out unless it says so. */
static const struct part {
    enum tpl_string heading, empty; /* S__MAX: left out */
    enum tpl_string link;
    struct desk_filter filter;
    bool is_own;
    const char *all; /* behind "/admin/items/?", where all of it is */
    struct list_shape shape;
} parts[HOME_PARTS] = {
    {S_LIST_NEXT_DAY,
     S_LIST_NOTHING_COMES,
     S_LIST_ALL_SCHEDULED,
     {.state = -1, .out = DESK_OUT_SCHEDULED},
     false,
     "state=scheduled",
     SHAPE(coming)},
    {S_LIST_WAITING,
     S_LIST_NOTHING_WAITS,
     S_LIST_ALL_WAITING,
     {.state = DESK_REVIEW},
     false,
     "state=review",
     SHAPE(working)},
    {S_LIST_SENT_BACK_TO_ME,
     S__MAX,
     S_LIST_ALL_SENT_BACK,
     {.state = DESK_SENT_BACK},
     true,
     "state=sent-back",
     SHAPE(working)},
    {S_LIST_MY_DRAFTS,
     S_LIST_NO_DRAFTS,
     S_LIST_ALL_DRAFTS,
     {.state = DESK_DRAFT},
     true,
     "state=draft",
     SHAPE(working)},
};

/* What goes out later than in a day is not for the first page. */
static void
keep_next_day(struct visit *v, struct desk_page *page)
{
    int n = 0;
    while (n < page->n && page->all[n].visible_from < v->now + TIME_DAY_S)
        n++;
    page->n = n;
}

static enum rc
fill_part(struct visit *v, const struct desk *d, const struct part *p,
          struct view_block *out, struct err *err)
{
    struct desk_filter f = p->filter;
    struct desk_page page;
    struct view_table *table = arena_alloc(v->a, sizeof *table);
    struct view_link *link = arena_alloc(v->a, sizeof *link);
    struct str own = STR("");
    if (p->is_own) {
        f.author_id = v->staff.person.id;
        own = str_fmt(v->a, "&author=%lld", (long long)f.author_id);
    }
    TRY(news_desk_list(d, &f, HOME_LINES, v->a, &page, err));
    if (f.out == DESK_OUT_SCHEDULED)
        keep_next_day(v, &page);
    list_table(v, &page, &p->shape, table);
    table->name = staff_word(v, p->heading);
    table->empty = p->empty < S__MAX ? staff_word(v, p->empty) : STR("");
    *link =
        (struct view_link){str_fmt(v->a, "/admin/items/?%s%.*s", p->all, STR_ARG(own)),
                           staff_word(v, p->link)};
    *out = (struct view_block){
        .heading = table->name, .table = table, .links = link, .n_links = 1};
    return RC_OK;
}

enum rc
admin_home(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_LIST_TODAY, PLACE_TODAY);
    struct view_block blocks[HOME_PARTS + HOME_PHOTO_PARTS + 1];
    struct view_table unsaved;
    int n = 0, n_photos = 0;
    TRY(working_table(v, -1, STR(""), &unsaved, err));
    if (unsaved.n_rows > 0)
        blocks[n++] = (struct view_block){.heading = unsaved.name, .table = &unsaved};
    TRY(visit_data(v, err));
    struct desk d = staff_desk(v);
    for (int i = 0; i < HOME_PARTS; i++) {
        TRY(fill_part(v, &d, &parts[i], &blocks[n], err));
        n += blocks[n].table->n_rows > 0 || parts[i].empty < S__MAX;
    }
    TRY(home_photos(v, &d, &blocks[n], &n_photos, err));
    return staff_page(v, &f, blocks, n + n_photos, 200, r, err);
}
