/* test_lock.c - the write lock between processes. */
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "made.h"
#include "store/lock.h"

/* Runs a step in a child; gives its process number. The step's result is the exit code.
 */
static pid_t
in_child(int (*step)(struct made *m, int fd), struct made *m, int fd)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves nobody behind */
        _exit(step(m, fd));
    }
    return child;
}

static int
result_of(pid_t child)
{
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Opens the lock itself, as every process must. */
static int
take_own(struct made *m, int ignored)
{
    int fd = -1;
    (void)ignored;
    if (lock_open(m->db, &fd, &m->err) != RC_OK)
        return RC__MAX;
    return (int)lock_take(fd, &m->err);
}

static int
take_inherited(struct made *m, int fd)
{
    return (int)lock_take(fd, &m->err);
}

static void
test_the_second_waits(void **state)
{
    (void)state;
    struct made m;
    int fd = -1;
    made_folder(&m);
    OK(&m, lock_open(m.db, &fd, &m.err));
    OK(&m, lock_take(fd, &m.err));
    int64_t start = time_monotonic_ms();
    pid_t child = in_child(take_own, &m, fd);
    usleep(300000);
    assert_int_equal(waitpid(child, NULL, WNOHANG), 0); /* still waiting */
    lock_give(fd);
    assert_int_equal(result_of(child), RC_OK);
    assert_true(time_monotonic_ms() - start >= 300);
    OK(&m, lock_take(fd, &m.err)); /* the child's end gave it back */
    close(fd);
    made_end(&m);
}

static void
test_busy_after_the_limit(void **state)
{
    (void)state;
    struct made m;
    int fd = -1;
    made_folder(&m);
    OK(&m, lock_open(m.db, &fd, &m.err));
    OK(&m, lock_take(fd, &m.err));
    int64_t start = time_monotonic_ms();
    assert_int_equal(result_of(in_child(take_own, &m, fd)), RC_BUSY);
    assert_true(time_monotonic_ms() - start >= LOCK_WAIT_MS);
    close(fd);
    made_end(&m);
}

/* Why every process opens the lock itself: a descriptor that came through fork() is the
 * same lock, and excludes nobody. */
static void
test_a_forked_descriptor_does_not_count(void **state)
{
    (void)state;
    struct made m;
    int fd = -1;
    made_folder(&m);
    OK(&m, lock_open(m.db, &fd, &m.err));
    OK(&m, lock_take(fd, &m.err));
    assert_int_equal(result_of(in_child(take_inherited, &m, fd)), RC_OK);
    close(fd);
    made_end(&m);
}

static void
test_a_kill_gives_it_back(void **state)
{
    (void)state;
    struct made m;
    int fd = -1, ready[2];
    char byte;
    made_folder(&m);
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        int own = take_own(&m, 0);
        if (write(ready[1], "x", 1) == 1 && own == RC_OK)
            pause();
        _exit(1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    OK(&m, lock_open(m.db, &fd, &m.err));
    kill(child, SIGKILL);
    OK(&m, lock_take(fd, &m.err));
    result_of(child);
    close(fd);
    close(ready[0]);
    close(ready[1]);
    made_end(&m);
}

/* Writes batch after batch without a pause, as an import does, until killed. */
static int
write_without_end(struct made *m, int ignored)
{
    int fd = -1;
    (void)ignored;
    if (lock_open(m->db, &fd, &m->err) != RC_OK)
        return 1;
    for (;;) {
        if (lock_take(fd, &m->err) != RC_OK)
            return 1;
        usleep(100000);
        lock_give(fd);
    }
}

/* Whoever waits comes next: otherwise one that takes the lock again at once would keep it
 * from others for good. */
static void
test_nobody_is_overtaken_for_ever(void **state)
{
    (void)state;
    struct made m;
    int fd = -1;
    made_folder(&m);
    OK(&m, lock_open(m.db, &fd, &m.err));
    pid_t child = in_child(write_without_end, &m, fd);
    usleep(50000);
    int64_t start = time_monotonic_ms();
    for (int i = 0; i < 8; i++) {
        OK(&m, lock_take(fd, &m.err));
        lock_give(fd);
    }
    /* A turn of the other one lasts 100 ms; by luck alone it would be many of them. */
    assert_true(time_monotonic_ms() - start < 4000);
    kill(child, SIGKILL);
    result_of(child);
    close(fd);
    made_end(&m);
}

/* The store's transactions and checkpoints are under it. */
static void
test_the_store_takes_it(void **state)
{
    (void)state;
    struct made m;
    int fd = -1;
    made_site(&m);
    OK(&m, lock_open(m.db, &fd, &m.err));
    made_begin(&m);
    struct flock other = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    assert_int_equal(fcntl(fd, F_OFD_GETLK, &other), 0);
    assert_int_not_equal(other.l_type, F_UNLCK);
    store_write_rollback(m.st);
    OK(&m, lock_take(fd, &m.err));
    close(fd);
    made_end(&m);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_second_waits),
        cmocka_unit_test(test_busy_after_the_limit),
        cmocka_unit_test(test_a_forked_descriptor_does_not_count),
        cmocka_unit_test(test_a_kill_gives_it_back),
        cmocka_unit_test(test_nobody_is_overtaken_for_ever),
        cmocka_unit_test(test_the_store_takes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
