/* media/heif.c - the boxes of an AVIF or HEIC picture that say what it is and how large
 * (ISO/IEC 14496-12, the boxes; ISO/IEC 23008-12, pictures in them; AV1 Image File
 * Format).
 *
 * One picture is taken: the primary item. It may be coded as one or be a grid of tiles;
 * what belongs to it (thumbnail, depth, alpha, gain map) is passed over, and a second
 * picture beside it, or a sequence, is refused. Everything is looked up by walking bytes
 * that lie in the head; no number read there is ever used to allocate. */
#include "media/format.h"
#include "model/refusal.h"

enum {
    BOX_HEADER = 8,
    FULL_BOX = 4, /* version and flags before the body of some boxes */
    IDS = 1 << 16,
    HIDDEN = 1, /* a flag of an item's entry */
    LAST_PROPERTY = 0x7fff
};

/* --- boxes and numbers ------------------------------------------------------- */

struct box {
    struct str type; /* 4 bytes */
    struct str body; /* as far as the head holds it */
};

/* The next box of a container that is wholly in memory; false at its end and where its
 * bytes are no box. */
static bool
next_box(struct str *rest, struct box *b)
{
    if (!bytes_has(*rest, 0, BOX_HEADER))
        return false;
    size_t n = bytes_be32(*rest, 0);
    n = n == 0 ? rest->n : n; /* to the end */
    if (n < BOX_HEADER || n > rest->n)
        return false;
    b->type = str_sub(*rest, 4, 4);
    b->body = str_sub(*rest, BOX_HEADER, n - BOX_HEADER);
    *rest = str_from(*rest, n);
    return true;
}

/* The body of the first box of a type; absent if none. */
static struct str
find_box(struct str in, const char *type)
{
    struct box b;
    while (next_box(&in, &b))
        if (str_eq_z(b.type, type))
            return b.body;
    return (struct str){NULL, 0};
}

/* Big-endian numbers one after the other; too few bytes give 0 and mark it. */
struct reader {
    struct str rest;
    bool is_short;
};

static uint64_t
take(struct reader *r, size_t n)
{
    uint64_t v = 0;
    if (!bytes_has(r->rest, 0, n)) {
        r->is_short = true;
        r->rest = (struct str){NULL, 0};
        return 0;
    }
    for (size_t i = 0; i < n; i++)
        v = v << 8 | bytes_u8(r->rest, i);
    r->rest = str_from(r->rest, n);
    return v;
}

/* Version and flags of a full box. */
static uint32_t
take_version(struct reader *r, uint32_t *flags)
{
    uint32_t version = (uint32_t)take(r, 1);
    *flags = (uint32_t)take(r, 3);
    return version;
}

/* --- what the meta box says ------------------------------------------------- */

struct meta {
    const struct media_source *src;
    struct str body;
    const char *name; /* "AVIF", for refusals */
    const char *code; /* the item type of its pictures: "av01" */
    uint64_t primary;
};

static enum rc
refuse(const struct meta *m, const char *why, struct err *err)
{
    return err_field(err, "file", "%s: %s", m->name, why);
}

static enum rc
refuse_several(const struct meta *m, const char *what, struct err *err)
{
    (void)refuse(m, what, err);
    return err_because(err, RC_INVALID, REFUSED_FILE_FRAMES, 0, 0);
}

/* An item's entry. */
struct item_info {
    uint64_t id;
    struct str type; /* 4 bytes */
    bool is_hidden;
};

/* 23008-12 section 6.1: which items there are (14496-12 section 8.11.6). */
static struct str
item_entries(const struct meta *m)
{
    struct reader r = {find_box(m->body, "iinf"), false};
    uint32_t flags;
    (void)take(&r, take_version(&r, &flags) == 0 ? 2 : 4); /* how many it says */
    return r.rest;
}

static bool
next_item(struct str *entries, struct item_info *out)
{
    struct box b;
    if (!next_box(entries, &b))
        return false;
    struct reader r = {b.body, !str_eq_z(b.type, "infe")};
    uint32_t flags, version = take_version(&r, &flags);
    out->id = take(&r, version == 3 ? 4 : 2);
    (void)take(&r, 2);
    out->type = str_sub(r.rest, 0, 4);
    out->is_hidden = (flags & HIDDEN) != 0;
    return !r.is_short && version >= 2 && version <= 3 && out->type.n == 4;
}

static struct str
type_of(const struct meta *m, uint64_t id)
{
    struct str entries = item_entries(m);
    struct item_info i;
    while (next_item(&entries, &i))
        if (i.id == id)
            return i.type;
    return STR("");
}

/* --- sides ------------------------------------------------------------------ */

