/* fcgi/control.c - what the supervisor does about what happens: start, reload, hand-over,
 * stop. Nothing here waits. */
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "fcgi/notify.h"
#include "fcgi/sandbox.h"
#include "fcgi/supervisor.h"
#include "ops/log.h"

#include "base/file.h"
#include "base/time.h"

enum { PID_FILE_MODE = 0644 };

/* --- stop -------------------------------------------------------------------- */

static void
drain_others(struct supervisor *s)
{
    int64_t now_ms = time_monotonic_ms();
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        if (s->pool.procs[i].role != ROLE_PHOTO)
            fcgi_pool_drain(&s->pool.procs[i], now_ms);
}

/* The last requests may still need it: it is told when nobody else is left. */
static void
drain_photo(struct supervisor *s)
{
    int64_t now_ms = time_monotonic_ms();
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        if (s->pool.procs[i].role != ROLE_PHOTO && s->pool.procs[i].state != PROC_NONE)
            return;
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        fcgi_pool_drain(&s->pool.procs[i], now_ms);
}

static void
begin_stop(struct supervisor *s)
{
    fcgi_handover_cancel(&s->handover);
    s->trial.is_on = false;
    s->stopping_ms = time_monotonic_ms();
    if (!s->has_successor)
        fcgi_notify("STOPPING=1");
    if (fcgi_control_is_last(s))
        fcgi_sockets_remove(&s->sockets);
    log_event(LOG_INFO, "stopping", LOG_I("processes", fcgi_pool_n_alive(&s->pool)),
              LOG_END);
    drain_others(s);
}

/* Somebody asked twice: no more patience. */
static void
hurry(struct supervisor *s)
{
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        if (s->pool.procs[i].kill_at_ms != INT64_MAX)
            s->pool.procs[i].kill_at_ms = 0;
}

static void
on_stop(struct supervisor *s)
{
    if (s->stopping_ms == 0)
        begin_stop(s);
    else
        hurry(s);
}

/* --- start and reload -------------------------------------------------------- */

static void
refuse_reload(struct supervisor *s, const struct err *err)
{
    log_event(LOG_ERROR, "reload_failed", LOG_ERR(err), LOG_END);
    fcgi_notify("READY=1");
    (void)s;
}

/* The sockets outlive settings: successors and nginx know them by their path. */
static void
keep_sockets(struct supervisor *s, const struct conf *conf)
{
    for (int i = 0; i < DOOR__MAX; i++) {
        listen(s->sockets.fd[i], (int)conf->listen_backlog);
        if (s->sockets.origin[i] == SOCKET_MADE &&
            strcmp(s->sockets.path[i], fcgi_door_path(conf, i)) != 0)
            log_event(LOG_WARN, "setting_needs_restart",
                      LOG_Z("setting", fcgi_door_setting(i)),
                      LOG_Z("in_force", s->sockets.path[i]), LOG_END);
    }
}

static void
finish_reload(struct supervisor *s)
{
    const struct conf *conf = s->pool.now.conf;
    if (s->pool.now.number == s->first_generation)
        return;
    log_init((enum log_level)log_level_read(conf->log_level), "serve");
    keep_sockets(s, conf);
    s->is_renewing = true;
}

/* Said when it is true of every answer: nobody with the old settings is left. */
static void
announce_reload(struct supervisor *s)
{
    if (!s->is_renewing || !fcgi_pool_is_renewed(&s->pool))
        return;
    s->is_renewing = false;
    fcgi_notify("READY=1");
    log_event(LOG_INFO, "reload",
              LOG_I("workers", fcgi_role_count(ROLE_PUBLIC, s->pool.now.conf)),
              LOG_I("ms", time_monotonic_ms() - s->trial.began_ms), LOG_END);
}

/* err is looked at when it failed. A first start that fails is the end. */
static void
on_trial(struct supervisor *s, enum trial_result result, const struct err *err)
{
    if (result == TRIAL_PASSED) {
        finish_reload(s);
    } else if (result == TRIAL_FAILED && s->pool.now.number > 0) {
        refuse_reload(s, err);
    } else if (result == TRIAL_FAILED) {
        s->failure = *err;
        begin_stop(s);
    }
}

