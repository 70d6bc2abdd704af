/* tests/unit/test_heif.c - the headers of AVIF and HEIC, on small files put together here
 * box by box: good ones, every prefix of them, every byte of them changed, and hostile
 * ones. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdlib.h>

#include "media/image.h"

#include "base/buf.h"

enum { LIMIT = MEDIA_HEAD_SIZE + 100000 };

/* What a file is to say; zero and NULL leave a box out or take what is usual. */
struct plan {
    const char *brand;      /* "avif" */
    const char *more;       /* further brands: "mif1miaf" */
    const char *code;       /* of the primary item: "av01" */
    const char *tile;       /* of a grid's tiles; NULL: as code */
    uint64_t width, height; /* ispe */
    uint64_t clap[4];       /* width and height as fractions, if clap[0] is not 0 */
    uint64_t turns;         /* irot */
    uint64_t rows, columns; /* of a grid, if rows is not 0 */
    uint64_t grid_width;    /* as the grid says, if another than width */
    uint64_t n_tiles;       /* if another than rows * columns */
    const char *second;     /* type of a second item */
    uint64_t second_flags;  /* 1: hidden */
    const char *reference;  /* from the second item to the first: "thmb" */
    const char *last;       /* a box behind the others */
    uint64_t more_bytes;    /* the extent is longer than the file by so much */
    uint64_t version;       /* 1: 32-bit item numbers and two-byte property numbers */
    uint64_t data_reference;
};

static const struct plan avif = {.brand = "avif",
                                 .more = "mif1miaf",
                                 .code = "av01",
                                 .width = 64,
                                 .height = 40},
                         heic = {.brand = "heic",
                                 .more = "mif1heic",
                                 .code = "hvc1",
                                 .width = 4032,
                                 .height = 3024};

static void
put(struct buf *b, uint64_t v, int n_bytes)
{
    for (int i = n_bytes - 1; i >= 0; i--)
        buf_add_c(b, (char)(v >> (8 * i)));
}

/* A box is begun, filled, and ended, which writes its length. */
static size_t
begin(struct buf *b, const char *type)
{
    put(b, 0, 4);
    buf_add_z(b, type);
    return b->n - 8;
}

static size_t
begin_full(struct buf *b, const char *type, uint64_t version, uint64_t flags)
{
    size_t at = begin(b, type);
    put(b, version, 1);
    put(b, flags, 3);
    return at;
}

static void
end(struct buf *b, size_t at)
{
    uint64_t n = b->n - at;
    for (size_t i = 0; i < 4; i++)
        b->p[at + i] = (char)(n >> (24 - 8 * i));
}

static int
id_width(const struct plan *p)
{
    return p->version == 0 ? 2 : 4;
}

static void
put_item(struct buf *b, const struct plan *p, uint64_t id, const char *type,
         uint64_t flags)
{
    size_t at = begin_full(b, "infe", p->version == 0 ? 2 : 3, flags);
    put(b, id, id_width(p));
    put(b, 0, 2);
    buf_add_z(b, type);
    buf_add_c(b, '\0');
    end(b, at);
}

static uint64_t
n_tiles(const struct plan *p)
{
    return p->n_tiles != 0 ? p->n_tiles : p->rows * p->columns;
}

static void
put_items(struct buf *b, const struct plan *p)
{
    size_t at = begin_full(b, "iinf", p->version, 0);
    put(b, 9, id_width(p));
    put_item(b, p, 1, p->rows > 0 ? "grid" : p->code, 0);
    for (uint64_t i = 0; i < n_tiles(p); i++)
        put_item(b, p, 10 + i, p->tile != NULL ? p->tile : p->code, 1);
    if (p->second != NULL)
        put_item(b, p, 2, p->second, p->second_flags);
    end(b, at);
}

