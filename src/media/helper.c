/* media/helper.c - starting photo helpers and waiting for them. */
#include "media/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "media/helper_in.h"
#include "model/refusal.h"

#include "base/file.h"
#include "base/time.h"

#define PROGRAM "libexec/byline/byline-photo"

/* --- which program, which slots ---------------------------------------------- */

/* Beside the program in the tree it was built in; beside its folder bin where it is
 * installed, wherever that is; else where it is installed by default. */
static const char *
find_program(struct arena *a)
{
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self);
    for (int up = 0; up < 2 && n > 0; up++) {
        while (n > 0 && self[n - 1] != '/')
            n--;
        const char *path = str_fmt(a, "%.*s" PROGRAM, (int)n, self).p;
        if (n > 0 && access(path, X_OK) == 0)
            return path;
        n--;
    }
    return BYLINE_PREFIX "/" PROGRAM;
}

enum rc
media_helper_open(const char *folder, int n_slots, struct arena *a,
                  struct media_helper *h, struct err *err)
{
    const char *path = file_join(a, str_of(folder), STR(".helpers"));
    *h = (struct media_helper){
        .program = find_program(a),
        .slots_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600),
        .n_slots = n_slots,
        .has_walls = true,
        .wait_ms = MEDIA_HELPER_WAIT_MS,
        .limit_ms = MEDIA_HELPER_LIMIT_MS,
    };
    return h->slots_fd >= 0
               ? RC_OK
               : err_set(err, RC_FAILED, "%s: %s", path, strerrordesc_np(errno));
}

void
media_helper_close(struct media_helper *h)
{
    if (h->slots_fd >= 0)
        close(h->slots_fd);
    h->slots_fd = -1;
}

static bool
set_slot(const struct media_helper *h, int slot, short type)
{
    struct flock l = {.l_type = type, .l_whence = SEEK_SET, .l_start = slot, .l_len = 1};
    return fcntl(h->slots_fd, F_OFD_SETLK, &l) == 0;
}

static enum rc
take_slot(const struct media_helper *h, int *slot, struct err *err)
{
    struct timespec pause = {.tv_nsec = 20 * 1000000};
    int64_t end = time_monotonic_ms() + h->wait_ms;
    do {
        for (int i = 0; i < h->n_slots; i++)
            if (set_slot(h, i, F_WRLCK)) {
                *slot = i;
                return RC_OK;
            }
        nanosleep(&pause, NULL);
    } while (time_monotonic_ms() < end);
    return err_set(err, RC_BUSY, "no photo helper was free within %d s",
                   h->wait_ms / 1000);
}

/* --- starting ---------------------------------------------------------------- */

static enum rc
make_file(const char *name, int *fd, struct err *err)
{
    *fd = memfd_create(name, MFD_CLOEXEC);
    return *fd >= 0 ? RC_OK
                    : err_set(err, RC_FAILED, "memory file: %s", strerrordesc_np(errno));
}

enum rc
media_order_files(struct str order, struct str bytes, int fd[2], struct err *err)
{
    TRY(make_file("byline-order", &fd[0], err));
    if (make_file("byline-answer", &fd[1], err) != RC_OK) {
        close(fd[0]);
        return RC_FAILED;
    }
    if (file_write_fd(fd[0], order) && file_write_fd(fd[0], STR("\n")) &&
        file_write_fd(fd[0], bytes) && lseek(fd[0], 0, SEEK_SET) == 0)
        return RC_OK;
    int why = errno;
    close(fd[0]);
    close(fd[1]);
    return err_set(err, RC_FAILED, "order: %s", strerrordesc_np(why));
}

static char *const environment[] = {
    /* One arena: each one more would take 128 MiB of the address space it may have. */
    (char *)"GLIBC_TUNABLES=glibc.malloc.arena_max=1",
    (char *)"VIPS_CONCURRENCY=1",
    (char *)"LC_ALL=C.UTF-8",
    (char *)"PATH=/usr/bin:/bin",
    NULL,
};

#ifdef __SANITIZE_ADDRESS__
enum { KEEPS_STDERR = 1 }; /* for the sanitizer's reports */
#else
enum { KEEPS_STDERR = 0 }; /* libraries' warnings about a file are no lines of a log */
#endif

