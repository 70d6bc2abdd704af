/* tests/unit/test_child.c - how a child process waits. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <signal.h>
#include <unistd.h>

#include "fcgi/child.h"

static volatile sig_atomic_t heard;

static void
hear(int number)
{
    heard = number;
}

/* A worker with a full queue finds the next request whenever it looks: the word to end
 * must come through all the same, and only there. */
static void
test_a_signal_comes_through_under_load(void **state)
{
    (void)state;
    const struct sigaction act = {.sa_handler = hear};
    sigset_t blocked;
    int fd[2];
    assert_int_equal(pipe(fd), 0);
    assert_int_equal(write(fd[1], "x", 1), 1);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaction(SIGTERM, &act, NULL);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    raise(SIGTERM);
    assert_int_equal(heard, 0);
    assert_true(fcgi_child_wait(fd[0], 1000)); /* what is ready is told as well */
    assert_int_equal(heard, SIGTERM);
    heard = 0;
    raise(SIGTERM);
    assert_int_equal(heard, 0); /* blocked again */
    close(fd[0]);
    close(fd[1]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_signal_comes_through_under_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