static void
put_references(struct buf *b, const struct plan *p)
{
    size_t at = begin_full(b, "iref", p->version, 0), one;
    if (p->rows > 0) {
        one = begin(b, "dimg");
        put(b, 1, id_width(p));
        put(b, n_tiles(p), 2);
        for (uint64_t i = 0; i < n_tiles(p); i++)
            put(b, 10 + i, id_width(p));
        end(b, one);
    }
    if (p->reference != NULL) {
        one = begin(b, p->reference);
        put(b, 2, id_width(p));
        put(b, 1, 2);
        put(b, 1, id_width(p));
        end(b, one);
    }
    end(b, at);
}

/* The properties: a colour, of no interest; then size, crop and angle. */
static void
put_properties(struct buf *b, const struct plan *p)
{
    size_t iprp = begin(b, "iprp"), ipco = begin(b, "ipco"), at = begin(b, "colr");
    buf_add(b, STR("nclx"));
    end(b, at);
    at = begin_full(b, "ispe", 0, 0);
    put(b, p->width, 4), put(b, p->height, 4);
    end(b, at);
    at = begin(b, "clap");
    for (int i = 0; i < 4; i++)
        put(b, p->clap[i], 4);
    put(b, 0, 4), put(b, 1, 4), put(b, 0, 4), put(b, 1, 4);
    end(b, at);
    at = begin(b, "irot");
    put(b, p->turns, 1);
    end(b, at);
    end(b, ipco);
    at = begin_full(b, "ipma", p->version, p->version);
    int width = p->version == 0 ? 1 : 2;
    put(b, 2, 4);
    put(b, 77, id_width(p)), put(b, 1, 1), put(b, 1, width); /* another item's */
    put(b, 1, id_width(p)), put(b, p->clap[0] != 0 ? 4 : 3, 1);
    put(b, 0, width), put(b, 2, width);
    if (p->clap[0] != 0)
        put(b, 3, width);
    put(b, 4, width);
    end(b, at);
    end(b, iprp);
}

/* A grid lies in 'idat', a picture in 'mdat' at `data`. */
static void
put_locations(struct buf *b, const struct plan *p, uint64_t data)
{
    size_t at = begin_full(b, "iloc", p->version == 0 ? 1 : 2, 0);
    put(b, 0x4440, 2);
    put(b, 2, id_width(p));
    put(b, 99, id_width(p)), put(b, 0, 2), put(b, 0, 2), put(b, 1, 4); /* another's */
    put(b, 1, 2), put(b, 2, 4), put(b, 3, 4);
    put(b, 1, id_width(p)), put(b, p->rows > 0 ? 1 : 0, 2), put(b, p->data_reference, 2);
    put(b, p->rows > 0 ? 0 : data, 4);
    put(b, 1, 2), put(b, 0, 4), put(b, p->rows > 0 ? 8 : 20 + p->more_bytes, 4);
    end(b, at);
    at = begin(b, "idat");
    put(b, 0, 2), put(b, p->rows - 1, 1), put(b, p->columns - 1, 1);
    put(b, p->grid_width != 0 ? p->grid_width : p->width, 2), put(b, p->height, 2);
    end(b, at);
}

