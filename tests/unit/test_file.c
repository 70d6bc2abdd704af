/* tests/unit/test_file.c - files whole or not at all. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/file.h"

/* Each test runs in an empty folder of its own, which is the working directory. */
struct fixture {
    struct arena arena;
    char dir[64];
};

static int
set_up(void **state)
{
    static struct fixture f;
    arena_init(&f.arena);
    snprintf(f.dir, sizeof f.dir, "%s/byline-file-XXXXXX", P_tmpdir);
    *state = &f;
    return mkdtemp(f.dir) != NULL && chdir(f.dir) == 0 ? 0 : -1;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"a/b/c", "a/b", "a", "x", "y", "link", "pipe"};
    for (size_t i = 0; i < N_ELEMENTS(names); i++)
        remove(names[i]);
    arena_done(&f->arena);
    return chdir("/") == 0 && rmdir(f->dir) == 0 ? 0 : -1; /* nothing else was made */
}

static int
n_files(void)
{
    int n = 0;
    DIR *d = opendir(".");
    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n - 2;
}

static void
write_file(const char *path, struct str bytes)
{
    struct err err;
    if (file_write(path, bytes, 0640, &err) != RC_OK)
        fail_msg("%s", err.text);
}

static void
check_file(struct fixture *f, const char *path, struct str want)
{
    struct str have;
    struct err err;
    if (file_read(&f->arena, path, 1 << 20, &have, &err) != RC_OK)
        fail_msg("%s", err.text);
    assert_true(str_eq(have, want));
    assert_int_equal(have.p[have.n], '\0');
}

static void
test_written_is_read(void **state)
{
    char *big = arena_alloc(&((struct fixture *)*state)->arena, 300000);
    for (int i = 0; i < 300000; i++)
        big[i] = (char)(i * 7);
    const struct str texts[] = {STR(""), STR("one\n"), STR("a\0b"), {big, 300000}};
    for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
        write_file("x", texts[i]);
        check_file(*state, "x", texts[i]);
        assert_int_equal(n_files(), 1);
    }
}

static void
test_permissions_do_not_depend_on_the_umask(void **state)
{
    (void)state;
    static const unsigned modes[] = {0600, 0644, 0666, 0400};
    mode_t old = umask(077);
    for (size_t i = 0; i < N_ELEMENTS(modes); i++) {
        struct stat st;
        struct err err;
        assert_int_equal(file_write("x", STR("x"), modes[i], &err), RC_OK);
        assert_int_equal(stat("x", &st), 0);
        assert_int_equal(st.st_mode & 0777, modes[i]);
    }
    umask(old);
}

static void
test_an_old_reader_keeps_the_old_file(void **state)
{
    write_file("x", STR("old"));
    int fd = open("x", O_RDONLY);
    write_file("x", STR("the new one"));
    char block[32];
    assert_int_equal(read(fd, block, sizeof block), 3);
    assert_memory_equal(block, "old", 3);
    close(fd);
    check_file(*state, "x", STR("the new one"));
}

static void
test_reading_refuses(void **state)
{
    struct fixture *f = *state;
    struct str out = STR("untouched");
    struct err err;
    write_file("x", STR("12345"));
    assert_int_equal(mkdir("a", 0755), 0);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_int_equal(file_read(&f->arena, "x", 5, &out, &err), RC_OK);
    out = STR("untouched");
    assert_int_equal(file_read(&f->arena, "x", 4, &out, &err), RC_LIMIT);
    assert_int_equal(file_read(&f->arena, "missing", 5, &out, &err), RC_NOT_FOUND);
    assert_string_equal(err.text, "missing: No such file or directory");
    assert_int_equal(file_read(&f->arena, "a", 5, &out, &err), RC_FAILED);
    assert_int_equal(file_read(&f->arena, "pipe", 5, &out, &err), RC_FAILED);
    assert_int_equal(file_read(&f->arena, "x/y", 5, &out, &err), RC_FAILED);
    assert_string_equal(out.p, "untouched");
}

/* /proc says size 0 for files that have bytes. */
static void
test_the_size_is_a_hint_only(void **state)
{
    struct fixture *f = *state;
    struct str out;
    struct err err;
    assert_int_equal(file_read(&f->arena, "/proc/self/status", 1 << 20, &out, &err),
                     RC_OK);
    assert_true(str_starts(out, STR("Name:")));
    assert_int_equal(file_read(&f->arena, "/proc/self/status", 10, &out, &err), RC_LIMIT);
}