/* Property number n from 1 of the container, in which they stand one after the other. */
static bool
find_property(struct str container, uint64_t n, struct box *out)
{
    for (; n > 0; n--)
        if (!next_box(&container, out))
            return false;
    return true;
}

/* The clean aperture (14496-12 section 12.1.4): its sides are fractions. */
static bool
crop(struct str body, struct media_found *f)
{
    struct reader r = {body, false};
    uint64_t wn = take(&r, 4), wd = take(&r, 4), hn = take(&r, 4), hd = take(&r, 4);
    if (r.is_short || wd == 0 || hd == 0 || wn < wd || hn < hd ||
        wn / wd > f->shown_width_px || hn / hd > f->shown_height_px)
        return false;
    f->shown_width_px = (uint32_t)(wn / wd);
    f->shown_height_px = (uint32_t)(hn / hd);
    return true;
}

static bool
read_stored_size(struct str body, struct media_found *f)
{
    struct reader r = {body, f->width_px != 0}; /* told twice is not told */
    (void)take(&r, FULL_BOX);
    f->shown_width_px = f->width_px = (uint32_t)take(&r, 4);
    f->shown_height_px = f->height_px = (uint32_t)take(&r, 4);
    return !r.is_short;
}

/* The angle is in quarters of a turn. */
static bool
turn(struct str body, struct media_found *f)
{
    struct reader r = {body, false};
    uint32_t w = f->shown_width_px;
    if (take(&r, 1) % 2 == 1) {
        f->shown_width_px = f->shown_height_px;
        f->shown_height_px = w;
    }
    return !r.is_short;
}

/* In the order they are named, which is the order they are applied in (23008-12 section
 * 6.5); a mirrored picture keeps its sides. */
static bool
apply_property(const struct box *b, struct media_found *f)
{
    if (str_eq_z(b->type, "ispe"))
        return read_stored_size(b->body, f);
    if (str_eq_z(b->type, "clap"))
        return crop(b->body, f);
    return !str_eq_z(b->type, "irot") || turn(b->body, f);
}

/* The associations of the item in one box 'ipma' (23008-12 section 9.3.1), which are told
 * once. */
static bool
apply_associations(struct reader *r, size_t width, struct str container,
                   struct media_found *f)
{
    for (uint64_t i = take(r, 1); i > 0; i--) {
        struct box b = {0};
        uint64_t index = take(r, width) & (width == 2 ? LAST_PROPERTY : 0x7f);
        if (index != 0 &&
            (!find_property(container, index, &b) || !apply_property(&b, f)))
            return false;
    }
    return true;
}

static bool
read_properties(struct str ipma, struct str container, uint64_t id, struct media_found *f)
{
    struct reader r = {ipma, false};
    uint32_t flags, version = take_version(&r, &flags);
    size_t width = (flags & 1) != 0 ? 2 : 1;
    for (uint64_t n = take(&r, 4); n > 0 && !r.is_short; n--) {
        if (take(&r, version == 0 ? 2 : 4) == id)
            return apply_associations(&r, width, container, f) && !r.is_short;
        uint64_t others = take(&r, 1) * width;
        r.rest = str_from(r.rest, (size_t)others);
    }
    return !r.is_short;
}

static enum rc
read_sides(const struct meta *m, struct media_found *f, struct err *err)
{
    struct str iprp = find_box(m->body, "iprp"), rest = iprp;
    struct str container = find_box(iprp, "ipco");
    struct box b;
    while (f->width_px == 0 && next_box(&rest, &b))
        if (str_eq_z(b.type, "ipma") &&
            !read_properties(b.body, container, m->primary, f))
            return refuse(m, "properties of the picture that cannot be read", err);
    return f->width_px == 0 ? refuse(m, "the picture's size is not told", err) : RC_OK;
}

/* --- where an item's bytes are ----------------------------------------------- */

/* Where an item begins. A part that reaches over the file's end is one that was cut off.
 */
struct location {
    uint64_t method; /* 0: in the file; 1: in the box 'idat' */
    uint64_t first;
    bool is_elsewhere; /* in another file */
    bool is_cut_off;
};

struct location_widths {
    uint32_t version;
    size_t offset, length, base, index;
};

static void
take_extents(struct reader *r, const struct location_widths *w, uint64_t size,
             struct location *out)
{
    *out = (struct location){.method = w->version > 0 ? take(r, 2) & 0xf : 0};
    out->is_elsewhere = take(r, 2) != 0;
    uint64_t base = take(r, w->base);
    for (uint64_t n = take(r, 2), i = 0; i < n && !r->is_short; i++) {
        (void)take(r, w->index);
        uint64_t at = take(r, w->offset), length = take(r, w->length);
        if (base > size || at > size - base || length > size - base - at)
            out->is_cut_off = true;
        out->first = i == 0 ? base + at : out->first;
    }
}

