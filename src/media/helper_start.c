/* media/helper_start.c - starting a photo helper: its files, its environment, its slot.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "media/helper_in.h"

#include "base/file.h"
#include "base/places.h"

bool
media_slot_take(const struct media_helper *h, int *slot)
{
    *slot = places_take_any(h->slots_fd, h->n_slots);
    return *slot >= 0;
}

void
media_slot_give(const struct media_helper *h, int slot)
{
    places_give(h->slots_fd, slot);
}

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

/* Without it nobody could wait for it. */
static enum rc
open_pidfd(pid_t pid, int *pidfd, struct err *err)
{
    *pidfd = pidfd_open(pid, 0);
    if (*pidfd >= 0)
        return RC_OK;
    int why = errno;
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    return err_set(err, RC_FAILED, "pidfd: %s", strerrordesc_np(why));
}

enum rc
media_helper_spawn(const struct media_helper *h, const int fd[2], pid_t *pid, int *pidfd,
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
    if (failed != 0)
        return err_set(err, RC_FAILED, "%s: %s", h->program, strerrordesc_np(failed));
    return open_pidfd(*pid, pidfd, err);
}
