/* tests/unit/test_rendition.c - sizes, crops, names and digest of what is given out. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "model/rendition.h"

#include "base/compiler.h"

static void
test_sizes(void **state)
{
    (void)state;
    static const struct {
        enum rendition_shape shape;
        int width_px, height_px, n;
        struct rendition_size sizes[RENDITION_SIZES_MAX];
    } rows[] = {
        {RENDITION_WHOLE, 6000, 4000, 3, {{480, 320}, {960, 640}, {1600, 1067}}},
        {RENDITION_WHOLE, 4000, 6000, 3, {{480, 720}, {960, 1440}, {1600, 2400}}},
        {RENDITION_WHOLE, 1600, 900, 3, {{480, 270}, {960, 540}, {1600, 900}}},
        {RENDITION_WHOLE, 1200, 900, 3, {{480, 360}, {960, 720}, {1200, 900}}},
        {RENDITION_WHOLE, 960, 961, 2, {{480, 481}, {960, 961}}},
        {RENDITION_WHOLE, 481, 100, 2, {{480, 100}, {481, 100}}},
        {RENDITION_WHOLE, 480, 100, 1, {{480, 100}}},
        {RENDITION_WHOLE, 1, 1, 1, {{1, 1}}},
        {RENDITION_WHOLE, 16000, 1, 3, {{480, 1}, {960, 1}, {1600, 1}}},
        {RENDITION_WHOLE, 1, 16000, 1, {{1, 16000}}},
        {RENDITION_CARD, 6000, 4000, 2, {{480, 320}, {960, 640}}},
        {RENDITION_CARD, 6000, 1000, 2, {{480, 320}, {960, 640}}},
        {RENDITION_CARD, 1001, 6000, 2, {{480, 320}, {960, 640}}},
        {RENDITION_CARD, 700, 900, 2, {{480, 320}, {700, 467}}},
        {RENDITION_CARD, 479, 4000, 1, {{479, 319}}},
        {RENDITION_CARD, 1, 16000, 1, {{1, 1}}},
        {RENDITION_CARD, 16000, 1, 1, {{2, 1}}},
        {RENDITION_CARD, 1, 1, 1, {{1, 1}}},
        {RENDITION_SHARE, 6000, 4000, 1, {{1200, 630}}},
        {RENDITION_SHARE, 1200, 630, 1, {{1200, 630}}},
        {RENDITION_SHARE, 1000, 1000, 1, {{1000, 525}}},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct rendition_size got[RENDITION_SIZES_MAX];
        int n = rendition_sizes(rows[i].shape, rows[i].width_px, rows[i].height_px, got);
        if (n != rows[i].n || memcmp(got, rows[i].sizes, sizeof *got * (size_t)n) != 0)
            fail_msg("row %zu: %d, %dx%d", i, n, got[0].width_px, got[0].height_px);
    }
}

static void
test_boxes(void **state)
{
    (void)state;
    static const struct {
        enum rendition_shape shape;
        int width_px, height_px;
        struct str focal;
        struct rendition_box box;
    } rows[] = {
        {RENDITION_WHOLE, 900, 900, STR_INIT("0,0"), {0, 0, 900, 900}},
        {RENDITION_CARD, 900, 900, {NULL, 0}, {0, 150, 900, 600}},
        {RENDITION_CARD, 900, 900, STR_INIT(""), {0, 150, 900, 600}},
        {RENDITION_CARD, 900, 900, STR_INIT("50,50"), {0, 150, 900, 600}},
        {RENDITION_CARD, 900, 900, STR_INIT("50,0"), {0, 0, 900, 600}},
        {RENDITION_CARD, 900, 900, STR_INIT("50,100"), {0, 300, 900, 600}},
        {RENDITION_CARD, 900, 900, STR_INIT("0,40"), {0, 60, 900, 600}},
        {RENDITION_CARD, 3000, 1000, STR_INIT("33.35,9"), {250, 0, 1500, 1000}},
        {RENDITION_CARD, 3000, 1000, STR_INIT("99.999999,9"), {1500, 0, 1500, 1000}},
        {RENDITION_SHARE, 1200, 2000, STR_INIT("7,25.5"), {0, 195, 1200, 630}},
        {RENDITION_SHARE, 1, 1, STR_INIT("100,100"), {0, 0, 1, 1}},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct rendition_box b = rendition_box(rows[i].shape, rows[i].width_px,
                                               rows[i].height_px, rows[i].focal);
        if (memcmp(&b, &rows[i].box, sizeof b) != 0)
            fail_msg("row %zu: %d,%d %dx%d", i, b.left, b.top, b.width_px, b.height_px);
    }
}

/* Of every size a photo can have: sizes ascend, none is larger than what it is cut from,
 * and what it is cut from is inside the photo. */
