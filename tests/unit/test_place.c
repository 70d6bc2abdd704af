/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/place.h"
#include "model/rendition.h"

#include "base/file.h"
#include "base/hash.h"

/* A PNG of one pixel, whole and valid. */
static const struct str tiny_png =
    STR_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
             "\000\000\000\013IDAT\170\332\143\370\017\004\000\011\373\003\375\150"
             "\372\034\314"
             "\0\0\0\0IEND\xae\x42\x60\x82");

struct fixture {
    struct arena a;
    struct err err;
    struct media_photo photo;
    char root[64];
    const char *dir, *from;
};

static int
set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){.root = "/tmp/byline-media-XXXXXX"};
    arena_init(&f.a);
    if (mkdtemp(f.root) == NULL || hash_init(&f.err) != RC_OK)
        return -1;
    f.dir = file_join(&f.a, str_of(f.root), STR("media"));
    f.from = file_join(&f.a, str_of(f.root), STR("photo.jpg")); /* a name that lies */
    *state = &f;
    return mkdir(f.dir, 0755) == 0 && file_write(f.from, tiny_png, 0600, &f.err) == RC_OK
               ? 0
               : -1;
}

static const char *
place_of(struct fixture *f)
{
    return media_path(&f->a, f->dir, f->photo.sha256, f->photo.ext);
}

/* Takes away what the tests made; a file that should not be there makes rmdir fail. */
static int
tear_down(void **state)
{
    struct fixture *f = *state;
    struct str sha = hash_sha256(&f->a, tiny_png);
    const char *placed = media_path(&f->a, f->dir, sha, "png");
    struct str folder = {placed, (size_t)(strrchr(placed, '/') - placed)};
    unlink(placed);
    rmdir(str_z(&f->a, folder));
    unlink(f->from);
    int rc = rmdir(f->dir) | rmdir(f->root);
    arena_done(&f->a);
    return rc;
}

static void
test_check_stores_nothing(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(media_check(f->from, &f->a, &f->photo, &f->err), RC_OK);
    assert_true(str_eq(f->photo.sha256, hash_sha256(&f->a, tiny_png)));
    assert_string_equal(f->photo.mime, "image/png");
    assert_string_equal(f->photo.ext, "png");
    assert_int_equal(f->photo.width_px, 1);
    assert_int_equal(f->photo.height_px, 1);
    assert_int_equal(f->photo.bytes, tiny_png.n);
    assert_false(f->photo.has_location);
    assert_false(file_exists(place_of(f)));
    assert_int_equal(rmdir(f->dir), 0); /* still empty */
    assert_int_equal(mkdir(f->dir, 0755), 0);
}

static void
test_refusals_name_the_file(void **state)
{
    struct fixture *f = *state;
    f->photo.bytes = -7;
    assert_int_equal(file_write(f->from, STR("GIF89a"), 0600, &f->err), RC_OK);
    assert_int_equal(media_check(f->from, &f->a, &f->photo, &f->err), RC_INVALID);
    struct str text = str_of(f->err.text);
    assert_true(str_starts(text, str_of(f->from)));
    assert_true(str_ends(text, STR(": a GIF picture; allowed is a JPEG, PNG, WebP, "
                                   "AVIF or HEIC picture")));
    assert_string_equal(f->err.field, "file");
    assert_int_equal(media_check(f->root, &f->a, &f->photo, &f->err), RC_FAILED);
    unlink(f->from);
    assert_int_equal(media_check(f->from, &f->a, &f->photo, &f->err), RC_NOT_FOUND);
    assert_int_equal(f->photo.bytes, -7);
}

static void
test_size_limit(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(truncate(f->from, MEDIA_FILE_MAX + 1), 0);
    assert_int_equal(media_check(f->from, &f->a, &f->photo, &f->err), RC_LIMIT);
    assert_int_equal(truncate(f->from, MEDIA_FILE_MAX), 0);
    assert_int_equal(media_check(f->from, &f->a, &f->photo, &f->err), RC_OK);
    assert_int_equal(f->photo.bytes, MEDIA_FILE_MAX);
}

