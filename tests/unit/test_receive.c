/* tests/unit/test_receive.c - photos on their way in: nothing half there, whatever ends
 * it. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <dirent.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "media/receive.h"

#include "base/file.h"
#include "base/time.h"

/* A PNG of one pixel, whole and valid. */
static const struct str tiny_png =
    STR_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
             "\000\000\000\013IDAT\170\332\143\370\017\004\000\011\373\003\375\150"
             "\372\034\314"
             "\0\0\0\0IEND\xae\x42\x60\x82");

struct fixture {
    struct arena a;
    struct err err;
    struct media_receive r;
    struct media_photo photo;
    char root[64];
    const char *dir, *from;
};

static int
set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){.root = "/tmp/byline-receive-XXXXXX", .r = MEDIA_RECEIVE_NONE};
    arena_init(&f.a);
    if (mkdtemp(f.root) == NULL || hash_init(&f.err) != RC_OK)
        return -1;
    f.dir = file_join(&f.a, str_of(f.root), STR("originals"));
    f.from = file_join(&f.a, str_of(f.root), STR("photo.jpg")); /* a name that lies */
    *state = &f;
    return mkdir(f.dir, 0700);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st, (void)type, (void)where;
    return remove(path);
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    media_receive_end(&f->r);
    int rc = nftw(f->root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_done(&f->a);
    return rc;
}

/* How many names the folder holds. */
static int
count(const char *dir)
{
    DIR *d = opendir(dir);
    int n = 0;
    assert_non_null(d);
    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n - 2;
}

static const char *
place_of(struct fixture *f)
{
    return media_path(&f->a, f->dir, f->photo.sha256, f->photo.ext);
}

/* In pieces of n bytes. */
static void
receive(struct fixture *f, struct str bytes, size_t n)
{
    assert_int_equal(media_receive_begin(&f->r, f->dir, &f->err), RC_OK);
    for (; bytes.n > 0; bytes = str_from(bytes, n))
        assert_int_equal(media_receive_add(&f->r, str_sub(bytes, 0, n), &f->err), RC_OK);
}

static void
assert_is_kept(struct fixture *f, struct str bytes)
{
    struct str there;
    struct stat st;
    assert_int_equal(file_read(&f->a, place_of(f), 1000, &there, &f->err), RC_OK);
    assert_true(str_eq(there, bytes));
    assert_true(str_eq(hash_sha256(&f->a, there), f->photo.sha256));
    assert_int_equal(stat(place_of(f), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(count(f->dir), 1); /* its folder, and nothing under way */
}

static void
test_from_the_first_byte_to_its_place(void **state)
{
    struct fixture *f = *state;
    struct str bytes;
    receive(f, tiny_png, 7);
    assert_int_equal(count(f->dir), 1);
    assert_int_equal(media_receive_look(&f->r, &f->a, &f->photo, &f->err), RC_OK);
    assert_string_equal(f->photo.mime, "image/png");
    assert_string_equal(f->photo.ext, "png");
    assert_int_equal(f->photo.width_px, 1);
    assert_int_equal(f->photo.height_px, 1);
    assert_int_equal(f->photo.bytes, tiny_png.n);
    assert_int_equal(media_receive_bytes(&f->r, &bytes, &f->err), RC_OK);
    assert_true(str_eq(bytes, tiny_png));
    assert_false(file_exists(place_of(f)));
    assert_int_equal(media_receive_keep(&f->r, &f->err), RC_OK);
    media_receive_end(&f->r);
    media_receive_end(&f->r);
    assert_is_kept(f, tiny_png);
}

static void
test_from_a_file(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(file_write(f->from, tiny_png, 0644, &f->err), RC_OK);
    assert_int_equal(media_receive_file(&f->r, f->dir, f->from, &f->err), RC_OK);
    assert_int_equal(media_receive_look(&f->r, &f->a, &f->photo, &f->err), RC_OK);
    assert_int_equal(media_receive_keep(&f->r, &f->err), RC_OK);
    media_receive_end(&f->r);
    assert_is_kept(f, tiny_png);
    assert_true(file_exists(f->from));
}

static void
test_the_same_again_heals_and_is_kept_once(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 3; i++) {
        receive(f, tiny_png, 1000);
        assert_int_equal(media_receive_look(&f->r, &f->a, &f->photo, &f->err), RC_OK);
        assert_int_equal(media_receive_keep(&f->r, &f->err), RC_OK);
        media_receive_end(&f->r);
        assert_is_kept(f, tiny_png);
        assert_int_equal(truncate(place_of(f), 5), 0);
    }
}

static void
test_what_is_given_up_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    struct str bytes;
    receive(f, str_sub(tiny_png, 0, 20), 1000); /* cut off */
    assert_int_equal(media_receive_look(&f->r, &f->a, &f->photo, &f->err), RC_INVALID);
    assert_string_equal(f->err.field, "file");
    media_receive_end(&f->r);
    assert_int_equal(count(f->dir), 0);
    receive(f, STR(""), 1000);
    assert_int_equal(media_receive_bytes(&f->r, &bytes, &f->err), RC_OK);
    assert_int_equal(bytes.n, 0);
    assert_int_equal(media_receive_look(&f->r, &f->a, &f->photo, &f->err), RC_INVALID);
    media_receive_end(&f->r);
    receive(f, tiny_png, 1000);
    assert_int_equal(media_receive_look(&f->r, &f->a, &f->photo, &f->err), RC_OK);
    media_receive_end(&f->r);
    assert_int_equal(count(f->dir), 0);
}