static int
add_files(posix_spawn_file_actions_t *files, const int fd[2])
{
    int failed = posix_spawn_file_actions_adddup2(files, fd[0], STDIN_FILENO);
    if (failed == 0)
        failed = posix_spawn_file_actions_adddup2(files, fd[1], STDOUT_FILENO);
    if (failed == 0 && !KEEPS_STDERR)
        failed = posix_spawn_file_actions_addopen(files, STDERR_FILENO, "/dev/null",
                                                  O_WRONLY, 0);
    if (failed == 0)
        failed = posix_spawn_file_actions_addclosefrom_np(files, STDERR_FILENO + 1);
    return failed;
}

/* It begins with no signal blocked or ignored, whatever its starter does with them. */
static int
add_signals(posix_spawnattr_t *attr)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(attr, &none);
    posix_spawnattr_setsigdefault(attr, &all);
    return posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

enum rc
media_helper_spawn(const struct media_helper *h, const int fd[2], pid_t *pid,
                   struct err *err)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    char *const argv[] = {
        (char *)"byline-photo",
        h->has_walls ? NULL : (char *)MEDIA_HELPER_NO_WALLS,
        NULL,
    };
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attr);
    int failed = add_files(&files, fd);
    if (failed == 0)
        failed = add_signals(&attr);
    if (failed == 0)
        failed = posix_spawn(pid, h->program, &files, &attr, argv, environment);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    return failed == 0
               ? RC_OK
               : err_set(err, RC_FAILED, "%s: %s", h->program, strerrordesc_np(failed));
}

static enum rc
start(struct media_run *run, struct str order, struct str bytes, struct err *err)
{
    int fd[2];
    TRY(media_order_files(order, bytes, fd, err));
    enum rc rc = media_helper_spawn(run->helper, fd, &run->pid, err);
    close(fd[0]);
    if (rc != RC_OK) {
        close(fd[1]);
        return rc;
    }
    run->output = fd[1];
    run->fd = pidfd_open(run->pid, 0);
    run->end_ms = time_monotonic_ms() + run->helper->limit_ms;
    return RC_OK;
}

enum rc
media_run_begin(const struct media_helper *h, struct str order, struct str bytes,
                struct media_run *run, struct err *err)
{
    *run = (struct media_run){.helper = h, .fd = -1, .output = -1};
    if (order.n > MEDIA_ORDER_MAX)
        return err_set(err, RC_FAILED, "an order of %zu bytes", order.n);
    TRY(take_slot(h, &run->slot, err));
    enum rc rc = start(run, order, bytes, err);
    if (rc != RC_OK)
        set_slot(h, run->slot, F_UNLCK);
    return rc;
}

/* --- the end ----------------------------------------------------------------- */

/* How it ended, as wait(2) says. One that takes too long is killed: is_late. */
static int
wait_for(const struct media_run *run, bool *is_late)
{
    struct pollfd on = {.fd = run->fd, .events = POLLIN};
    int status = 0, n = 0;
    int64_t left;
    while (n <= 0 && (left = run->end_ms - time_monotonic_ms()) > 0)
        n = poll(&on, run->fd >= 0, left < INT_MAX ? (int)left : INT_MAX);
    *is_late = n <= 0;
    if (*is_late)
        kill(run->pid, SIGKILL);
    while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

enum rc
media_run_end(struct media_run *run, struct arena *a, struct media_answer *out,
              struct err *err)
{
    bool is_late;
    int status = wait_for(run, &is_late);
    set_slot(run->helper, run->slot, F_UNLCK);
    if (run->fd >= 0)
        close(run->fd);
    enum rc rc = media_helper_status(status, is_late, err);
    if (rc == RC_OK)
        rc = media_answer_read(run->output, a, out, err);
    close(run->output);
    return rc;
}

enum rc
media_helper_run(const struct media_helper *h, struct str order, struct str bytes,
                 struct arena *a, struct media_answer *out, struct err *err)
{
    struct media_run run;
    TRY(media_run_begin(h, order, bytes, &run, err));
    return media_run_end(&run, a, out, err);
}
