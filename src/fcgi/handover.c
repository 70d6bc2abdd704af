/* fcgi/handover.c - both sides of starting a successor. */
#include "fcgi/handover.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ops/log.h"

#include "base/buf.h"
#include "base/time.h"

#define REPORT_ENV "BYLINE__READY_FD"

enum { DESCRIPTION_MAX = 1024 };

enum rc
fcgi_handover_path(const char *argv0, struct arena *a, const char **out, struct err *err)
{
    char text[PATH_MAX];
    if (argv0[0] == '/') {
        *out = arena_copy(a, argv0, strlen(argv0));
        return RC_OK;
    }
    if (strchr(argv0, '/') != NULL) {
        if (getcwd(text, sizeof text) == NULL)
            return err_set(err, RC_FAILED, "getcwd: %s", strerrordesc_np(errno));
        *out = str_fmt(a, "%s/%s", text, argv0).p;
        return RC_OK;
    }
    ssize_t n = readlink("/proc/self/exe", text, sizeof text);
    if (n < 0)
        return err_set(err, RC_FAILED, "/proc/self/exe: %s", strerrordesc_np(errno));
    *out = arena_copy(a, text, (size_t)n);
    return RC_OK;
}

/* --- the old program --------------------------------------------------------- */

static void
keep_open(int fd)
{
    fcntl(fd, F_SETFD, 0);
}

/* What the new program is started with. */
struct start {
    const char *path, *description;
    const char *const *argv;
    const struct fcgi_sockets *sockets;
    const sigset_t *mask;
    int report_fd;
};

static int
become(void *arg)
{
    const struct start *start = arg;
    char number[16];
    (void)snprintf(number, sizeof number, "%d", start->report_fd);
    sigprocmask(SIG_SETMASK, start->mask, NULL);
    for (int i = 0; i < DOOR__MAX; i++)
        if (start->sockets->fd[i] >= 0)
            keep_open(start->sockets->fd[i]);
    keep_open(start->report_fd);
    if (setenv(SOCKETS_ENV, start->description, 1) == 0 &&
        setenv(REPORT_ENV, number, 1) == 0)
        execv(start->path, (char *const *)start->argv);
    log_event(LOG_ERROR, "program_not_started", LOG_Z("program", start->path),
              LOG_Z("text", strerrordesc_np(errno)), LOG_END);
    return 127;
}

/* systemd waits only for its own children: a main process that it was told of and that is
 * not its child is killed at a stop, instead of being let to drain. So with systemd the
 * new program becomes a child of our parent. */
static pid_t
start_process(struct start *start)
{
    static alignas(16) char stack[64 * 1024]; /* a copy of its own: no CLONE_VM */
    int as_sister = getenv("NOTIFY_SOCKET") != NULL ? CLONE_PARENT : 0;
    return clone(become, stack + sizeof stack, SIGCHLD | as_sister, start);
}

enum rc
fcgi_handover_begin(struct handover *h, const char *path, const char *const *argv,
                    const struct fcgi_sockets *sockets, const sigset_t *mask,
                    struct err *err)
{
    int ends[2];
    AT_END(arena_done) struct arena a;
    arena_init(&a);
    struct buf text;
    buf_init(&text, &a, DESCRIPTION_MAX);
    fcgi_sockets_describe(sockets, &text);
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return err_set(err, RC_FAILED, "pipe: %s", strerrordesc_np(errno));
    struct start start = {path, buf_str(&text).p, argv, sockets, mask, ends[1]};
    pid_t pid = start_process(&start);
    int why = errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return err_set(err, RC_FAILED, "clone: %s", strerrordesc_np(why));
    }
    int64_t now_ms = time_monotonic_ms();
    *h = (struct handover){true, pid, ends[0], now_ms, now_ms + HANDOVER_LIMIT_MS};
    return RC_OK;
}

void
fcgi_handover_cancel(struct handover *h)
{
    if (!h->is_on)
        return;
    /* Its workers see their supervisor die and drain, so no request of theirs is lost. */
    kill(h->pid, SIGKILL);
    close(h->fd);
    *h = (struct handover){.fd = -1};
}

enum handover_result
fcgi_handover_look(struct handover *h, int64_t now_ms, struct err *err)
{
    char byte;
    ssize_t n = read(h->fd, &byte, 1);
    if (n == 1) {
        close(h->fd);
        h->fd = -1;
        h->is_on = false;
        return HANDOVER_DONE;
    }
    bool is_closed = n == 0;
    if (!is_closed && now_ms < h->limit_ms)
        return HANDOVER_RUNNING;
    fcgi_handover_cancel(h);
    if (is_closed)
        err_set(err, RC_FAILED, "the new program ended before it served");
    else
        err_set(err, RC_FAILED, "the new program did not serve within %d s",
                HANDOVER_LIMIT_MS / 1000);
    return HANDOVER_FAILED;
}

/* --- the new program --------------------------------------------------------- */

int
fcgi_handover_report_fd(void)
{
    int64_t fd = -1;
    const char *text = getenv(REPORT_ENV);
    if (text == NULL || !str_to_int(str_of(text), 0, INT_MAX, &fd))
        return -1;
    unsetenv(REPORT_ENV);
    fcntl((int)fd, F_SETFD, FD_CLOEXEC);
    return (int)fd;
}

void
fcgi_handover_report(int fd)
{
    if (fd < 0)
        return;
    while (write(fd, "1", 1) < 0 && errno == EINTR)
        ;
    close(fd);
}
