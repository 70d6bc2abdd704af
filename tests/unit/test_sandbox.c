/* tests/unit/test_sandbox.c - which files each role can open behind its walls. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/sandbox.h"

#include "base/compiler.h"

static char folder[] = "/tmp/byline-sandbox-XXXXXX";
static char paths[8][128];
static struct conf conf;

enum file {
    NEWS,
    NEWS_WAL,
    ACCOUNTS,
    ACCOUNTS_WAL,
    PHOTO,
    ORIGINAL,
    TEMPLATE,
    OTHER,
    FILE__MAX
};
static const char *const names[FILE__MAX] = {
    "data/news.db", "data/news.db-wal", "data/accounts.db", "data/accounts.db-wal",
    "media/p.jpg",  "originals/p.jpg",  "templates/x.tpl",  "other/secret",
};

static int
set_up(void **state)
{
    static const char *const folders[] = {"data", "media", "originals", "templates",
                                          "other"};
    char path[128];
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    for (size_t i = 0; i < N_ELEMENTS(folders); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, folders[i]);
        if (mkdir(path, 0700) != 0)
            return -1;
    }
    for (int i = 0; i < FILE__MAX; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, names[i]);
        close(open(paths[i], O_CREAT | O_RDWR, 0600));
    }
    static char media[128], originals[128], templates[128];
    snprintf(media, sizeof media, "%s/media", folder);
    snprintf(originals, sizeof originals, "%s/originals", folder);
    snprintf(templates, sizeof templates, "%s/templates", folder);
    conf = (struct conf){.database = paths[NEWS],
                         .accounts = paths[ACCOUNTS],
                         .media_dir = media,
                         .originals_dir = originals,
                         .templates_dir = templates,
                         .share_dir = templates,
                         .sandbox = true};
    return 0;
}

static int
tear_down(void **state)
{
    static const char *const folders[] = {"data",      "media", "originals",
                                          "templates", "other", ""};
    char path[128];
    (void)state;
    for (int i = 0; i < FILE__MAX; i++)
        unlink(paths[i]);
    for (size_t i = 0; i < N_ELEMENTS(folders); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, folders[i]);
        rmdir(path);
    }
    return 0;
}

static bool
opens(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

/* Tries in a process of its own behind the walls of a role. */
static bool
may_open(enum sandbox_role role, enum file file, int flags)
{
    int status = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        struct err err;
        if (fcgi_sandbox_enter(role, &conf, &err) != RC_OK)
            _exit(2);
        _exit(opens(paths[file], flags) ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
    return WEXITSTATUS(status) == 0;
}

static void
test_files(void **state)
{
    static const struct {
        enum sandbox_role role;
        bool reads[FILE__MAX], writes[FILE__MAX];
    } rows[] = {
        /*               news  -wal  acc.  -wal  photo orig. tpl   other */
        {SANDBOX_PUBLIC, {1, 1, 0, 0, 0, 0, 1, 0}, {0}},
        {SANDBOX_WORK, {1, 1, 1, 1, 1, 1, 0, 0}, {1, 1, 1, 1, 1, 1, 0, 0}},
        {SANDBOX_STAFF, {1, 1, 1, 1, 1, 1, 1, 0}, {1, 1, 1, 1, 0, 1, 0, 0}},
    };
    struct err err;
    (void)state;
    assert_int_equal(fcgi_sandbox_check(&conf, &err), RC_OK);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        for (int f = 0; f < FILE__MAX; f++) {
            if (may_open(rows[i].role, (enum file)f, O_RDONLY) != rows[i].reads[f])
                fail_msg("role %d: reading %s", rows[i].role, names[f]);
            if (may_open(rows[i].role, (enum file)f, O_RDWR) != rows[i].writes[f])
                fail_msg("role %d: writing %s", rows[i].role, names[f]);
        }
}

/* An upload behind the walls: a new file, a new folder, from one to the other. */
static bool
may_place(enum sandbox_role role)
{
    char from[128], into[128], to[128];
    int status = 0;
    snprintf(from, sizeof from, "%s/new", conf.originals_dir);
    snprintf(into, sizeof into, "%s/ab", conf.originals_dir);
    snprintf(to, sizeof to, "%s/ab/placed", conf.originals_dir);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        struct err err;
        if (fcgi_sandbox_enter(role, &conf, &err) != RC_OK)
            _exit(2);
        int fd = open(from, O_CREAT | O_RDWR, 0600);
        bool is_placed = fd >= 0 && mkdir(into, 0700) == 0 && rename(from, to) == 0;
        _exit(is_placed ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
    assert_int_equal(access(to, F_OK) == 0, WEXITSTATUS(status) == 0);
    unlink(to);
    rmdir(into);
    return WEXITSTATUS(status) == 0;
}

static void
test_who_places_originals(void **state)
{
    (void)state;
    assert_false(may_place(SANDBOX_PUBLIC));
    assert_true(may_place(SANDBOX_WORK));
    assert_true(may_place(SANDBOX_STAFF));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_files),
                                       cmocka_unit_test(test_who_places_originals)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
