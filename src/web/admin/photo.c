/* web/admin/photo.c - what the pages of the photo library share. */
#include "web/admin/photo.h"

#include "base/utf8.h"

enum { NAME_MAX_BYTES = 160 };

struct str
photo_address(struct visit *v, int64_t id, const char *more)
{
    return str_fmt(v->a, PHOTOS "%lld/%s", (long long)id, more);
}

struct str
photo_picture(struct visit *v, const struct library_line *l, enum rendition_shape shape,
              struct rendition_size *size)
{
    struct rendition_size sizes[RENDITION_SIZES_MAX];
    rendition_sizes(shape, l->width_px, l->height_px, sizes);
    *size = sizes[0];
    struct str file = rendition_file(v->a, shape, size->width_px, RENDITION_JPEG);
    return str_fmt(v->a, "%.*s%.*s", STR_ARG(photo_address(v, l->id, "media/")),
                   STR_ARG(file));
}

static struct str
shortened(struct visit *v, struct str s)
{
    return s.n <= NAME_MAX_BYTES
               ? s
               : str_fmt(v->a, "%.*s…", STR_ARG(utf8_cut(s, NAME_MAX_BYTES)));
}

struct str
photo_name(struct visit *v, const struct library_line *l)
{
    struct str names[] = {l->caption, l->headline, l->file_name};
    for (size_t i = 0; i < N_ELEMENTS(names); i++)
        if (names[i].n > 0)
            return shortened(v, names[i]);
    return str_fmt(v->a, "%.*s %lld", STR_ARG(staff_word(v, S_LIBRARY_PHOTO)),
                   (long long)l->id);
}

static void
add_note(struct visit *v, struct str *notes, struct str note)
{
    *notes = notes->n == 0 ? note
                           : str_fmt(v->a, "%.*s · %.*s", STR_ARG(*notes), STR_ARG(note));
}

struct str
photo_notes(struct visit *v, const struct library_line *l)
{
    struct str notes = {NULL, 0};
    if (l->withdrawn_at != TIME_NONE)
        add_note(v, &notes, staff_word(v, S_LIBRARY_WITHDRAWN));
    else if (l->expires_at <= v->now)
        add_note(v, &notes, staff_word(v, S_LIBRARY_ENDED));
    else if (l->expires_at < VISIBLE_NEVER)
        add_note(v, &notes,
                 str_fmt(v->a, "%.*s %.*s", STR_ARG(staff_word(v, S_LIBRARY_ENDS)),
                         STR_ARG(staff_moment(v, l->expires_at))));
    if (l->confirmed_at == TIME_NONE)
        add_note(v, &notes, staff_word(v, S_LIBRARY_TO_CONFIRM));
    if (!l->is_used)
        add_note(v, &notes, staff_word(v, S_LIBRARY_UNUSED));
    return notes;
}

static void
fill_tile(struct visit *v, const struct library_line *l, struct view_tile *t)
{
    struct rendition_size size;
    struct str picture = photo_picture(v, l, RENDITION_CARD, &size);
    *t = (struct view_tile){
        .url = photo_address(v, l->id, ""),
        .name = photo_name(v, l),
        .picture = l->has_files ? picture : (struct str){NULL, 0},
        .no_picture = staff_word(v, S_LIBRARY_NO_PICTURE),
        .width_px = size.width_px,
        .height_px = size.height_px,
        .note = photo_notes(v, l),
        .id = str_fmt(v->a, "%lld", (long long)l->id),
    };
    t->has_no_credit = l->credit.n == 0;
    t->credit = t->has_no_credit
                    ? staff_word(v, S_LIBRARY_NO_CREDIT)
                    : str_fmt(v->a, "%.*s %.*s", STR_ARG(staff_word(v, S_PHOTO_LABEL)),
                              STR_ARG(l->credit));
}

struct view_tiles
photo_tiles(struct visit *v, const struct library_line *lines, int n)
{
    struct view_tile *all = arena_array(v->a, struct view_tile, n);
    for (int i = 0; i < n; i++)
        fill_tile(v, &lines[i], &all[i]);
    return (struct view_tiles){.name = staff_word(v, S_LIBRARY_PHOTOS),
                               .all = all,
                               .n = n,
                               .empty = staff_word(v, S_LIST_EMPTY)};
}
