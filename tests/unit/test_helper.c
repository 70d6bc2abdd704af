/* tests/unit/test_helper.c - the photo helper is asked and answers; helpers that do not
 * behave harm nobody. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "media/helper_server.h"
#include "model/refusal.h"

#include "base/file.h"

/* A PNG of one pixel, whole and valid. */
static const struct str tiny_png =
    STR_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
             "\000\000\000\013IDAT\170\332\143\370\017\004\000\011\373\003\375\150"
             "\372\034\314"
             "\0\0\0\0IEND\xae\x42\x60\x82");

static const struct str look = STR_INIT("{\"do\":\"look\"}");

struct fixture {
    struct arena a;
    struct err err;
    char dir[40];
    struct media_helper helper;
    const char *real; /* the program that is built */
    struct media_answer answer;
};

static int
set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){.dir = "/tmp/byline-helper-XXXXXX"};
    arena_init(&f.a);
    *state = &f;
    if (mkdtemp(f.dir) == NULL ||
        media_helper_open(f.dir, 1, &f.a, &f.helper, &f.err) != RC_OK)
        return -1;
    f.real = f.helper.program;
    return 0;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    media_helper_close(&f->helper);
    nftw(f->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_done(&f->a);
    return 0;
}

static enum rc
ask(struct fixture *f, struct str order, struct str bytes)
{
    f->err = (struct err){0};
    return media_helper_run(&f->helper, order, bytes, &f->a, &f->answer, &f->err);
}

static void
assert_says(struct str text, const char *part)
{
    if (str_find_str(text, str_of(part)) == text.n)
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARG(text), part);
}

/* --- the program that is built ----------------------------------------------- */

static void
test_look(void **state)
{
    struct fixture *f = *state;
    if (ask(f, look, tiny_png) != RC_OK)
        fail_msg("%s", f->err.text);
    assert_says(f->answer.json, "\"type\":\"png\",\"width\":1,\"height\":1,\"found\":{}");
    assert_int_equal(f->answer.n_files, 0);
}

static void
assert_refused(struct fixture *f, struct str bytes, enum refusal why)
{
    enum rc rc = ask(f, look, bytes);
    if (rc != RC_INVALID || f->err.reason != (int)why)
        fail_msg("%s, reason %d: %s", rc_name(rc), f->err.reason, f->err.text);
}

static void
test_refused(void **state)
{
    struct fixture *f = *state;
    char changed[80];
    memcpy(changed, tiny_png.p, tiny_png.n);
    changed[45] = 'x'; /* in the compressed data */
    assert_refused(f, STR(""), REFUSED_FILE_FORMAT);
    assert_refused(f, STR("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
                   REFUSED_FILE_FORMAT);
    assert_refused(f, str_sub(tiny_png, 0, 45), REFUSED_FILE_BROKEN);
    assert_refused(f, (struct str){changed, tiny_png.n}, REFUSED_FILE_BROKEN);
}

static void
test_no_order(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(ask(f, STR("{\"do\":\"dance\"}"), tiny_png), RC_FAILED);
    assert_non_null(strstr(f->err.text, "there is no order \"dance\""));
    assert_int_equal(ask(f, STR("look"), tiny_png), RC_FAILED);
    assert_non_null(strstr(f->err.text, "no JSON object"));
}

/* --- programs that do not behave --------------------------------------------- */

/* A script in the helper's place. */
static void
be(struct fixture *f, const char *script)
{
    f->helper.program = str_fmt(&f->a, "%s/other", f->dir).p;
    struct str text = str_fmt(&f->a, "#!/bin/sh\n%s\n", script);
    assert_int_equal(file_write(f->helper.program, text, 0700, &f->err), RC_OK);
}

static void
test_other_programs(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *script;
        enum rc rc;
        int reason;
        const char *says;
    } rows[] = {
        {"kill -KILL $$", RC_FAILED, 0, "ended by SIGKILL"},
        {"kill -SYS $$", RC_FAILED, 0, "ended by SIGSYS"},
        {"kill -XCPU $$", RC_LIMIT, REFUSED_FILE_EFFORT, "out of time"},
        {"kill -ABRT $$", RC_LIMIT, REFUSED_FILE_EFFORT, "out of memory"},
        {"kill -SEGV $$", RC_INVALID, REFUSED_FILE_BROKEN, "SIGSEGV"},
        {"exit 3", RC_FAILED, 0, "ended with code 3"},
        {":", RC_FAILED, 0, "no line of JSON"},
        {"echo rubbish", RC_FAILED, 0, "no JSON"},
        {"echo '[]'", RC_FAILED, 0, "no JSON"},
        {"echo '{\"files\":[{\"name\":\"a\",\"bytes\":9}]}'; printf 12345678", RC_FAILED,
         0, "not what it says"},
        {"echo '{\"files\":[{\"name\":\"a\",\"bytes\":-1}]}'", RC_FAILED, 0,
         "not what it says"},
        {"echo '{\"files\":[{\"name\":3,\"bytes\":0}]}'", RC_FAILED, 0,
         "not what it says"},
        {"echo '{}'; echo more", RC_FAILED, 0, "bytes behind"},
        {"echo '{\"ended\":\"invalid\",\"refused\":\"nothing we know\"}'", RC_FAILED, 0,
         "could not"},
        {"echo '{\"ended\":\"limit\",\"refused\":\"side\",\"number\":9,\"text\":\"t\"}'",
         RC_LIMIT, REFUSED_FILE_SIDE, "t"},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        be(f, rows[i].script);
        enum rc rc = ask(f, look, tiny_png);
        if (rc != rows[i].rc || f->err.reason != rows[i].reason ||
            strstr(f->err.text, rows[i].says) == NULL)
            fail_msg("%s: %s, reason %d: %s", rows[i].script, rc_name(rc), f->err.reason,
                     f->err.text);
    }
}

