/* fcgi/bury.c - a process has ended: what it means, what the log says, when the seat may
 * be filled again. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "fcgi/pool.h"
#include "ops/counters.h"
#include "ops/log.h"

enum { QUICK_MS = 1000, SIGNAL_NAME_SIZE = 24 };

static const char *
end_name(int status)
{
    if (!WIFSIGNALED(status))
        return "exit";
    const char *name = sigabbrev_np(WTERMSIG(status));
    return name != NULL ? name : "unknown";
}

/* An alarm that was not stopped: one request (or the start) took too long. */
static bool
is_timeout(int status)
{
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM;
}

static void
log_expected(const struct pool_proc *proc)
{
    log_event(LOG_DEBUG, proc->is_retiring ? "worker_recycled" : "worker_ended",
              LOG_Z("process", fcgi_role_name(proc->role)), LOG_I("pid", proc->pid),
              LOG_END);
}

static void
log_death(const struct pool *p, const struct pool_proc *proc, int status, int64_t now_ms,
          int64_t restart_in_ms)
{
    log_event(LOG_ERROR, is_timeout(status) ? "worker_timeout" : "worker_died",
              LOG_Z("process", fcgi_role_name(proc->role)), LOG_I("pid", proc->pid),
              LOG_Z("end", end_name(status)),
              LOG_I("code", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status)),
              LOG_I("lived_ms", now_ms - proc->started_ms),
              LOG_S("request", fcgi_pool_request(p, proc)),
              LOG_I("restart_in_ms", restart_in_ms), LOG_END);
}

/* The end of one that was told to end, in the way it should. */
static bool
is_expected(const struct pool_proc *proc, int status)
{
    return proc->state == PROC_DRAINING &&
           (WIFEXITED(status) ? WEXITSTATUS(status) == 0 : proc->kill_at_ms == INT64_MAX);
}

/* Sets when the seat may be filled again; returns in how many milliseconds. The end of
 * one that was told to end says nothing about its successor. */
static int64_t
back_off(struct pool *p, const struct pool_proc *proc, int64_t now_ms)
{
    struct pool_seat *seat = &p->seats[proc->role][proc->seat];
    if (proc->state == PROC_DRAINING)
        return 0;
    bool is_quick = now_ms - proc->started_ms < QUICK_MS;
    seat->n_quick = is_quick ? seat->n_quick + 1 : 0;
    int64_t wait = fcgi_pool_backoff_ms(seat->n_quick, proc->state == PROC_READY);
    seat->not_before_ms = now_ms + wait;
    return wait;
}

/* A reader that died amid a read may have left the database in a state that only a writer
 * can put right. */
static void
wake_work(const struct pool *p)
{
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        if (p->procs[i].role == ROLE_WORK && p->procs[i].state == PROC_READY)
            kill(p->procs[i].pid, SIGUSR1);
}

static void
count_death(const struct pool_proc *proc, int status)
{
    if (proc->role != ROLE_PUBLIC)
        return;
    ops_count(OPS_WORKER_DEATHS, 1);
    ops_count(OPS_WORKER_TIMEOUTS, is_timeout(status));
}

struct pool_proc
fcgi_pool_buried(struct pool *p, pid_t pid, int status, int64_t now_ms)
{
    struct pool_proc *proc = fcgi_pool_find(p, pid);
    if (proc == NULL)
        return (struct pool_proc){.state = PROC_NONE};
    if (is_expected(proc, status)) {
        log_expected(proc);
    } else if (!fcgi_pool_is_on_trial(p, proc)) {
        count_death(proc, status);
        log_death(p, proc, status, now_ms, back_off(p, proc, now_ms));
    }
    struct pool_proc was = *proc;
    *proc = (struct pool_proc){.state = PROC_NONE};
    ops_count(OPS_WORKERS, was.role == ROLE_PUBLIC ? -1 : 0);
    wake_work(p);
    return was;
}