static void
begin_trial(struct supervisor *s, const struct conf *conf)
{
    struct err err;
    int64_t now_ms = time_monotonic_ms();
    on_trial(s, fcgi_trial_begin(&s->trial, &s->pool, conf, now_ms, &err), &err);
}

void
fcgi_control_start(struct supervisor *s)
{
    begin_trial(s, s->opt->conf);
    s->first_generation = s->trial.gen.number;
}

static enum rc
read_settings(struct supervisor *s, const struct conf **out, struct err *err)
{
    struct conf *conf = NULL;
    *out = s->pool.now.conf;
    if (s->opt->reload == NULL)
        return RC_OK;
    TRY(s->opt->reload(s->opt->ctx, &conf, err));
    TRY(fcgi_sandbox_check(conf, err));
    *out = conf;
    return RC_OK;
}

static void
begin_reload(struct supervisor *s)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    fcgi_notify("RELOADING=1\nMONOTONIC_USEC=%lld",
                (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000);
    const struct conf *conf;
    struct err err;
    if (read_settings(s, &conf, &err) == RC_OK)
        begin_trial(s, conf);
    else
        refuse_reload(s, &err);
}

/* --- hand-over --------------------------------------------------------------- */

static void
refuse_handover(const struct err *err)
{
    log_event(LOG_ERROR, "handover_failed", LOG_ERR(err), LOG_END);
}

static void
begin_handover(struct supervisor *s)
{
    struct err err;
    if (fcgi_handover_begin(&s->handover, s->program, s->opt->argv, &s->sockets, &s->mask,
                            &err) != RC_OK)
        refuse_handover(&err);
    else
        log_event(LOG_INFO, "handover_started", LOG_Z("program", s->program),
                  LOG_I("pid", s->handover.pid), LOG_END);
}

/* systemd believes this only from the process it knows as the main one: us, still. */
static void
leave_to_successor(struct supervisor *s)
{
    s->has_successor = true;
    fcgi_notify("READY=1\nMAINPID=%d", (int)s->handover.pid);
    log_event(LOG_INFO, "handover_done", LOG_I("pid", s->handover.pid),
              LOG_I("ms", time_monotonic_ms() - s->handover.began_ms), LOG_END);
    begin_stop(s);
}

void
fcgi_control_successor(struct supervisor *s)
{
    struct err err;
    enum handover_result r = fcgi_handover_look(&s->handover, time_monotonic_ms(), &err);
    if (r == HANDOVER_DONE)
        leave_to_successor(s);
    else if (r == HANDOVER_FAILED)
        refuse_handover(&err);
}

/* --- one thing after another ------------------------------------------------- */

/* A reload and a hand-over never overlap, and neither begins before the start is over; a
 * signal that comes meanwhile is remembered. */
static void
begin_what_is_wanted(struct supervisor *s)
{
    if (!s->is_ready || s->trial.is_on || s->is_renewing || s->handover.is_on)
        return;
    if (s->wants_reload) {
        s->wants_reload = false;
        begin_reload(s);
    } else if (s->wants_handover) {
        s->wants_handover = false;
        begin_handover(s);
    }
}

static void
write_pid_file(const struct supervisor *s)
{
    AT_END(arena_done) struct arena a;
    struct err err;
    arena_init(&a);
    if (s->opt->pid_file != NULL &&
        file_write(s->opt->pid_file, str_fmt(&a, "%d\n", (int)getpid()), PID_FILE_MODE,
                   &err) != RC_OK)
        log_event(LOG_ERROR, "pid_file_failed", LOG_ERR(&err), LOG_END);
}

/* Once, when every seat is taken for the first time. Until the program that hands over to
 * us has spoken for us, systemd believes us nothing. */
