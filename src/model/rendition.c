/* model/rendition.c - sizes, names and digest of what is given out of a photo. */
#include "model/rendition.h"

#include "base/buf.h"
#include "base/hash.h"

/* The largest ratio both ways is 0: the photo's own. */
struct shape {
    const char *prefix;
    int ratio_x, ratio_y;
    int widths_px[RENDITION_SIZES_MAX]; /* ascending, 0 behind the last */
    bool is_numbered; /* the name holds the width; else there is one of it */
    bool has[RENDITION_FORMAT__MAX];
};

static const struct shape shapes[RENDITION_SHAPE__MAX] = {
    [RENDITION_WHOLE] = {"", 0, 0, {480, 960, 1600}, true, {true, true}},
    [RENDITION_CARD] = {"card-", 3, 2, {480, 960}, true, {true, true}},
    [RENDITION_SHARE] = {"share", 1200, 630, {1200}, false, {true, false}},
};

static const struct {
    const char *ext, *mime;
} formats[RENDITION_FORMAT__MAX] = {
    [RENDITION_JPEG] = {"jpg", "image/jpeg"},
    [RENDITION_MODERN] = {"webp", "image/webp"},
};

/* part * to / of to the nearest, at least 1 pixel. */
static int
scaled(int part, int to, int of)
{
    int64_t v = ((int64_t)part * to * 2 + of) / ((int64_t)of * 2);
    return v < 1 ? 1 : (int)v;
}

/* "12.5" of 1000 pixels is 125; percent is valid (photo_focal_is_valid). */
static int
percent_of(struct str percent, int px)
{
    struct str rest = percent, whole = str_cut(&rest, '.');
    int64_t millionths = 0, digit, unit = 100000;
    if (!str_to_int(whole, 0, 100, &millionths))
        return px / 2;
    millionths *= 1000000;
    for (size_t i = 0; i < rest.n; i++, unit /= 10)
        if (str_to_int(str_sub(rest, i, 1), 0, 9, &digit))
            millionths += digit * unit;
    return (int)(millionths * px / 100000000);
}

/* Where a part of n pixels begins whose middle is to be at `at`, of all pixels. */
static int
begin_of(int at, int n, int all)
{
    int begin = at - n / 2;
    return begin < 0 ? 0 : begin > all - n ? all - n : begin;
}

struct rendition_box
rendition_box(enum rendition_shape shape, int width_px, int height_px, struct str focal)
{
    const struct shape *s = &shapes[shape];
    struct rendition_box box = {0, 0, width_px, height_px};
    struct str y = focal, x = str_cut(&y, ',');
    if (s->ratio_x == 0)
        return box;
    if ((int64_t)width_px * s->ratio_y > (int64_t)height_px * s->ratio_x)
        box.width_px = scaled(height_px, s->ratio_x, s->ratio_y);
    else
        box.height_px = scaled(width_px, s->ratio_y, s->ratio_x);
    /* Rounding up must not leave the photo. */
    box.width_px = box.width_px > width_px ? width_px : box.width_px;
    box.height_px = box.height_px > height_px ? height_px : box.height_px;
    box.left = begin_of(percent_of(x, width_px), box.width_px, width_px);
    box.top = begin_of(percent_of(y, height_px), box.height_px, height_px);
    return box;
}

int
rendition_sizes(enum rendition_shape shape, int width_px, int height_px,
                struct rendition_size out[RENDITION_SIZES_MAX])
{
    const struct shape *s = &shapes[shape];
    struct rendition_box box = rendition_box(shape, width_px, height_px, (struct str){0});
    int n = 0;
    bool is_whole = false;
    while (!is_whole && n < RENDITION_SIZES_MAX && s->widths_px[n] != 0) {
        is_whole = box.width_px <= s->widths_px[n];
        int width = is_whole ? box.width_px : s->widths_px[n];
        bool is_free = s->ratio_x == 0 || is_whole;
        int height = is_free ? scaled(box.height_px, width, box.width_px)
                             : scaled(width, s->ratio_y, s->ratio_x);
        out[n++] = (struct rendition_size){width, height};
    }
    return n;
}

bool
rendition_has(enum rendition_shape shape, enum rendition_format format)
{
    return shapes[shape].has[format];
}

const char *
rendition_ext(enum rendition_format format)
{
    return formats[format].ext;
}

const char *
rendition_mime(enum rendition_format format)
{
    return formats[format].mime;
}

struct str
rendition_file(struct arena *a, enum rendition_shape shape, int width_px,
               enum rendition_format format)
{
    const struct shape *s = &shapes[shape];
    if (!s->is_numbered)
        return str_fmt(a, "%s.%s", s->prefix, formats[format].ext);
    return str_fmt(a, "%s%d.%s", s->prefix, width_px, formats[format].ext);
}

/* What a shape puts before the point: a width it can have, or nothing. */
static bool
is_width_of(const struct shape *s, struct str digits)
{
    int64_t width = 0;
    int most = 0;
    for (int i = 0; i < RENDITION_SIZES_MAX; i++)
        most = s->widths_px[i] > most ? s->widths_px[i] : most;
    if (!s->is_numbered)
        return digits.n == 0;
    return digits.n > 0 && digits.p[0] != '0' && str_to_int(digits, 1, most, &width);
}

static bool
is_file_of(const struct shape *s, struct str stem, struct str ext)
{
    struct str prefix = str_of(s->prefix);
    bool is_made = false;
    for (int i = 0; i < RENDITION_FORMAT__MAX; i++)
        is_made |= s->has[i] && str_eq_z(ext, formats[i].ext);
    return is_made && str_starts(stem, prefix) &&
           is_width_of(s, str_from(stem, prefix.n));
}

bool
rendition_file_is_valid(struct str name)
{
    struct str ext = name, stem = str_cut(&ext, '.');
    for (int i = 0; i < RENDITION_SHAPE__MAX; i++)
        if (is_file_of(&shapes[i], stem, ext))
            return true;
    return false;
}

/* With its length before it, no text can pass for two. */
static void
add_text(struct buf *b, const char *member, struct str text)
{
    buf_fmt(b, "%s=%zu:", member, text.n);
    buf_add(b, text);
    buf_add_c(b, '\n');
}

enum { DIGEST_TEXT_MAX = 64 * 1024 };

struct str
rendition_digest(struct arena *a, const struct photo *p)
{
    struct buf b;
    buf_init(&b, a, DIGEST_TEXT_MAX);
    buf_fmt(&b, "rendition %d\n", RENDITION_RECIPE);
    add_text(&b, "sha256", p->sha256);
    add_text(&b, "focal", p->focal);
#define INSIDE(member) add_text(&b, #member, p->member);
#define OUTSIDE(member)
#define PHOTO_TEXT(member, key, column, most, written) written(member)
#include "model/photo.def"
#undef PHOTO_TEXT
#undef OUTSIDE
#undef INSIDE
    return str_sub(hash_sha256(a, buf_str(&b)), 0, RENDITION_DIGEST_SIZE);
}
