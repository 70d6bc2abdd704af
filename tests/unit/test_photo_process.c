/* tests/unit/test_photo_process.c - the photo helper asked for from behind the walls of
 * the other processes, and started behind those of the photo process. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/sandbox.h"
#include "media/give.h"
#include "media/helper_server.h"

#include "base/file.h"

/* Whole pictures of the demo; what a helper needs of a library shows in them. */
static const char *const pictures[] = {
    "static/demo/photos/archive.jpg",
    "static/demo/photos/relief-map.png",
    "static/demo/photos/snow-ridge.webp",
};

struct fixture {
    struct arena a;
    char dir[48];
    int fd[2];
    pid_t pid;
    struct conf conf;
};

/* The photo process. */
static void NO_RETURN
serve(struct fixture *f)
{
    struct media_server s;
    struct pollfd on[MEDIA_SERVER_POLLS_MAX];
    struct err err;
    int timeout_ms;
    if (media_server_open(f->dir, 1, true, f->fd[1], &f->a, &s, &err) != RC_OK ||
        fcgi_sandbox_enter(SANDBOX_PHOTO, &f->conf, &err) != RC_OK) {
        fprintf(stderr, "%s\n", err.text);
        _exit(1);
    }
    for (;;) {
        int n = media_server_polls(&s, true, on, &timeout_ms);
        (void)poll(on, (nfds_t)n, timeout_ms);
        media_server_step(&s, true);
    }
}

static int
set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){.dir = "/tmp/byline-photo-process-XXXXXX"};
    arena_init(&f.a);
    *state = &f;
    if (mkdtemp(f.dir) == NULL ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, f.fd) != 0)
        return -1;
    const char *database = file_join(&f.a, str_of(f.dir), STR("news.db"));
    f.conf = (struct conf){.database = database,
                           .accounts = database,
                           .media_dir = f.dir,
                           .originals_dir = f.dir,
                           .templates_dir = f.dir,
                           .share_dir = f.dir,
                           .sandbox = true};
    fflush(NULL);
    f.pid = fork();
    if (f.pid == 0)
        serve(&f);
    return f.pid > 0 ? 0 : -1;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    kill(f->pid, SIGKILL);
    waitpid(f->pid, NULL, 0);
    close(f->fd[0]);
    close(f->fd[1]);
    unlink(file_join(&f->a, str_of(f->dir), STR(".helpers")));
    int failed = rmdir(f->dir);
    arena_done(&f->a);
    return failed;
}

/* Asks behind the walls of a role; the exit code is 0 when all was well. */
static void NO_RETURN
ask(struct fixture *f, enum sandbox_role role, const struct str *bytes)
{
    struct media_helper h = media_helper_through(f->fd[0], 30000);
    struct media_answer answer;
    struct err err = {0};
    enum rc rc = fcgi_sandbox_enter(role, &f->conf, &err);
    for (size_t i = 0; i < N_ELEMENTS(pictures) && rc == RC_OK; i++)
        rc = media_helper_run(&h, STR("{\"do\":\"look\"}"), bytes[i], &f->a, &answer,
                              &err);
    if (rc != RC_OK)
        fprintf(stderr, "%s\n", err.text);
    _exit(rc == RC_OK ? 0 : 1);
}

static void
test_ask(void **state)
{
    static const struct {
        enum sandbox_role role;
        bool may_ask;
    } rows[] = {{SANDBOX_STAFF, true}, {SANDBOX_WORK, true}, {SANDBOX_PUBLIC, false}};
    struct fixture *f = *state;
    struct str bytes[N_ELEMENTS(pictures)];
    struct err err;
    for (size_t i = 0; i < N_ELEMENTS(pictures); i++)
        if (file_read(&f->a, pictures[i], 1 << 24, &bytes[i], &err) != RC_OK)
            fail_msg("%s", err.text);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int status;
        fflush(NULL);
        pid_t pid = fork();
        if (pid == 0)
            ask(f, rows[i].role, bytes);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        if (!fcgi_sandbox_status().is_asan || rows[i].may_ask)
            assert_int_equal(status, rows[i].may_ask ? 0 : 1 << 8);
    }
}

/* The others may all be killed at once: it must neither turn in circles nor stay. */
static void
test_alone(void **state)
{
    struct fixture *f = *state;
    struct pollfd on[MEDIA_SERVER_POLLS_MAX];
    struct media_server server;
    struct err err;
    int fd[2], timeout_ms = 0;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fd), 0);
    assert_int_equal(media_server_open(f->dir, 1, true, fd[1], &f->a, &server, &err),
                     RC_OK);
    assert_int_equal(send(fd[0], "", 0, 0), 0); /* nonsense is no end */
    media_server_step(&server, true);
    assert_false(media_server_is_alone(&server));
    assert_int_equal(media_server_polls(&server, true, on, &timeout_ms), 1);
    close(fd[0]);
    media_server_step(&server, true);
    assert_true(media_server_is_alone(&server));
    assert_int_equal(media_server_polls(&server, true, on, &timeout_ms), 0);
    assert_int_equal(timeout_ms, -1);
    media_helper_close(&server.tasks[0].helper);
    close(fd[1]);
}

/* The original with other texts inside, of every format: read back as a stranger would.
 */
static void
test_rewrite(void **state)
{
    static const struct {
        const char *file, *ext;
    } rows[] = {{"static/demo/photos/delta.jpg", "jpg"},
                {"static/demo/photos/data-room.webp", "webp"},
                {"tests/fuzz/corpus/image/noise.avif", "jpg"},
                {"tests/fuzz/corpus/image/grid.heic", "jpg"}};
    struct fixture *f = *state;
    struct media_helper h = media_helper_through(f->fd[0], 30000);
    struct photo p = {.credit = STR("Министерство обороны"), .creator = STR("Anna")};
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct media_answer said;
        struct str bytes, out, ext;
        struct err err = {0};
        if (file_read(&f->a, rows[i].file, 1 << 24, &bytes, &err) != RC_OK ||
            media_give_rewrite(&h, &p, bytes, &f->a, &out, &ext, &err) != RC_OK ||
            media_helper_run(&h, STR("{\"do\":\"look\"}"), out, &f->a, &said, &err) !=
                RC_OK)
            fail_msg("%s: %s", rows[i].file, err.text);
        assert_true(str_eq_z(ext, rows[i].ext));
        assert_true(str_find_str(said.json, p.credit) < said.json.n);
        assert_true(str_find_str(said.json, p.creator) < said.json.n);
        assert_true(str_find_str(said.json, STR("Asel")) == said.json.n);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ask, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rewrite, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_alone, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
