/* fcgi/pool.c - filling seats and emptying them. */
#include "fcgi/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ops/counters.h"
#include "ops/log.h"
#include "web/web.h"

#include "base/time.h"

enum { TRACES_SIZE = POOL_PROCS_MAX * sizeof(struct child_trace), FORK_RETRY_MS = 1000 };

/* The socket each role listens on; DOOR__MAX: none. */
static const enum fcgi_door role_doors[ROLE__MAX] = {
    [ROLE_PHOTO] = DOOR__MAX,
    [ROLE_WORK] = DOOR__MAX,
    [ROLE_PUBLIC] = DOOR_PUBLIC,
    [ROLE_STAFF] = DOOR_STAFF,
};

/* Which end of the socket to the photo process each role holds; -1: none. */
static const int photo_ends[ROLE__MAX] = {
    [ROLE_PHOTO] = 1, [ROLE_WORK] = 0, [ROLE_PUBLIC] = -1, [ROLE_STAFF] = 0};

static enum rc
open_pipes(struct pool *p, struct err *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return err_set(err, RC_FAILED, "pipe: %s", strerrordesc_np(errno));
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, p->photo) != 0) {
        int why = errno;
        close(ends[0]);
        close(ends[1]);
        return err_set(err, RC_FAILED, "socket pair: %s", strerrordesc_np(why));
    }
    p->note_read = ends[0];
    p->note_write = ends[1];
    return RC_OK;
}