static void
assert_fits(enum rendition_shape shape, int width_px, int height_px, struct str focal)
{
    struct rendition_size s[RENDITION_SIZES_MAX];
    struct rendition_box b = rendition_box(shape, width_px, height_px, focal);
    int n = rendition_sizes(shape, width_px, height_px, s);
    assert_in_range(n, 1, RENDITION_SIZES_MAX);
    assert_true(b.left >= 0 && b.top >= 0 && b.width_px >= 1 && b.height_px >= 1);
    assert_true(b.left + b.width_px <= width_px && b.top + b.height_px <= height_px);
    for (int i = 0; i < n; i++) {
        assert_true(s[i].height_px >= 1 && s[i].width_px <= b.width_px);
        assert_true(i == 0 || s[i].width_px > s[i - 1].width_px);
        assert_true(s[i].height_px <= b.height_px);
    }
}

static void
test_nothing_is_enlarged(void **state)
{
    (void)state;
    static const int sides[] = {1,    2,    3,    7,    319,  320,  321,  479,
                                480,  481,  630,  640,  641,  959,  960,  961,
                                1067, 1200, 1599, 1600, 1601, 4000, 9999, 16000};
    static const struct str focals[] = {
        {NULL, 0}, STR_INIT("0,0"), STR_INIT("100,100"), STR_INIT("33.333333,66.666667")};
    for (size_t i = 0; i < N_ELEMENTS(sides); i++)
        for (size_t j = 0; j < N_ELEMENTS(sides); j++)
            for (int shape = 0; shape < RENDITION_SHAPE__MAX; shape++)
                for (size_t k = 0; k < N_ELEMENTS(focals); k++)
                    assert_fits((enum rendition_shape)shape, sides[i], sides[j],
                                focals[k]);
}

static void
test_names_are_valid_and_there_are_no_more(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a);
    int n_files = 0;
    for (int shape = 0; shape < RENDITION_SHAPE__MAX; shape++) {
        struct rendition_size s[RENDITION_SIZES_MAX];
        int n = rendition_sizes((enum rendition_shape)shape, 6000, 4000, s);
        for (int i = 0; i < n; i++)
            for (int f = 0; f < RENDITION_FORMAT__MAX; f++) {
                if (!rendition_has((enum rendition_shape)shape, (enum rendition_format)f))
                    continue;
                assert_true(rendition_file_is_valid(
                    rendition_file(&a, (enum rendition_shape)shape, s[i].width_px,
                                   (enum rendition_format)f)));
                n_files++;
            }
    }
    assert_int_equal(n_files, RENDITION_FILES_MAX);
    arena_done(&a);
}

static void
test_names(void **state)
{
    (void)state;
    static const struct {
        struct str name;
        bool is_valid;
    } rows[] = {
        {STR_INIT("480.jpg"), true},
        {STR_INIT("1600.jpg"), true},
        {STR_INIT("1.jpg"), true},
        {STR_INIT("card-960.jpg"), true},
        {STR_INIT("share.jpg"), true},
        {STR_INIT("1601.jpg"), false},
        {STR_INIT("card-961.jpg"), false},
        {STR_INIT("0.jpg"), false},
        {STR_INIT("0480.jpg"), false},
        {STR_INIT("+480.jpg"), false},
        {STR_INIT("-480.jpg"), false},
        {STR_INIT("480"), false},
        {STR_INIT("480."), false},
        {STR_INIT(".jpg"), false},
        {STR_INIT("480.png"), false},
        {STR_INIT("480.jpg.jpg"), false},
        {STR_INIT("480.jpeg"), false},
        {STR_INIT("card-.jpg"), false},
        {STR_INIT("card480.jpg"), false},
        {STR_INIT("share.webp"), false},
        {STR_INIT("share.avif"), false},
        {STR_INIT("share-1200.jpg"), false},
        {STR_INIT("share"), false},
        {STR_INIT("../480.jpg"), false},
        {STR_INIT(""), false},
        {{NULL, 0}, false},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        if (rendition_file_is_valid(rows[i].name) != rows[i].is_valid)
            fail_msg("\"%.*s\"", STR_ARG(rows[i].name));
}

/* Two texts that are joined do not pass for others, and what is not written inside does
 * not count. */
static void
test_digest(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a);
    struct photo p = {.sha256 = STR("ab"), .credit = STR("One"), .creator = STR("Two")};
    struct str first = rendition_digest(&a, &p);
    assert_int_equal(first.n, RENDITION_DIGEST_SIZE);
    struct photo same = p;
    same.credit_url = STR("https://example.org/");
    same.organisation = STR("Office");
    same.licence = STR("CC BY 4.0");
    same.expires_at = 12;
    same.caption = STR("");
    assert_true(str_eq(first, rendition_digest(&a, &same)));
    struct photo others[] = {p, p, p, p, p};
    others[0].sha256 = STR("ac");
    others[1].credit = STR("OneTwo");
    others[1].creator = STR("");
    others[2].alt = STR("Two");
    others[3].focal = STR("1,2");
    others[4].source_type = STR("x");
    for (size_t i = 0; i < N_ELEMENTS(others); i++)
        assert_false(str_eq(first, rendition_digest(&a, &others[i])));
    arena_done(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_boxes),
        cmocka_unit_test(test_nothing_is_enlarged),
        cmocka_unit_test(test_names_are_valid_and_there_are_no_more),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
