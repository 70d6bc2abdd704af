/* media/helper.c - asking photo helpers and waiting for them. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "media/helper_in.h"

#include "base/file.h"
#include "base/places.h"
#include "base/time.h"

#define PROGRAM "libexec/byline/byline-photo"

/* --- which program, which slots ---------------------------------------------- */

const char *
media_helper_program(struct arena *a)
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
        .program = media_helper_program(a),
        .socket_fd = -1,
        .slots_fd = -1,
        .n_slots = n_slots,
        .has_walls = true,
        .wait_ms = MEDIA_HELPER_WAIT_MS,
        .limit_ms = MEDIA_HELPER_LIMIT_MS,
    };
    return places_open(path, "", 0600, &h->slots_fd, err);
}

struct media_helper
media_helper_through(int socket_fd, int wait_ms)
{
    return (struct media_helper){
        .socket_fd = socket_fd, .slots_fd = -1, .wait_ms = wait_ms};
}

void
media_helper_close(struct media_helper *h)
{
    if (h->slots_fd >= 0)
        close(h->slots_fd);
    h->slots_fd = -1;
}

static enum rc
take_slot(const struct media_helper *h, int *slot, struct err *err)
{
    struct timespec pause = {.tv_nsec = 20 * 1000000};
    int64_t end = time_monotonic_ms() + h->wait_ms;
    while (!media_slot_take(h, slot)) {
        if (time_monotonic_ms() >= end)
            return err_set(err, RC_BUSY, "no photo helper was free within %d s",
                           h->wait_ms / 1000);
        nanosleep(&pause, NULL);
    }
    return RC_OK;
}

/* --- starting ---------------------------------------------------------------- */

static enum rc
start_here(struct media_run *run, const int fd[2], struct err *err)
{
    const struct media_helper *h = run->helper;
    TRY(take_slot(h, &run->slot, err));
    enum rc rc = media_helper_spawn(h, fd, &run->pid, &run->fd, err);
    if (rc != RC_OK)
        media_slot_give(h, run->slot);
    run->end_ms = time_monotonic_ms() + h->limit_ms;
    return rc;
}

/* The message: nothing but three descriptors (unix(7), SCM_RIGHTS). */
static bool
send_files(int socket_fd, const int fd[MEDIA_FILES_HANDED])
{
    union media_control control = {0};
    struct iovec iov = {(char *)"", 1};
    struct msghdr m = {.msg_iov = &iov,
                       .msg_iovlen = 1,
                       .msg_control = control.bytes,
                       .msg_controllen = sizeof control.bytes};
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(MEDIA_FILES_HANDED * sizeof(int));
    memcpy(CMSG_DATA(c), fd, MEDIA_FILES_HANDED * sizeof(int));
    return sendmsg(socket_fd, &m, MSG_DONTWAIT | MSG_NOSIGNAL) == 1;
}

/* A full socket holds more orders than helpers end in the time anybody waits. */
static enum rc
hand_over(struct media_run *run, const int fd[2], struct err *err)
{
    int pipe[2];
    if (pipe2(pipe, O_CLOEXEC) != 0)
        return err_set(err, RC_FAILED, "pipe: %s", strerrordesc_np(errno));
    const int files[MEDIA_FILES_HANDED] = {fd[0], fd[1], pipe[1]};
    bool is_sent = send_files(run->helper->socket_fd, files);
    int why = errno;
    close(pipe[1]);
    if (!is_sent)
        close(pipe[0]);
    if (!is_sent)
        return err_set(err, why == EAGAIN || why == ETOOMANYREFS ? RC_BUSY : RC_FAILED,
                       "photo process: %s", strerrordesc_np(why));
    run->fd = pipe[0];
    run->end_ms = time_monotonic_ms() + run->helper->wait_ms;
    return RC_OK;
}

enum rc
media_run_begin(const struct media_helper *h, struct str order, struct str bytes,
                struct media_run *run, struct err *err)
{
    int fd[2];
    *run = (struct media_run){.helper = h, .fd = -1, .output = -1};
    if (h->socket_fd < 0 && h->program == NULL)
        return err_set(err, RC_FAILED, "no photo process can be asked from here");
    if (order.n > MEDIA_ORDER_MAX)
        return err_set(err, RC_FAILED, "an order of %zu bytes", order.n);
    TRY(media_order_files(order, bytes, fd, err));
    enum rc rc = h->socket_fd >= 0 ? hand_over(run, fd, err) : start_here(run, fd, err);
    close(fd[0]);
    if (rc == RC_OK)
        run->output = fd[1];
    else
        close(fd[1]);
    return rc;
}

/* --- the end ----------------------------------------------------------------- */

/* Is there something to be read before patience ends? */
static bool
wait_for(const struct media_run *run)
{
    struct pollfd on = {.fd = run->fd, .events = POLLIN};
    int n = 0;
    int64_t left;
    while (n <= 0 && (left = run->end_ms - time_monotonic_ms()) > 0)
        n = poll(&on, 1, left < INT_MAX ? (int)left : INT_MAX);
    return n > 0;
}

/* One that takes too long is killed. */
static enum rc
end_here(struct media_run *run, struct err *err)
{
    bool is_late = !wait_for(run);
    int status = 0;
    if (is_late)
        kill(run->pid, SIGKILL);
    while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR)
        ;
    media_slot_give(run->helper, run->slot);
    return media_helper_status(status, is_late, err);
}

/* When nobody reads the pipe any more, the other process gives up too. */
static enum rc
end_there(struct media_run *run, struct err *err)
{
    struct media_end end;
    if (!wait_for(run))
        return err_set(err, RC_BUSY, "no photo helper answered within %d s",
                       run->helper->wait_ms / 1000);
    run->is_lost = read(run->fd, &end, sizeof end) != (ssize_t)sizeof end;
    if (run->is_lost)
        return err_set(err, RC_FAILED, "the photo process ended before its helper");
    end.text[sizeof end.text - 1] = '\0';
    return end.is_started ? media_helper_status(end.status, end.is_late, err)
                          : err_set(err, RC_FAILED, "%s", end.text);
}

enum rc
media_run_end(struct media_run *run, struct arena *a, struct media_answer *out,
              struct err *err)
{
    enum rc rc = run->pid != 0 ? end_here(run, err) : end_there(run, err);
    if (rc == RC_OK)
        rc = media_answer_read(run->output, a, out, err);
    close(run->fd);
    close(run->output);
    return rc;
}

enum rc
media_helper_run(const struct media_helper *h, struct str order, struct str bytes,
                 struct arena *a, struct media_answer *out, struct err *err)
{
    struct media_run run;
    enum rc rc;
    int tries = 2;
    do {
        TRY(media_run_begin(h, order, bytes, &run, err));
        rc = media_run_end(&run, a, out, err);
    } while (run.is_lost && --tries > 0);
    return rc;
}