static void
test_writing_refuses_and_leaves_nothing(void **state)
{
    struct err err;
    char long_name[5000];
    memset(long_name, 'x', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    assert_int_equal(mkdir("a", 0755), 0);
    assert_int_equal(file_write("missing/x", STR("1"), 0600, &err), RC_FAILED);
    assert_int_equal(file_write("a", STR("1"), 0600, &err), RC_FAILED); /* a folder */
    assert_int_equal(file_write(long_name, STR("1"), 0600, &err), RC_FAILED);
    assert_int_equal(n_files(), 1);
    (void)state;
}

/* A full disk, played by a limit on file size. */
static void
test_a_write_that_does_not_fit(void **state)
{
    write_file("x", STR("old"));
    struct rlimit old, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = 4096;
    signal(SIGXFSZ, SIG_IGN);
    struct err err, copy_err;
    static char big[10000];
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum rc rc = file_write("x", (struct str){big, sizeof big}, 0600, &err);
    enum rc copied = file_copy("/proc/self/exe", "y", SIZE_MAX, 0600, &copy_err);
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(rc, RC_FAILED);
    assert_string_equal(err.text, "x: write: File too large");
    assert_int_equal(copied, RC_FAILED);
    assert_int_equal(n_files(), 1);
    check_file(*state, "x", STR("old"));
}

static void
test_copy(void **state)
{
    struct err err;
    struct stat st;
    write_file("x", STR("a\0picture"));
    assert_int_equal(symlink("x", "link"), 0);
    assert_int_equal(file_copy("link", "y", 9, 0444, &err), RC_OK);
    check_file(*state, "y", STR("a\0picture"));
    assert_int_equal(lstat("y", &st), 0);
    assert_true(S_ISREG(st.st_mode));
    assert_int_equal(st.st_mode & 0777, 0444);
    assert_int_equal(file_copy("x", "y", 8, 0600, &err), RC_LIMIT);
    assert_int_equal(file_copy("/proc/self/status", "y", 8, 0600, &err), RC_LIMIT);
    assert_int_equal(file_copy("missing", "y", 8, 0600, &err), RC_NOT_FOUND);
    assert_int_equal(file_copy(".", "y", 1 << 20, 0600, &err), RC_FAILED);
    assert_int_equal(file_copy("x", "missing/y", 99, 0600, &err), RC_FAILED);
    check_file(*state, "y", STR("a\0picture")); /* no failure touched it */
    assert_int_equal(n_files(), 3);
}

static void
test_folders(void **state)
{
    (void)state;
    struct err err;
    struct stat st;
    char absolute[256];
    umask(077);
    assert_int_equal(file_make_dir("a/b/c", 0751, &err), RC_OK);
    assert_int_equal(umask(022), 077);
    assert_int_equal(stat("a/b/c", &st), 0);
    assert_int_equal(st.st_mode, S_IFDIR | 0751);
    assert_int_equal(file_make_dir("a/b/c", 0750, &err), RC_OK);
    assert_int_equal(file_make_dir("a//b/", 0750, &err), RC_OK);
    assert_int_equal(file_make_dir("/", 0750, &err), RC_OK);
    assert_int_equal(file_make_dir(".", 0750, &err), RC_OK);
    snprintf(absolute, sizeof absolute, "%s/a/b", ((struct fixture *)*state)->dir);
    assert_int_equal(file_make_dir(absolute, 0750, &err), RC_OK);
    write_file("x", STR("x"));
    assert_int_equal(file_make_dir("x", 0750, &err), RC_FAILED);
    assert_int_equal(file_make_dir("x/y", 0750, &err), RC_FAILED);
    assert_int_equal(file_make_dir("", 0750, &err), RC_FAILED);
    assert_int_equal(file_make_dir("/proc/byline/x", 0750, &err), RC_FAILED);
}

static void
test_exists(void **state)
{
    (void)state;
    write_file("x", STR(""));
    assert_int_equal(symlink("missing", "link"), 0);
    assert_true(file_exists("x"));
    assert_true(file_exists("."));
    assert_false(file_exists("missing"));
    assert_false(file_exists("link"));
    assert_false(file_exists(""));
}

static void
test_write_fd(void **state)
{
    (void)state;
    int fds[2];
    assert_int_equal(pipe(fds), 0);
    assert_true(file_write_fd(fds[1], STR("abc")));
    assert_true(file_write_fd(fds[1], STR("")));
    char block[8];
    assert_int_equal(read(fds[0], block, sizeof block), 3);
    close(fds[0]);
    signal(SIGPIPE, SIG_IGN);
    assert_false(file_write_fd(fds[1], STR("abc")));
    signal(SIGPIPE, SIG_DFL);
    close(fds[1]);
    assert_false(file_write_fd(-1, STR("abc")));
}

static void
test_join(void **state)
{
    static const struct {
        const char *dir, *name, *want;
    } rows[] = {
        {"a", "b", "a/b"}, {"a/", "b", "a/b"},        {"/", "b", "/b"},
        {"a", "/b", "/b"}, {"a/b", "c/d", "a/b/c/d"}, {"", "b", "b"},
        {"", "/b", "/b"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        assert_string_equal(
            file_join(&f->arena, str_of(rows[i].dir), str_of(rows[i].name)),
            rows[i].want);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_written_is_read),
        TEST(test_permissions_do_not_depend_on_the_umask),
        TEST(test_an_old_reader_keeps_the_old_file),
        TEST(test_reading_refuses),
        TEST(test_the_size_is_a_hint_only),
        TEST(test_writing_refuses_and_leaves_nothing),
        TEST(test_a_write_that_does_not_fit),
        TEST(test_copy),
        TEST(test_folders),
        TEST(test_exists),
        TEST(test_write_fd),
        TEST(test_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
