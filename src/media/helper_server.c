/* media/helper_server.c - whoever waits for a helper holds a pipe: what comes through it
 * is how the helper ended, and when it is closed nobody waits any more. An order is not
 * read before there is a slot for it: the socket is the queue. */
#include "media/helper_server.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "media/helper_in.h"

#include "base/time.h"

enum { LOOK_AGAIN_MS = 20 }; /* whether a slot that others hold is free */

enum rc
media_server_open(const char *folder, int n_slots, bool has_walls, int socket_fd,
                  struct arena *a, struct media_server *out, struct err *err)
{
    *out = (struct media_server){.socket_fd = socket_fd};
    for (int i = 0; i < n_slots; i++) {
        struct media_helper *h = &out->tasks[i].helper;
        TRY(media_helper_open(folder, n_slots, a, h, err));
        h->has_walls = has_walls;
        out->n_tasks++;
    }
    return RC_OK;
}

bool
media_server_is_alone(const struct media_server *s)
{
    return s->is_alone;
}

bool
media_server_is_idle(const struct media_server *s)
{
    for (int i = 0; i < s->n_tasks; i++)
        if (s->tasks[i].pid != 0)
            return false;
    return true;
}

static bool
is_full(const struct media_server *s)
{
    for (int i = 0; i < s->n_tasks; i++)
        if (s->tasks[i].pid == 0)
            return false;
    return true;
}

int
media_server_polls(const struct media_server *s, bool takes,
                   struct pollfd on[MEDIA_SERVER_POLLS_MAX], int *timeout_ms)
{
    int n = 0;
    int64_t next = INT64_MAX, now = time_monotonic_ms();
    for (int i = 0; i < s->n_tasks; i++) {
        const struct media_task *t = &s->tasks[i];
        if (t->pid == 0)
            continue;
        on[n++] = (struct pollfd){.fd = t->pidfd, .events = POLLIN};
        if (!t->is_late)
            on[n++] = (struct pollfd){.fd = t->reply_fd}; /* is it closed? */
        next = !t->is_late && t->end_ms < next ? t->end_ms : next;
    }
    if (takes && s->is_waiting)
        next = now + LOOK_AGAIN_MS < next ? now + LOOK_AGAIN_MS : next;
    else if (takes && !s->is_alone && !is_full(s))
        on[n++] = (struct pollfd){.fd = s->socket_fd, .events = POLLIN};
    *timeout_ms = next == INT64_MAX ? -1 : next <= now ? 0 : (int)(next - now);
    return n;
}

/* --- the end of a helper ----------------------------------------------------- */

static bool
has_event(int fd, short events)
{
    struct pollfd on = {.fd = fd, .events = events};
    return poll(&on, 1, 0) > 0;
}

/* One that nobody waits for is ended as if it were late; nobody reads why. */
static void
end_late(struct media_task *t, int64_t now)
{
    if (t->is_late || (now < t->end_ms && !has_event(t->reply_fd, 0)))
        return;
    t->is_late = true;
    kill(t->pid, SIGKILL);
}

static void
reply(int fd, const struct media_end *end)
{
    while (write(fd, end, sizeof *end) < 0 && errno == EINTR)
        ;
    close(fd);
}

static void
bury(struct media_task *t)
{
    int status;
    if (waitpid(t->pid, &status, WNOHANG) <= 0)
        return;
    const struct media_end end = {
        .is_started = true, .is_late = t->is_late, .status = status};
    reply(t->reply_fd, &end);
    close(t->pidfd);
    media_slot_give(&t->helper, t->slot);
    *t = (struct media_task){.helper = t->helper};
}

/* --- a new one --------------------------------------------------------------- */

/* The next order's descriptors: how many came, at most MEDIA_FILES_HANDED. */
static int
receive(struct media_server *s, int fd[MEDIA_FILES_HANDED])
{
    union media_control control;
    char byte;
    struct iovec iov = {&byte, 1};
    struct msghdr m = {.msg_iov = &iov,
                       .msg_iovlen = 1,
                       .msg_control = control.bytes,
                       .msg_controllen = sizeof control.bytes};
    ssize_t n_bytes = recvmsg(s->socket_fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    s->is_alone = n_bytes == 0 && has_event(s->socket_fd, 0);
    if (n_bytes != 1)
        return 0;
    const struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    if (c == NULL || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
        return 0;
    size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    memcpy(fd, CMSG_DATA(c), n * sizeof(int));
    return (int)n;
}

/* fd: order, answer, pipe. */
static void
start(struct media_task *t, const int fd[MEDIA_FILES_HANDED])
{
    struct err err;
    if (media_helper_spawn(&t->helper, fd, &t->pid, &t->pidfd, &err) == RC_OK) {
        t->reply_fd = fd[2];
        t->end_ms = time_monotonic_ms() + t->helper.limit_ms;
        return;
    }
    struct media_end end = {.is_started = false};
    (void)snprintf(end.text, sizeof end.text, "%s", err.text);
    reply(fd[2], &end);
    t->pid = 0;
}

/* Takes an order into a free place, having a slot. */
static void
take_order(struct media_server *s, struct media_task *t)
{
    int fd[MEDIA_FILES_HANDED];
    int n = receive(s, fd);
    if (n == MEDIA_FILES_HANDED)
        start(t, fd);
    for (int i = 0; i < n && (i < MEDIA_FILES_HANDED - 1 || n < MEDIA_FILES_HANDED); i++)
        close(fd[i]);
    if (t->pid == 0)
        media_slot_give(&t->helper, t->slot);
}

static void
take_orders(struct media_server *s)
{
    s->is_waiting = false;
    for (int i = 0; i < s->n_tasks; i++) {
        struct media_task *t = &s->tasks[i];
        if (t->pid != 0)
            continue;
        if (s->is_alone || !has_event(s->socket_fd, POLLIN))
            return;
        s->is_waiting = !media_slot_take(&t->helper, &t->slot);
        if (s->is_waiting)
            return;
        take_order(s, t);
    }
}

void
media_server_step(struct media_server *s, bool takes)
{
    int64_t now = time_monotonic_ms();
    for (int i = 0; i < s->n_tasks; i++)
        if (s->tasks[i].pid != 0) {
            bury(&s->tasks[i]);
            if (s->tasks[i].pid != 0)
                end_late(&s->tasks[i], now);
        }
    if (takes)
        take_orders(s);
}
