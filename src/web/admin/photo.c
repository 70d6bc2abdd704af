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

bool
photo_ends_soon(const struct visit *v, int64_t end)
{
    return end > v->now && end <= v->now + v->w->conf->rights_warning_days * TIME_DAY_S;
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
                 str_fmt(v->a, "%.*s %.*s",
                         STR_ARG(staff_word(v, photo_ends_soon(v, l->expires_at)
                                                   ? S_LIBRARY_ENDS_SOON
                                                   : S_LIBRARY_ENDS)),
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

/* ---- other pages ---- */

enum rc
photo_read_place(struct visit *v, struct library_filter *out, struct err *err)
{
    const struct {
        const char *name;
        int64_t *place;
    } sides[] = {{"after", &out->after}, {"before", &out->before}};
    for (size_t i = 0; i < N_ELEMENTS(sides); i++) {
        struct str text;
        enum rc rc = http_request_param(&v->req, sides[i].name, &text, err);
        if (rc == RC_OK && !str_to_int(text, 1, INT64_MAX, sides[i].place))
            return err_field(err, sides[i].name, "not a place in the library");
        if (rc != RC_OK && rc != RC_NOT_FOUND)
            return rc;
    }
    return RC_OK;
}

static struct view_link
way(struct visit *v, struct str first, const char *side, int64_t place,
    enum tpl_string name)
{
    char mark = str_find(first, '?') < first.n ? '&' : '?';
    return (struct view_link){
        str_fmt(v->a, "%.*s%c%s=%lld", STR_ARG(first), mark, side, (long long)place),
        staff_word(v, name)};
}

void
photo_ways(struct visit *v, struct str first, const struct library_page *page,
           struct view_tiles *t)
{
    if (page->has_back) {
        t->first = (struct view_link){first, staff_word(v, S_LIBRARY_PHOTOS_FIRST)};
        t->newer = way(v, first, "before", page->before, S_LIBRARY_PHOTOS_BACK);
    }
    if (page->has_more)
        t->older = way(v, first, "after", page->after, S_LIBRARY_PHOTOS_MORE);
}
