/* view/tiles.c - pictures beside each other. */
#include "view/staff.h"

static void
add_picture(struct tpl_dict *d, const struct view_tile *t)
{
    if (t->picture.n == 0) {
        tpl_set_str(tpl_section(d, T_NONE), T_NONE_TEXT, t->no_picture);
        return;
    }
    struct tpl_dict *shown = tpl_section(d, T_SHOWN);
    tpl_set_str(shown, T_PHOTO_URL, t->picture);
    tpl_set_int(shown, T_WIDTH, t->width_px);
    tpl_set_int(shown, T_HEIGHT, t->height_px);
}

static void
add_tile(struct tpl_dict *rows, const struct view_tiles *all, const struct view_tile *t)
{
    struct tpl_dict *d = tpl_section(rows, T_TILE);
    tpl_set_str(d, T_TILE_URL, t->url);
    tpl_set_str(d, T_TILE_NAME, t->name);
    add_picture(d, t);
    if (t->has_no_credit)
        tpl_set_str(tpl_section(d, T_PROBLEM), T_PROBLEM_TEXT, t->credit);
    else
        tpl_set_str(tpl_section(d, T_CREDIT), T_CREDIT_TEXT, t->credit);
    if (t->note.n > 0)
        tpl_set_str(tpl_section(d, T_NOTE), T_NOTE_TEXT, t->note);
    if (all->action.n == 0)
        return;
    struct tpl_dict *pick = tpl_section(d, T_PICK);
    tpl_set_str(pick, T_PICK_NAME, all->pick);
    tpl_set_str(pick, T_PICK_VALUE, t->id);
    tpl_set_str(pick, T_PICK_LABEL, all->pick_label);
}

static void
add_way(struct tpl_dict *more, enum tpl_name part, enum tpl_name url, enum tpl_name name,
        const struct view_link *link)
{
    if (link->url.n == 0)
        return;
    struct tpl_dict *d = tpl_section(more, part);
    tpl_set_str(d, url, link->url);
    tpl_set_str(d, name, link->name);
}

void
view_tiles_fill(struct tpl_dict *d, const struct view_tiles *t)
{
    if (t->first.url.n + t->newer.url.n + t->older.url.n > 0) {
        struct tpl_dict *more = tpl_section(d, T_MORE);
        add_way(more, T_FIRST, T_FIRST_URL, T_FIRST_NAME, &t->first);
        add_way(more, T_NEWER, T_NEWER_URL, T_NEWER_NAME, &t->newer);
        add_way(more, T_OLDER, T_OLDER_URL, T_OLDER_NAME, &t->older);
    }
    if (t->n == 0) {
        tpl_set_str(tpl_section(d, T_EMPTY), T_EMPTY_TEXT, t->empty);
        return;
    }
    struct tpl_dict *rows = tpl_section(d, T_ROWS);
    tpl_set_str(rows, T_TABLE_NAME, t->name);
    /* Without a button, whoever sends it all the same comes to the library. */
    tpl_set_str(rows, T_ACTION, t->action.n > 0 ? t->action : STR("/admin/photos/"));
    if (t->kept.n > 0) {
        struct tpl_dict *kept = tpl_section(rows, T_KEPT);
        tpl_set_str(kept, T_NAME, t->kept);
        tpl_set_str(kept, T_VALUE, t->kept_value);
    }
    for (int i = 0; i < t->n; i++)
        add_tile(rows, t, &t->all[i]);
    if (t->action.n > 0)
        tpl_set_str(tpl_section(rows, T_BUTTON), T_BUTTON_LABEL, t->button);
}