#define SHA    "ab00000000000000000000000000000000000000000000000000000000000012"
#define DIGEST "ab000000000000000000000000000012"

static void
test_paths_round_trip(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(media_path(&f->a, "/m", STR(SHA), "jpg"), "/m/ab/" SHA ".jpg");
    for (int i = 0; i < RENDITION_SHAPE__MAX * RENDITION_FORMAT__MAX; i++) {
        enum rendition_shape shape = (enum rendition_shape)(i / RENDITION_FORMAT__MAX);
        enum rendition_format format = (enum rendition_format)(i % RENDITION_FORMAT__MAX);
        struct str digest, file, name = rendition_file(&f->a, shape, 480, format);
        const char *path = media_rendition_path(&f->a, "/media", STR(DIGEST), name);
        if (!rendition_has(shape, format))
            continue;
        assert_true(media_parse_path(str_of(path), &digest, &file));
        assert_true(str_eq(digest, STR(DIGEST)));
        assert_true(str_eq(file, name));
    }
}

/* Nor is any path of an original. */
static void
test_other_paths_are_refused(void **state)
{
    (void)state;
    static const struct str wrong[] = {
        STR_INIT(""),
        STR_INIT("/media/"),
        STR_INIT("/media/ab/"),
        STR_INIT("/media/ab"),
        STR_INIT("/media/ab/" SHA ".jpg"),
        STR_INIT("/media/ab/" SHA "/480.jpg"),
        STR_INIT("/media/ac/" DIGEST "/480.jpg"),
        STR_INIT("/media/a/" DIGEST "/480.jpg"),
        STR_INIT("/media/ab/" DIGEST),
        STR_INIT("/media/ab/" DIGEST "/"),
        STR_INIT("/media/ab/" DIGEST "/."),
        STR_INIT("/media/ab/" DIGEST "/../480.jpg"),
        STR_INIT("/media/ab/" DIGEST "/480.gif"),
        STR_INIT("/media/ab/" DIGEST "/480.jpeg"),
        STR_INIT("/media/ab/" DIGEST "/480.JPG"),
        STR_INIT("/media/ab/" DIGEST "/480.jpg/"),
        STR_INIT("/media/ab/" DIGEST "/480.jpg.jpg"),
        STR_INIT("/media/ab/" DIGEST "\0/480.jpg"),
        STR_INIT("/media/ab/" DIGEST "/480.jpg\0"),
        STR_INIT("/media/ab/0" DIGEST "/480.jpg"),
        STR_INIT("/media/ab/ab" DIGEST "/480.jpg"),
        STR_INIT("/media/AB/AB000000000000000000000000000012/480.jpg"),
        STR_INIT("/media/ab/ab00000000000000000000000000001g/480.jpg"),
        STR_INIT("/media/../ab/" DIGEST "/480.jpg"),
        STR_INIT("//media/ab/" DIGEST "/480.jpg"),
        STR_INIT("/media//ab/" DIGEST "/480.jpg"),
        STR_INIT("/media/ab//" DIGEST "/480.jpg"),
        STR_INIT("/Media/ab/" DIGEST "/480.jpg"),
        STR_INIT("media/ab/" DIGEST "/480.jpg"),
    };
    struct str digest = STR("kept"), file = STR("kept");
    for (size_t i = 0; i < N_ELEMENTS(wrong); i++)
        if (media_parse_path(wrong[i], &digest, &file))
            fail_msg("taken: %.*s", STR_ARG(wrong[i]));
    assert_true(str_eq_z(digest, "kept") && str_eq_z(file, "kept"));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_check_stores_nothing),
        TEST(test_refusals_name_the_file),
        TEST(test_size_limit),
        TEST(test_paths_round_trip),
        TEST(test_other_paths_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