static bool
is_width(size_t n)
{
    return n == 0 || n == 4 || n == 8;
}

/* 14496-12 section 8.11.3. */
static bool
find_location(const struct meta *m, uint64_t id, struct location *out)
{
    struct reader r = {find_box(m->body, "iloc"), false};
    uint32_t flags;
    struct location_widths w = {.version = take_version(&r, &flags)};
    uint64_t sizes = take(&r, 2);
    w.offset = sizes >> 12, w.length = sizes >> 8 & 0xf;
    w.base = sizes >> 4 & 0xf, w.index = w.version > 0 ? sizes & 0xf : 0;
    if (w.version > 2 || !is_width(w.offset) || !is_width(w.length) ||
        !is_width(w.base) || !is_width(w.index))
        return false;
    size_t id_width = w.version < 2 ? 2 : 4;
    for (uint64_t n = take(&r, id_width); n > 0 && !r.is_short; n--) {
        bool is_ours = take(&r, id_width) == id;
        take_extents(&r, &w, m->src->size, out);
        if (is_ours)
            return !r.is_short;
    }
    return false;
}

/* --- grids ------------------------------------------------------------------ */

/* The first item that a grid is made of, and how many there are (23008-12
 * section 6.6.2.3).
 */
static uint64_t
first_tile(const struct meta *m, uint64_t grid, uint64_t *n_tiles)
{
    struct reader all = {find_box(m->body, "iref"), false};
    uint32_t flags, version = take_version(&all, &flags);
    struct str rest = all.rest;
    struct box b;
    size_t width = version == 0 ? 2 : 4;
    *n_tiles = 0;
    while (next_box(&rest, &b)) {
        struct reader r = {b.body, false};
        if (!str_eq_z(b.type, "dimg") || take(&r, width) != grid)
            continue;
        *n_tiles = take(&r, 2);
        return take(&r, width);
    }
    return 0;
}

/* The grid's own description must say what the property said: a decoder goes by this one.
 * One that lies behind the head is left to the decoder. */
static enum rc
check_grid(const struct meta *m, const struct location *at,
           const struct media_found *stored, struct err *err)
{
    uint64_t n_tiles = 0, tile = first_tile(m, m->primary, &n_tiles);
    struct str in = at->method == 1 ? find_box(m->body, "idat") : m->src->head;
    if (n_tiles == 0 || !str_eq_z(type_of(m, tile), m->code))
        return refuse(m, "tiles of another kind", err);
    if (at->first > in.n || !bytes_has(in, (size_t)at->first, 8))
        return at->method == 1 ? refuse(m, "a grid without description", err) : RC_OK;
    struct reader r = {str_from(in, (size_t)at->first), false};
    (void)take(&r, 1);
    size_t width = take(&r, 1) % 2 == 1 ? 4 : 2;
    uint64_t rows = take(&r, 1) + 1, columns = take(&r, 1) + 1;
    uint64_t w = take(&r, width), h = take(&r, width);
    if (r.is_short || rows * columns != n_tiles || w != stored->width_px ||
        h != stored->height_px)
        return refuse(m, "a grid that contradicts itself", err);
    return RC_OK;
}

/* --- one picture only ------------------------------------------------------- */

struct id_set {
    unsigned char bits[IDS / 8];
};

static void
put_id(struct id_set *s, uint64_t id)
{
    if (id < IDS)
        s->bits[id / 8] |= (unsigned char)(1 << id % 8);
}

static bool
has_id(const struct id_set *s, uint64_t id)
{
    return id >= IDS || (s->bits[id / 8] >> id % 8 & 1) != 0;
}

/* Items that are no pictures of their own: what something is put together of, thumbnails,
 * and what belongs to another picture. */
static void
find_helpers(const struct meta *m, struct id_set *out)
{
    struct reader all = {find_box(m->body, "iref"), false};
    uint32_t flags;
    size_t width = take_version(&all, &flags) == 0 ? 2 : 4;
    struct str rest = all.rest;
    struct box b;
    while (next_box(&rest, &b)) {
        struct reader r = {b.body, false};
        uint64_t from = take(&r, width);
        if (!str_eq_z(b.type, "dimg"))
            put_id(out, from);
        else
            for (uint64_t n = take(&r, 2); n > 0 && !r.is_short; n--)
                put_id(out, take(&r, width));
    }
}

static enum rc
check_is_alone(const struct meta *m, struct err *err)
{
    struct id_set helpers = {{0}};
    struct str entries = item_entries(m);
    struct item_info i;
    find_helpers(m, &helpers);
    while (next_item(&entries, &i))
        if (i.id != m->primary && !i.is_hidden && !has_id(&helpers, i.id) &&
            (str_eq_z(i.type, m->code) || str_eq_z(i.type, "grid")))
            return refuse_several(m, "several pictures in one file are not taken", err);
    return RC_OK;
}