enum rc
fcgi_pool_open(struct pool *p, const struct fcgi_sockets *sockets, struct err *err)
{
    *p = (struct pool){.sockets = sockets, .note_read = -1, .note_write = -1};
    p->traces = mmap(NULL, TRACES_SIZE, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (p->traces == MAP_FAILED)
        return err_set(err, RC_FAILED, "shared memory: %s", strerrordesc_np(errno));
    enum rc rc = open_pipes(p, err);
    if (rc != RC_OK)
        munmap(p->traces, TRACES_SIZE);
    return rc;
}

void
fcgi_pool_close(struct pool *p)
{
    web_close(p->web);
    munmap(p->traces, TRACES_SIZE);
    close(p->note_read);
    close(p->note_write);
    close(p->photo[0]);
    close(p->photo[1]);
}

/* --- who is who -------------------------------------------------------------- */

struct pool_proc *
fcgi_pool_find(struct pool *p, pid_t pid)
{
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        if (p->procs[i].state != PROC_NONE && p->procs[i].pid == pid)
            return &p->procs[i];
    return NULL;
}

static bool
is_in_force(const struct pool *p, const struct pool_proc *proc)
{
    return (proc->state == PROC_STARTING || proc->state == PROC_READY) &&
           !proc->is_retiring && proc->gen.number == p->now.number &&
           proc->seat < fcgi_role_count(proc->role, p->now.conf);
}

bool
fcgi_pool_is_on_trial(const struct pool *p, const struct pool_proc *proc)
{
    return proc->gen.number > p->now.number;
}

/* Whoever rightly sits there, or NULL. */
static const struct pool_proc *
holder_of(const struct pool *p, enum fcgi_role role, int seat)
{
    for (int i = 0; i < POOL_PROCS_MAX; i++) {
        const struct pool_proc *proc = &p->procs[i];
        if (proc->role == role && proc->seat == seat && is_in_force(p, proc))
            return proc;
    }
    return NULL;
}

int
fcgi_pool_n_alive(const struct pool *p)
{
    int n = 0;
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        n += p->procs[i].state != PROC_NONE;
    return n;
}

int
fcgi_pool_n_ready(const struct pool *p, enum fcgi_role role)
{
    int n = 0;
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        n += p->procs[i].role == role && p->procs[i].state == PROC_READY &&
             is_in_force(p, &p->procs[i]);
    return n;
}

bool
fcgi_pool_is_full(const struct pool *p)
{
    for (int r = 0; r < ROLE__MAX; r++)
        if (fcgi_pool_n_ready(p, r) < fcgi_role_count(r, p->now.conf))
            return false;
    return true;
}

bool
fcgi_pool_is_renewed(const struct pool *p)
{
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        if (p->procs[i].state != PROC_NONE && p->procs[i].gen.number != p->now.number)
            return false;
    return fcgi_pool_is_full(p);
}

static void
count_workers(const struct pool *p)
{
    int n = 0;
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        n += p->procs[i].role == ROLE_PUBLIC && p->procs[i].state != PROC_NONE;
    ops_set(OPS_WORKERS, n);
}

/* --- starting ---------------------------------------------------------------- */

int64_t
fcgi_pool_backoff_ms(int n_quick, bool had_begun)
{
    int64_t most = had_begun ? 500 : 5000, wait = 100;
    if (n_quick < 2)
        return 0;
    for (int i = 2; i < n_quick && wait < most; i++)
        wait *= 2;
    return wait < most ? wait : most;
}

static int
free_entry(const struct pool *p)
{
    int i = 0;
    while (i < POOL_PROCS_MAX && p->procs[i].state != PROC_NONE)
        i++;
    return i;
}

static void NO_RETURN
run_child(const struct pool *p, int entry, enum fcgi_role role, struct generation gen,
          pid_t parent)
{
    enum fcgi_door door = role_doors[role];
    struct child c = {
        .conf = gen.conf,
        .role = role,
        .listen_fd = door < DOOR__MAX ? p->sockets->fd[door] : -1,
        .photo_fd = photo_ends[role] >= 0 ? p->photo[photo_ends[role]] : -1,
        .note_fd = p->note_write,
        .trace = &p->traces[entry],
        .web = gen.number == p->now.number ? p->web : NULL,
    };
    fcgi_child_run(role, &c, parent);
}

struct pool_proc *
fcgi_pool_start(struct pool *p, enum fcgi_role role, int seat, struct generation gen,
                int64_t now_ms)
{
    int i = free_entry(p);
    pid_t self = getpid(), pid = -1;
    errno = EAGAIN;
    if (i < POOL_PROCS_MAX) {
        p->traces[i] = (struct child_trace){0};
        pid = fork();
    }
    if (pid == 0)
        run_child(p, i, role, gen, self);
    if (pid < 0) {
        log_event(LOG_ERROR, "worker_start_failed",
                  LOG_Z("process", fcgi_role_name(role)),
                  LOG_Z("text", strerrordesc_np(errno)), LOG_END);
        p->seats[role][seat].not_before_ms = now_ms + FORK_RETRY_MS;
        return NULL;
    }
    p->procs[i] = (struct pool_proc){.state = PROC_STARTING,
                                     .pid = pid,
                                     .role = role,
                                     .seat = seat,
                                     .gen = gen,
                                     .started_ms = now_ms};
    ops_count(OPS_WORKER_STARTS, role == ROLE_PUBLIC);
    count_workers(p);
    log_event(LOG_DEBUG, "worker_start", LOG_Z("process", fcgi_role_name(role)),
              LOG_I("pid", pid), LOG_I("seat", seat), LOG_END);
    return &p->procs[i];
}

static void
fill_seats(struct pool *p, int64_t now_ms)
{
    for (int r = 0; r < ROLE__MAX; r++) {
        int n = fcgi_role_count(r, p->now.conf);
        for (int seat = 0; seat < n; seat++)
            if (p->seats[r][seat].not_before_ms <= now_ms &&
                holder_of(p, r, seat) == NULL)
                fcgi_pool_start(p, r, seat, p->now, now_ms);
    }
}

/* --- ending ------------------------------------------------------------------ */

void
fcgi_pool_drain(struct pool_proc *proc, int64_t now_ms)
{
    if (proc->state == PROC_NONE || proc->state == PROC_DRAINING)
        return;
    kill(proc->pid, SIGTERM);
    proc->state = PROC_DRAINING;
    proc->kill_at_ms = now_ms + proc->gen.conf->drain_ms;
}

/* One seat too many needs no successor. */
static bool
may_go(const struct pool *p, const struct pool_proc *proc)
{
    if (proc->seat >= fcgi_role_count(proc->role, p->now.conf))
        return true;
    const struct pool_proc *next = holder_of(p, proc->role, proc->seat);
    return next != NULL && next->state == PROC_READY;
}

static void
empty_seats(struct pool *p, int64_t now_ms)
{
    for (int i = 0; i < POOL_PROCS_MAX; i++) {
        struct pool_proc *proc = &p->procs[i];
        if ((proc->state == PROC_STARTING || proc->state == PROC_READY) &&
            !fcgi_pool_is_on_trial(p, proc) && !is_in_force(p, proc) && may_go(p, proc))
            fcgi_pool_drain(proc, now_ms);
    }
}

/* It comes from shared memory that a broken worker may have scribbled over. */
struct str
fcgi_pool_request(const struct pool *p, const struct pool_proc *proc)
{
    const struct child_trace *t = &p->traces[proc - p->procs];
    size_t n = strnlen(t->request_id, sizeof t->request_id);
    return n > 0 ? (struct str){t->request_id, n} : STR("-");
}

void
fcgi_pool_kill_late(struct pool *p, int64_t now_ms)
{
    for (int i = 0; i < POOL_PROCS_MAX; i++) {
        struct pool_proc *proc = &p->procs[i];
        if (proc->state != PROC_DRAINING || proc->kill_at_ms > now_ms)
            continue;
        kill(proc->pid, SIGKILL);
        proc->kill_at_ms = INT64_MAX;
        log_event(LOG_WARN, "worker_killed", LOG_Z("process", fcgi_role_name(proc->role)),
                  LOG_I("pid", proc->pid), LOG_I("drain_ms", proc->gen.conf->drain_ms),
                  LOG_S("request", fcgi_pool_request(p, proc)), LOG_END);
    }
}

void
fcgi_pool_settle(struct pool *p, int64_t now_ms)
{
    if (p->now.number > 0) {
        fill_seats(p, now_ms);
        empty_seats(p, now_ms);
    }
    fcgi_pool_kill_late(p, now_ms);
}

static int64_t
earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t
next_kill_ms(const struct pool *p)
{
    int64_t next = INT64_MAX;
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        if (p->procs[i].state == PROC_DRAINING)
            next = earlier(next, p->procs[i].kill_at_ms);
    return next;
}

static int64_t
next_start_ms(const struct pool *p)
{
    int64_t next = INT64_MAX;
    for (int r = 0; r < ROLE__MAX && p->now.number > 0; r++) {
        int n = fcgi_role_count(r, p->now.conf);
        for (int seat = 0; seat < n; seat++)
            if (holder_of(p, r, seat) == NULL)
                next = earlier(next, p->seats[r][seat].not_before_ms);
    }
    return next;
}

int64_t
fcgi_pool_next_ms(const struct pool *p, bool is_stopping)
{
    int64_t kill_ms = next_kill_ms(p);
    return is_stopping ? kill_ms : earlier(kill_ms, next_start_ms(p));
}