static void
test_files(void **state)
{
    struct fixture *f = *state;
    be(f, "echo '{\"files\":[{\"name\":\"a\",\"bytes\":2},{\"name\":\"b\",\"bytes\":0},"
          "{\"name\":\"c\",\"bytes\":1}]}'; printf '\\n23'");
    assert_int_equal(ask(f, look, tiny_png), RC_OK);
    assert_int_equal(f->answer.n_files, 3);
    assert_true(str_eq_z(f->answer.files[0].bytes, "\n2"));
    assert_int_equal(f->answer.files[1].bytes.n, 0);
    assert_true(str_eq_z(f->answer.files[2].name, "c"));
    assert_true(str_eq_z(f->answer.files[2].bytes, "3"));
}

/* It sees the order and the picture, and no descriptor but the three. */
static void
test_what_it_gets(void **state)
{
    struct fixture *f = *state;
    int fd = fcntl(STDERR_FILENO, F_DUPFD, 50); /* one that does not close on exec */
    assert_true(fd >= 50);
    be(f, str_fmt(&f->a,
                  "read -r line; [ \"$line\" = '{\"do\":\"look\"}' ] || exit 3\n"
                  "[ \"$(wc -c)\" = %zu ] || exit 4\n"
                  "[ ! -e /proc/$$/fd/%d ] || exit 5\n"
                  "echo '{}'",
                  tiny_png.n, fd)
              .p);
    if (ask(f, look, tiny_png) != RC_OK)
        fail_msg("%s", f->err.text);
    close(fd);
}

static void
test_hanging(void **state)
{
    struct fixture *f = *state;
    be(f, "exec sleep 100");
    f->helper.limit_ms = 100;
    assert_int_equal(ask(f, look, tiny_png), RC_LIMIT);
    assert_int_equal(f->err.reason, REFUSED_FILE_EFFORT);
    assert_non_null(strstr(f->err.text, "was killed"));
    f->helper.program = f->real; /* the slot is free again */
    f->helper.limit_ms = MEDIA_HELPER_LIMIT_MS;
    assert_int_equal(ask(f, look, tiny_png), RC_OK);
}

static void
test_not_there(void **state)
{
    struct fixture *f = *state;
    f->helper.program = "/nowhere/byline-photo";
    assert_int_equal(ask(f, look, tiny_png), RC_FAILED);
    assert_non_null(strstr(f->err.text, "/nowhere/byline-photo: No such file"));
}

static void
test_slots(void **state)
{
    struct fixture *f = *state;
    struct media_helper other;
    struct media_run run;
    be(f, "exec sleep 100");
    assert_int_equal(media_run_begin(&f->helper, look, tiny_png, &run, &f->err), RC_OK);
    assert_int_equal(media_helper_open(f->dir, 1, &f->a, &other, &f->err), RC_OK);
    other.wait_ms = 50;
    assert_int_equal(media_helper_run(&other, look, tiny_png, &f->a, &f->answer, &f->err),
                     RC_BUSY);
    other.n_slots = 2;
    assert_int_equal(media_helper_run(&other, look, tiny_png, &f->a, &f->answer, &f->err),
                     RC_OK);
    media_helper_close(&other);
    run.end_ms = 0;
    assert_int_equal(media_run_end(&run, &f->a, &f->answer, &f->err), RC_LIMIT);
}

/* --- started by another process ---------------------------------------------- */

static void NO_RETURN
serve(struct fixture *f, int socket_fd, const char *program, int limit_ms)
{
    struct media_server s;
    struct pollfd on[MEDIA_SERVER_POLLS_MAX];
    int timeout_ms;
    signal(SIGPIPE, SIG_IGN);
    if (media_server_open(f->dir, 1, true, socket_fd, &f->a, &s, &f->err) != RC_OK)
        _exit(1);
    s.tasks[0].helper.program = program;
    s.tasks[0].helper.limit_ms = limit_ms;
    for (;;) {
        int n = media_server_polls(&s, true, on, &timeout_ms);
        (void)poll(on, (nfds_t)n, timeout_ms);
        media_server_step(&s, true);
    }
}

struct other {
    pid_t pid;
    int fd[2];
};