/* --- the file --------------------------------------------------------------- */

static enum rc
read_primary(struct meta *m, struct media_found *found, struct err *err)
{
    struct reader r = {find_box(m->body, "pitm"), false};
    struct location at;
    uint32_t flags;
    m->primary = take(&r, take_version(&r, &flags) == 0 ? 2 : 4);
    struct str type = type_of(m, m->primary);
    bool is_grid = str_eq_z(type, "grid");
    if (r.is_short || (!is_grid && !str_eq_z(type, m->code)))
        return refuse(m, "no picture of its kind in it", err);
    TRY(check_is_alone(m, err));
    TRY(read_sides(m, found, err));
    if (!find_location(m, m->primary, &at) || at.method > 1 || at.is_elsewhere)
        return refuse(m, "no picture data in it", err);
    if (at.method == 0 && at.is_cut_off)
        return refuse(m, "the file ends within the picture", err);
    return is_grid ? check_grid(m, &at, found, err) : RC_OK;
}

/* The box at `at` of the file itself, which may be longer than the head. */
static enum rc
read_top_box(const struct meta *m, uint64_t at, struct box *b, uint64_t *next,
             struct err *err)
{
    struct str head = m->src->head;
    size_t header = BOX_HEADER;
    if (!bytes_has(head, (size_t)at, BOX_HEADER))
        return media_cut_off(m->src, m->name, err);
    uint64_t n = bytes_be32(head, (size_t)at);
    b->type = str_sub(head, (size_t)at + 4, 4);
    if (n == 1 && bytes_has(head, (size_t)at, 16)) {
        n = (uint64_t)bytes_be32(head, (size_t)at + 8) << 32 |
            bytes_be32(head, (size_t)at + 12);
        header = 16;
    }
    n = n == 0 ? m->src->size - at : n;
    if (n < header)
        return refuse(m, "bytes that are no box", err);
    if (n > m->src->size - at)
        return refuse(m, "the file ends within a box", err);
    b->body = str_sub(head, (size_t)at + header, n - header);
    *next = at + n;
    if (str_eq_z(b->type, "meta") && b->body.n < n - header)
        return media_cut_off(m->src, m->name, err);
    return RC_OK;
}

/* All boxes that the head shows. */
static enum rc
read_boxes(struct meta *m, struct err *err)
{
    const struct media_source *src = m->src;
    struct box b;
    for (uint64_t at = 0, next = 0; at < src->head.n; at = next) {
        TRY(read_top_box(m, at, &b, &next, err));
        if (str_eq_z(b.type, "moov"))
            return refuse_several(m, "sequences of pictures are not taken", err);
        if (str_eq_z(b.type, "meta") && m->body.p == NULL)
            m->body = str_from(b.body, FULL_BOX);
    }
    return m->body.p == NULL ? media_cut_off(src, m->name, err) : RC_OK;
}

/* Is the word one of those in the list? */
static bool
is_one_of(struct str word, const char *list)
{
    struct str rest = str_of(list);
    while (rest.p != NULL)
        if (str_eq(str_cut(&rest, ' '), word))
            return true;
    return false;
}

/* The major brand, its version, the others (14496-12 section 4.3). */
bool
media_heif_has_brand(struct str head, const char *brands)
{
    struct box b = {0};
    size_t n = bytes_has(head, 0, 4) ? bytes_be32(head, 0) : 0;
    struct str first = str_sub(head, 0, n);
    if (!next_box(&first, &b) || !str_eq_z(b.type, "ftyp"))
        return false;
    for (size_t at = 0; bytes_has(b.body, at, 4); at += at == 0 ? 8 : 4)
        if (is_one_of(str_sub(b.body, at, 4), brands))
            return true;
    return false;
}

static enum rc
read_heif(struct meta m, struct media_found *found, struct err *err)
{
    if (media_heif_has_brand(m.src->head, "avis msf1 hevc hevx"))
        return refuse_several(&m, "sequences of pictures are not taken", err);
    TRY(read_boxes(&m, err));
    TRY(read_primary(&m, found, err));
    found->orientation = 1; /* what irot and imir say was done already */
    return RC_OK;
}

enum rc
media_avif_read(const struct media_source *src, struct media_found *found,
                struct err *err)
{
    return read_heif((struct meta){.src = src, .name = "AVIF", .code = "av01"}, found,
                     err);
}

enum rc
media_heic_read(const struct media_source *src, struct media_found *found,
                struct err *err)
{
    return read_heif((struct meta){.src = src, .name = "HEIC", .code = "hvc1"}, found,
                     err);
}