static void
test_too_large(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(file_write(f->from, tiny_png, 0644, &f->err), RC_OK);
    assert_int_equal(truncate(f->from, MEDIA_FILE_MAX + 1), 0);
    assert_int_equal(media_receive_file(&f->r, f->dir, f->from, &f->err), RC_LIMIT);
    assert_non_null(strstr(f->err.text, "larger than 40 MB"));
    assert_non_null(strstr(f->err.text, f->from));
    media_receive_end(&f->r);
    assert_int_equal(count(f->dir), 0);
    assert_int_equal(truncate(f->from, MEDIA_FILE_MAX), 0);
    assert_int_equal(media_receive_file(&f->r, f->dir, f->from, &f->err), RC_OK);
    assert_int_equal(f->r.bytes, MEDIA_FILE_MAX);
}

static void
test_files_that_cannot_be_read(void **state)
{
    struct fixture *f = *state;
    const struct {
        const char *path;
        enum rc rc;
    } rows[] = {{f->from, RC_NOT_FOUND}, {f->root, RC_FAILED}, {"/dev/zero", RC_FAILED}};
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        enum rc rc = media_receive_file(&f->r, f->dir, rows[i].path, &f->err);
        assert_int_equal(rc, rows[i].rc);
        assert_true(str_starts(str_of(f->err.text), str_of(rows[i].path)));
        media_receive_end(&f->r);
    }
    assert_int_equal(count(f->dir), 0);
}

static void
test_no_folder(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(rmdir(f->dir), 0);
    assert_int_equal(media_receive_begin(&f->r, f->dir, &f->err), RC_FAILED);
    assert_non_null(strstr(f->err.text, f->dir));
    assert_int_equal(media_receive_sweep(f->dir, 0), -1);
    assert_int_equal(mkdir(f->dir, 0700), 0);
}

/* The folder that belongs to the digest cannot be made: a file has its name. */
static void
test_no_place(void **state)
{
    struct fixture *f = *state;
    receive(f, tiny_png, 1000);
    assert_int_equal(media_receive_look(&f->r, &f->a, &f->photo, &f->err), RC_OK);
    const char *path = place_of(f);
    struct str folder = {path, (size_t)(strrchr(path, '/') - path)};
    assert_int_equal(file_write(str_z(&f->a, folder), STR(""), 0600, &f->err), RC_OK);
    assert_int_equal(media_receive_keep(&f->r, &f->err), RC_FAILED);
    media_receive_end(&f->r);
    assert_int_equal(count(f->dir), 1);
}

/* A limit of the file's size stands for a disk without room. */
static void
test_full_disk(void **state)
{
    struct fixture *f = *state;
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){10, before.rlim_max};
    void (*kept)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(media_receive_begin(&f->r, f->dir, &f->err), RC_OK);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum rc rc = media_receive_add(&f->r, tiny_png, &f->err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, kept);
    assert_int_equal(rc, RC_FAILED);
    media_receive_end(&f->r);
    assert_int_equal(count(f->dir), 0);
}

/* Killed in the middle, as by an operator or for want of memory. */
static void
test_killed(void **state)
{
    struct fixture *f = *state;
    int status = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        receive(f, str_sub(tiny_png, 0, 30), 10);
        kill(getpid(), SIGKILL);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(count(f->dir), 1);
    int64_t now = time_now();
    assert_int_equal(media_receive_sweep(f->dir, now), 0); /* may still be under way */
    assert_int_equal(media_receive_sweep(f->dir, now + MEDIA_RECEIVE_STALE_S + 5), 1);
    assert_int_equal(count(f->dir), 0);
}

static void
test_the_sweep_leaves_all_else(void **state)
{
    struct fixture *f = *state;
    receive(f, tiny_png, 1000);
    assert_int_equal(media_receive_look(&f->r, &f->a, &f->photo, &f->err), RC_OK);
    assert_int_equal(media_receive_keep(&f->r, &f->err), RC_OK);
    media_receive_end(&f->r);
    const char *other = file_join(&f->a, str_of(f->dir), STR("notes.txt"));
    assert_int_equal(file_write(other, STR("x"), 0600, &f->err), RC_OK);
    assert_int_equal(media_receive_sweep(f->dir, time_now() + 100000), 0);
    assert_true(file_exists(other) && file_exists(place_of(f)));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_from_the_first_byte_to_its_place),
        TEST(test_from_a_file),
        TEST(test_the_same_again_heals_and_is_kept_once),
        TEST(test_what_is_given_up_leaves_nothing),
        TEST(test_too_large),
        TEST(test_files_that_cannot_be_read),
        TEST(test_no_folder),
        TEST(test_no_place),
        TEST(test_full_disk),
        TEST(test_killed),
        TEST(test_the_sweep_leaves_all_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
