/* web/admin/home_photos.c - what the newsroom's first page says of photos: whose rights
 * end soon, and which nobody has looked at yet. */
#include "web/admin/photo.h"

#include "base/time.h"

enum { LEAVING_LINES = 20, LEAVING_COLUMNS = 3, NEW_TILES = 4 };

static void
fill_leaving(struct visit *v, const struct library_leaving *l, struct view_cell *row)
{
    row[0].text = photo_name(v, &l->photo);
    row[0].url = photo_address(v, l->photo.id, "");
    row[1].text = l->title.n > 0 ? l->title : staff_word(v, S_LIST_NO_TITLE);
    row[1].url = str_fmt(v->a, "/admin/items/%lld/", (long long)l->item_id);
    row[1].is_way = true;
    row[1].named = row[1].text;
    row[2].text = staff_moment(v, l->ends_at);
}

/* A photo of the library that no item names. */
static void
fill_unused(struct visit *v, const struct library_line *l, struct view_cell *row)
{
    row[0].text = photo_name(v, l);
    row[0].url = photo_address(v, l->id, "");
    row[1].text = staff_word(v, S_LIBRARY_UNUSED);
    row[2].text = staff_moment(v, l->expires_at);
}

/* Behind those that are used: they leave no page. */
static enum rc
add_unused(struct visit *v, const struct desk *d, struct view_table *t,
           struct view_cell *cells, struct err *err)
{
    struct library_filter asked = {.state = LIBRARY_ENDING};
    struct library_page page;
    TRY(news_library_list(d, &asked, LEAVING_LINES, v->a, &page, err));
    for (int i = 0; i < page.n && t->n_rows < LEAVING_LINES; i++)
        if (!page.all[i].is_used && photo_ends_soon(v, page.all[i].expires_at))
            fill_unused(v, &page.all[i], &cells[t->n_rows++ * LEAVING_COLUMNS]);
    return RC_OK;
}

/* The same as the library's list of rights that end, as far as they end soon. */
static enum rc
leaving_part(struct visit *v, const struct desk *d, struct view_block *out,
             struct err *err)
{
    static const enum tpl_string names[LEAVING_COLUMNS] = {
        S_LIBRARY_PHOTO, S_LIBRARY_LEAVES, S_LIBRARY_ENDS};
    struct library_leaving all[LEAVING_LINES];
    struct view_table *t = arena_alloc(v->a, sizeof *t);
    struct view_cell *cells =
        arena_array(v->a, struct view_cell, LEAVING_LINES * LEAVING_COLUMNS);
    struct str *columns = arena_array(v->a, struct str, LEAVING_COLUMNS);
    struct view_link *link = arena_alloc(v->a, sizeof *link);
    int n = 0;
    TRY(news_library_leaving(d, v->w->conf->rights_warning_days * TIME_DAY_S,
                             LEAVING_LINES, v->a, all, &n, err));
    for (int i = 0; i < LEAVING_COLUMNS; i++)
        columns[i] = staff_word(v, names[i]);
    for (int i = 0; i < n; i++)
        fill_leaving(v, &all[i], &cells[i * LEAVING_COLUMNS]);
    *t = (struct view_table){.name = staff_word(v, S_LIBRARY_ENDING_SOON),
                             .columns = columns,
                             .n_columns = LEAVING_COLUMNS,
                             .cells = cells,
                             .n_rows = n};
    TRY(add_unused(v, d, t, cells, err));
    *link = (struct view_link){STR(PHOTOS "?state=ending"),
                               staff_word(v, S_LIBRARY_PHOTOS_ENDING)};
    *out =
        (struct view_block){.heading = t->name, .table = t, .links = link, .n_links = 1};
    return RC_OK;
}

static enum rc
new_part(struct visit *v, const struct desk *d, struct view_block *out, struct err *err)
{
    struct library_filter asked = {.state = LIBRARY_TO_CONFIRM};
    struct library_page page;
    struct view_tiles *tiles = arena_alloc(v->a, sizeof *tiles);
    TRY(news_library_list(d, &asked, NEW_TILES, v->a, &page, err));
    *tiles = photo_tiles(v, page.all, page.n);
    if (page.has_more)
        tiles->older = (struct view_link){STR(PHOTOS "?state=to-confirm"),
                                          staff_word(v, S_LIBRARY_PHOTOS_MORE)};
    *out = (struct view_block){.heading = staff_word(v, S_LIBRARY_PHOTOS_TO_CONFIRM),
                               .tiles = tiles};
    return RC_OK;
}

enum rc
home_photos(struct visit *v, const struct desk *d,
            struct view_block blocks[HOME_PHOTO_PARTS], int *n, struct err *err)
{
    *n = 0;
    if (!right_is_possible(&v->staff.person, RIGHT_PHOTO_VIEW))
        return RC_OK;
    TRY(leaving_part(v, d, &blocks[*n], err));
    *n += blocks[*n].table->n_rows > 0;
    TRY(new_part(v, d, &blocks[*n], err));
    *n += blocks[*n].tiles->n > 0;
    return RC_OK;
}