static void
start_other(struct fixture *f, struct other *o, int limit_ms)
{
    const char *program = f->helper.program;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, o->fd), 0);
    fflush(NULL);
    o->pid = fork();
    if (o->pid == 0)
        serve(f, o->fd[1], program, limit_ms);
    assert_true(o->pid > 0);
    f->helper.socket_fd = o->fd[0]; /* what ask() asks */
    f->helper.wait_ms = 10000;
}

static void
end_other(struct other *o)
{
    kill(o->pid, SIGKILL);
    waitpid(o->pid, NULL, 0);
    close(o->fd[0]);
    close(o->fd[1]);
}

static void
test_through(void **state)
{
    struct fixture *f = *state;
    struct other o;
    start_other(f, &o, MEDIA_HELPER_LIMIT_MS);
    for (int i = 0; i < 3; i++)
        assert_int_equal(ask(f, look, tiny_png), RC_OK);
    assert_says(f->answer.json, "\"type\":\"png\"");
    assert_refused(f, str_sub(tiny_png, 0, 45), REFUSED_FILE_BROKEN);
    end_other(&o);
}

/* Killed by its starter, which goes on. */
static void
test_through_hanging(void **state)
{
    struct fixture *f = *state;
    struct other o;
    be(f, "read -r line; [ \"$line\" = ok ] && echo '{}' || exec sleep 100");
    start_other(f, &o, 200);
    assert_int_equal(ask(f, look, tiny_png), RC_LIMIT);
    assert_int_equal(f->err.reason, REFUSED_FILE_EFFORT);
    assert_int_equal(ask(f, STR("ok"), tiny_png), RC_OK);
    end_other(&o);
}

/* Who asks does not wait for ever, and what nobody waits for is ended: else the one slot
 * there is would be taken. */
static void
test_through_given_up(void **state)
{
    struct fixture *f = *state;
    struct other o;
    be(f, "read -r line; [ \"$line\" = ok ] && echo '{}' || exec sleep 100");
    start_other(f, &o, MEDIA_HELPER_LIMIT_MS);
    f->helper.wait_ms = 200;
    assert_int_equal(ask(f, look, tiny_png), RC_BUSY);
    f->helper.wait_ms = 10000;
    assert_int_equal(ask(f, STR("ok"), tiny_png), RC_OK);
    end_other(&o);
}

static void
test_through_not_there(void **state)
{
    struct fixture *f = *state;
    struct other o;
    f->helper.program = "/nowhere/byline-photo";
    start_other(f, &o, MEDIA_HELPER_LIMIT_MS);
    assert_int_equal(ask(f, look, tiny_png), RC_FAILED);
    assert_non_null(strstr(f->err.text, "/nowhere/byline-photo: No such file"));
    end_other(&o);
}

/* It dies with an order in its hands, which its successor is asked again. */
static void
test_through_killed(void **state)
{
    struct fixture *f = *state;
    struct other o, next;
    be(f, "[ -e \"$0.again\" ] && echo '{}' && exit 0\n"
          ": > \"$0.again\"; kill -KILL $PPID; exec sleep 100");
    start_other(f, &o, MEDIA_HELPER_LIMIT_MS);
    next = o;
    next.pid = fork();
    if (next.pid == 0) { /* as the supervisor does */
        const char *again = str_fmt(&f->a, "%s.again", f->helper.program).p;
        while (!file_exists(again))
            usleep(1000);
        serve(f, o.fd[1], f->helper.program, MEDIA_HELPER_LIMIT_MS);
    }
    close(o.fd[1]); /* as in a worker: else nobody's death would be seen */
    if (ask(f, look, tiny_png) != RC_OK)
        fail_msg("%s", f->err.text);
    kill(next.pid, SIGKILL);
    waitpid(next.pid, NULL, 0);
    waitpid(o.pid, NULL, 0);
    close(o.fd[0]);
}

/* Nonsense instead of an order harms nobody. */
static void
test_through_nonsense(void **state)
{
    struct fixture *f = *state;
    struct other o;
    start_other(f, &o, MEDIA_HELPER_LIMIT_MS);
    assert_int_equal(send(o.fd[0], "x", 1, 0), 1);
    assert_int_equal(send(o.fd[0], "much more", 9, 0), 9);
    assert_int_equal(ask(f, look, tiny_png), RC_OK);
    end_other(&o);
}

static void
test_nobody(void **state)
{
    struct fixture *f = *state;
    f->helper = media_helper_through(-1, 100);
    assert_int_equal(ask(f, look, tiny_png), RC_FAILED);
    assert_non_null(strstr(f->err.text, "no photo process"));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_look),
        TEST(test_refused),
        TEST(test_no_order),
        TEST(test_other_programs),
        TEST(test_files),
        TEST(test_what_it_gets),
        TEST(test_hanging),
        TEST(test_slots),
        TEST(test_not_there),
        TEST(test_through),
        TEST(test_through_hanging),
        TEST(test_through_given_up),
        TEST(test_through_not_there),
        TEST(test_through_killed),
        TEST(test_through_nonsense),
        TEST(test_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