static void
put_meta(struct buf *b, const struct plan *p, uint64_t data)
{
    size_t at = begin_full(b, "meta", 0, 0), inner = begin_full(b, "hdlr", 0, 0);
    buf_add(b, STR("\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    end(b, inner);
    inner = begin_full(b, "pitm", p->version, 0);
    put(b, 1, id_width(p));
    end(b, inner);
    put_items(b, p);
    put_references(b, p);
    put_properties(b, p);
    put_locations(b, p, data);
    end(b, at);
}

static struct str
make(struct arena *a, struct plan p)
{
    struct buf b, meta;
    buf_init(&b, a, LIMIT);
    buf_init(&meta, a, LIMIT);
    size_t at = begin(&b, "ftyp");
    buf_add_z(&b, p.brand);
    put(&b, 0, 4);
    buf_add_z(&b, p.more);
    end(&b, at);
    put_meta(&meta, &p, 0); /* for its length */
    put_meta(&b, &p, b.n + meta.n + 8);
    at = begin(&b, "mdat");
    for (int i = 0; i < 20; i++)
        put(&b, 0xd0, 1);
    end(&b, at);
    if (p.last != NULL)
        end(&b, begin(&b, p.last));
    return buf_str(&b);
}

/* ---- asking ---- */

/* Reads a copy of exactly its length, so that AddressSanitizer sees every overrun. */
static enum rc
read_sized(struct str s, uint64_t size, struct media_image *out, struct err *err)
{
    char *copy = malloc(s.n > 0 ? s.n : 1);
    assert_non_null(copy);
    if (s.n > 0)
        memcpy(copy, s.p, s.n);
    *err = (struct err){0};
    enum rc rc = media_image_read((struct str){copy, s.n}, size, out, err);
    free(copy);
    assert_int_equal(rc == RC_OK, err->text[0] == '\0');
    assert_true(rc == RC_OK || rc == RC_INVALID || rc == RC_LIMIT);
    return rc;
}

static void
accept(struct arena *a, struct plan p, enum media_type type, int width_px, int height_px)
{
    struct media_image image;
    struct err err;
    struct str s = make(a, p);
    if (read_sized(s, s.n, &image, &err) != RC_OK)
        fail_msg("refused: %s", err.text);
    assert_int_equal(image.type, type);
    assert_int_equal(image.width_px, width_px);
    assert_int_equal(image.height_px, height_px);
    assert_int_equal(image.orientation, 1);
}

static void
refuse(struct str s, enum rc rc, const char *text)
{
    struct media_image image;
    struct err err;
    assert_int_equal(read_sized(s, s.n, &image, &err), rc);
    if (strstr(err.text, text) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", text, err.text);
}

static int
set_up(void **state)
{
    static struct arena a;
    arena_init(&a);
    *state = &a;
    return 0;
}

static int
tear_down(void **state)
{
    arena_done(*state);
    return 0;
}

/* ---- good ones ---- */

static void
test_good_files(void **state)
{
    struct arena *a = *state;
    struct plan p = heic;
    accept(a, avif, MEDIA_AVIF, 64, 40);
    accept(a, heic, MEDIA_HEIC, 4032, 3024);
    p.version = 1;
    accept(a, p, MEDIA_HEIC, 4032, 3024);
    p = heic, p.brand = "mif1"; /* as some cameras name it */
    accept(a, p, MEDIA_HEIC, 4032, 3024);
    p = heic, p.brand = "heix", p.more = "mif1";
    accept(a, p, MEDIA_HEIC, 4032, 3024);
    assert_string_equal(media_type_mime(MEDIA_AVIF), "image/avif");
    assert_string_equal(media_type_mime(MEDIA_HEIC), "image/heic");
    assert_string_equal(media_type_ext(MEDIA_AVIF), "avif");
    assert_string_equal(media_type_ext(MEDIA_HEIC), "heic");
}

static void
test_turned_and_cropped(void **state)
{
    struct arena *a = *state;
    for (uint64_t turns = 0; turns < 4; turns++) {
        struct plan p = heic;
        p.turns = turns;
        accept(a, p, MEDIA_HEIC, turns % 2 ? 3024 : 4032, turns % 2 ? 4032 : 3024);
        p.clap[0] = 8000, p.clap[1] = 2, p.clap[2] = 3000, p.clap[3] = 1;
        accept(a, p, MEDIA_HEIC, turns % 2 ? 3000 : 4000, turns % 2 ? 4000 : 3000);
    }
}

static void
test_grids(void **state)
{
    struct arena *a = *state;
    struct plan p = heic;
    p.rows = 6, p.columns = 8;
    accept(a, p, MEDIA_HEIC, 4032, 3024);
    p.turns = 1;
    accept(a, p, MEDIA_HEIC, 3024, 4032);
    p.version = 1;
    accept(a, p, MEDIA_HEIC, 3024, 4032);
    p = avif, p.rows = 1, p.columns = 2;
    accept(a, p, MEDIA_AVIF, 64, 40);
    p.grid_width = 16000;
    refuse(make(a, p), RC_INVALID, "AVIF: a grid that contradicts itself");
    p = avif, p.rows = 2, p.columns = 2, p.n_tiles = 3;
    refuse(make(a, p), RC_INVALID, "a grid that contradicts itself");
    p = avif, p.rows = 2, p.columns = 2, p.tile = "hvc1";
    refuse(make(a, p), RC_INVALID, "tiles of another kind");
}

/* ---- one picture only ---- */

static void
test_what_belongs_to_the_picture(void **state)
{
    struct arena *a = *state;
    struct plan p = heic;
    p.second = "hvc1";
    refuse(make(a, p), RC_INVALID, "HEIC: several pictures in one file are not taken");
    p.second_flags = 1;
    accept(a, p, MEDIA_HEIC, 4032, 3024);
    p.second_flags = 0;
    static const char *const references[] = {"thmb", "auxl", "cdsc"};
    for (size_t i = 0; i < N_ELEMENTS(references); i++) {
        p.reference = references[i];
        accept(a, p, MEDIA_HEIC, 4032, 3024);
    }
    p.reference = NULL, p.second = "grid";
    refuse(make(a, p), RC_INVALID, "several pictures");
    p.second = "Exif";
    accept(a, p, MEDIA_HEIC, 4032, 3024);
}

static void
test_sequences(void **state)
{
    struct arena *a = *state;
    static const char *const brands[] = {"avis", "msf1", "hevc", "hevx"};
    for (size_t i = 0; i < N_ELEMENTS(brands); i++) {
        struct plan p = heic;
        p.more = str_fmt(a, "mif1heic%s", brands[i]).p;
        refuse(make(a, p), RC_INVALID, "HEIC: sequences of pictures are not taken");
    }
    struct plan p = avif;
    p.last = "moov";
    refuse(make(a, p), RC_INVALID, "AVIF: sequences of pictures are not taken");
    p = avif, p.brand = "avis", p.more = "msf1";
    refuse(make(a, p), RC_INVALID, "a sequence of AVIF pictures");
}

/* ---- what else is refused ---- */

static void
test_limits(void **state)
{
    struct arena *a = *state;
    struct plan p = avif;
    p.width = 16000, p.height = 3750;
    accept(a, p, MEDIA_AVIF, 16000, 3750);
    p.height = 3751;
    refuse(make(a, p), RC_LIMIT, "16000 x 3751 pixels; allowed is 60 million in all");
    p.width = 16001, p.height = 1;
    refuse(make(a, p), RC_LIMIT, "allowed is 16000 a side");
    p.clap[0] = p.clap[1] = p.clap[2] = p.clap[3] = 1; /* what is decoded counts */
    refuse(make(a, p), RC_LIMIT, "allowed is 16000 a side");
    p = avif, p.width = p.height = 0xffffffff;
    refuse(make(a, p), RC_LIMIT, "4294967295 x 4294967295");
    p = avif, p.height = 0;
    refuse(make(a, p), RC_INVALID, "a side of 0 pixels");
    p = avif, p.width = 0;
    refuse(make(a, p), RC_INVALID, "size is not told");
}

static void
test_wrong_files(void **state)
{
    struct arena *a = *state;
    struct plan p = avif;
    p.code = "hvc1";
    refuse(make(a, p), RC_INVALID, "AVIF: no picture of its kind in it");
    p = heic, p.code = "av01";
    refuse(make(a, p), RC_INVALID, "HEIC: no picture of its kind in it");
    p = avif, p.more_bytes = 1;
    refuse(make(a, p), RC_INVALID, "AVIF: the file ends within the picture");
    p = avif, p.data_reference = 1;
    refuse(make(a, p), RC_INVALID, "no picture data in it");
    p = avif, p.clap[0] = 65, p.clap[1] = 1, p.clap[2] = 1, p.clap[3] = 1;
    refuse(make(a, p), RC_INVALID, "properties of the picture that cannot be read");
    p.clap[0] = 1, p.clap[1] = 0;
    refuse(make(a, p), RC_INVALID, "properties of the picture that cannot be read");
    p = avif, p.brand = "isom", p.more = "mp42";
    refuse(make(a, p), RC_INVALID, "a video; allowed is a JPEG");
    p = avif, p.brand = "mif1", p.more = "miaf";
    refuse(make(a, p), RC_INVALID, "a HEIF picture of another kind");
    struct buf b;
    buf_init(&b, a, LIMIT);
    buf_add(&b, make(a, avif));
    buf_add(&b, STR("PK\x03\x04 something behind"));
    refuse(buf_str(&b), RC_INVALID, "AVIF: the file ends within a box");
    refuse(STR("\0\0\0\x14"
               "ftypavif\0\0\0\0mif1"),
           RC_INVALID, "the file ends within its headers");
    refuse(STR("\0\0\0\x14"
               "ftypavif\0\0\0\0mif1\0\0\0\7meta"),
           RC_INVALID, "bytes that are no box");
}

static void
test_headers_far_behind(void **state)
{
    struct arena *a = *state;
    struct str good = make(a, avif);
    size_t ftyp = 4 + 4 + 4 + 4 + 8;
    struct buf b;
    buf_init(&b, a, LIMIT);
    buf_add(&b, str_sub(good, 0, ftyp));
    size_t at = begin(&b, "free");
    while (b.n < MEDIA_HEAD_SIZE)
        put(&b, 0, 8);
    end(&b, at);
    buf_add(&b, str_from(good, ftyp));
    refuse(buf_str(&b), RC_INVALID, "no picture data in its first 9000000 bytes");
}

/* ---- prefixes and changed bytes ---- */

static void
test_every_prefix(void **state)
{
    struct arena *a = *state;
    struct plan grid = heic;
    grid.rows = grid.columns = 2;
    const struct str files[] = {make(a, avif), make(a, grid)};
    struct media_image image;
    struct err err;
    for (size_t f = 0; f < N_ELEMENTS(files); f++)
        for (size_t n = 0; n < files[f].n; n++) {
            struct str part = str_sub(files[f], 0, n);
            if (f == 0 || n != files[f].n - 28) /* all but the box with the tiles */
                assert_int_not_equal(read_sized(part, n, &image, &err), RC_OK);
            (void)read_sized(part, files[f].n, &image, &err);
            (void)read_sized(part, UINT64_MAX, &image, &err);
        }
}

static void
test_every_byte_changed(void **state)
{
    struct arena *a = *state;
    struct plan p = heic;
    p.rows = p.columns = 2, p.clap[0] = p.clap[2] = 9, p.clap[1] = p.clap[3] = 1;
    const struct str files[] = {make(a, avif), make(a, p)};
    struct media_image image;
    struct err err;
    for (size_t f = 0; f < N_ELEMENTS(files); f++)
        for (size_t i = 0; i < files[f].n; i++)
            for (int v = 0; v < 256; v++) {
                char *copy = arena_copy(a, files[f].p, files[f].n);
                copy[i] = (char)v;
                struct str s = {copy, files[f].n};
                if (read_sized(s, s.n, &image, &err) == RC_OK)
                    assert_true(image.width_px > 0 && image.height_px > 0 &&
                                image.width_px <= MEDIA_SIDE_MAX_PX &&
                                image.height_px <= MEDIA_SIDE_MAX_PX);
            }
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_good_files),   TEST(test_turned_and_cropped),
        TEST(test_grids),        TEST(test_what_belongs_to_the_picture),
        TEST(test_sequences),    TEST(test_limits),
        TEST(test_wrong_files),  TEST(test_headers_far_behind),
        TEST(test_every_prefix), TEST(test_every_byte_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