static void
announce(struct supervisor *s)
{
    if (s->is_ready || s->pool.now.number == 0 || !fcgi_pool_is_full(&s->pool))
        return;
    s->is_ready = true;
    write_pid_file(s);
    if (s->report_fd < 0)
        fcgi_notify("READY=1\nMAINPID=%d", (int)getpid());
    log_event(LOG_INFO, "ready",
              LOG_I("workers", fcgi_pool_n_ready(&s->pool, ROLE_PUBLIC)),
              LOG_I("staff", fcgi_pool_n_ready(&s->pool, ROLE_STAFF)),
              LOG_I("ms", time_monotonic_ms() - s->began_ms), LOG_END);
    fcgi_handover_report(s->report_fd);
    s->report_fd = -1;
}

void
fcgi_control_time(struct supervisor *s)
{
    int64_t now_ms = time_monotonic_ms();
    struct err err;
    if (s->stopping_ms > 0) {
        drain_photo(s);
        fcgi_pool_kill_late(&s->pool, now_ms);
        return;
    }
    if (s->handover.is_on && now_ms >= s->handover.limit_ms)
        fcgi_control_successor(s);
    on_trial(s, fcgi_trial_time(&s->trial, &s->pool, now_ms, &err), &err);
    if (s->stopping_ms > 0)
        return;
    fcgi_pool_settle(&s->pool, now_ms);
    announce(s);
    announce_reload(s);
    begin_what_is_wanted(s);
}

int64_t
fcgi_control_next_ms(const struct supervisor *s)
{
    int64_t next = fcgi_pool_next_ms(&s->pool, s->stopping_ms > 0);
    if (s->trial.is_on && s->trial.limit_ms < next)
        next = s->trial.limit_ms;
    if (s->handover.is_on && s->handover.limit_ms < next)
        next = s->handover.limit_ms;
    return next;
}

/* --- events ------------------------------------------------------------------ */

void
fcgi_control_signal(struct supervisor *s, int number)
{
    if (number == SIGTERM || number == SIGINT)
        on_stop(s);
    else if (number == SIGHUP)
        s->wants_reload = true;
    else if (number == SIGUSR2)
        s->wants_handover = true;
}

void
fcgi_control_buried(struct supervisor *s, pid_t pid, int status)
{
    struct err err;
    struct pool_proc was = fcgi_pool_buried(&s->pool, pid, status, time_monotonic_ms());
    on_trial(s, fcgi_trial_buried(&s->trial, &s->pool, &was, status, &err), &err);
}

static void
is_ready_now(struct pool_proc *proc)
{
    proc->state = PROC_READY;
    log_event(LOG_DEBUG, "worker_ready", LOG_Z("process", fcgi_role_name(proc->role)),
              LOG_I("pid", proc->pid),
              LOG_I("ms", time_monotonic_ms() - proc->started_ms), LOG_END);
}

void
fcgi_control_note(struct supervisor *s, const struct note *n)
{
    struct err err;
    struct pool_proc *proc = fcgi_pool_find(&s->pool, n->pid);
    if (proc == NULL)
        return;
    if (n->kind == NOTE_READY && proc->state == PROC_STARTING)
        is_ready_now(proc);
    if (n->kind == NOTE_RETIRING)
        proc->is_retiring = true;
    if (n->kind == NOTE_FAILED && !fcgi_pool_is_on_trial(&s->pool, proc))
        log_event(LOG_ERROR, "worker_failed",
                  LOG_Z("process", fcgi_role_name(proc->role)), LOG_I("pid", n->pid),
                  LOG_ERR(&n->err), LOG_END);
    on_trial(s, fcgi_trial_note(&s->trial, &s->pool, n, time_monotonic_ms(), &err), &err);
}

bool
fcgi_control_is_over(const struct supervisor *s)
{
    return s->stopping_ms > 0 && fcgi_pool_n_alive(&s->pool) == 0;
}

bool
fcgi_control_is_last(const struct supervisor *s)
{
    return !s->has_successor && s->report_fd < 0;
}
