/* fcgi/serve.c - the supervisor: opens everything, then waits for signals, notes and time
 * in one place. */
#include "fcgi/serve.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/sandbox.h"
#include "fcgi/supervisor.h"
#include "ops/counters.h"
#include "ops/log.h"

#include "base/time.h"

static const int signals[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGUSR2};

/* --- waiting ----------------------------------------------------------------- */

static void
bury_all(struct supervisor *s)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        fcgi_control_buried(s, pid, status);
}

/* Signals of one kind that come together are read as one: so on SIGCHLD all are buried
 * who are dead. */
static void
read_signals(struct supervisor *s)
{
    struct signalfd_siginfo info;
    while (read(s->signal_fd, &info, sizeof info) == (ssize_t)sizeof info)
        if (info.ssi_signo == SIGCHLD)
            bury_all(s);
        else
            fcgi_control_signal(s, (int)info.ssi_signo);
}

static void
read_notes(struct supervisor *s)
{
    struct note n;
    while (fcgi_note_read(s->pool.note_read, &n))
        fcgi_control_note(s, &n);
}

static int
timeout_of(const struct supervisor *s)
{
    int64_t next = fcgi_control_next_ms(s);
    if (next == INT64_MAX)
        return -1;
    int64_t left = next - time_monotonic_ms();
    return left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

/* Notes are read before deaths: why a process ended is known before that it did. */
static void
wait_and_react(struct supervisor *s)
{
    struct pollfd on[] = {
        {.fd = s->signal_fd, .events = POLLIN},
        {.fd = s->pool.note_read, .events = POLLIN},
        {.fd = s->handover.fd, .events = POLLIN},
    };
    if (poll(on, N_ELEMENTS(on), timeout_of(s)) > 0) {
        read_notes(s);
        if (on[0].revents != 0)
            read_signals(s);
        if (on[2].revents != 0 && s->handover.is_on)
            fcgi_control_successor(s);
    }
    fcgi_control_time(s);
}

/* --- opening and closing ----------------------------------------------------- */

static enum rc
open_signals(struct supervisor *s, struct err *err)
{
    sigset_t wanted;
    sigemptyset(&wanted);
    for (size_t i = 0; i < N_ELEMENTS(signals); i++)
        sigaddset(&wanted, signals[i]);
    sigprocmask(SIG_BLOCK, &wanted, &s->mask);
    s->signal_fd = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
    if (s->signal_fd < 0)
        return err_set(err, RC_FAILED, "signalfd: %s", strerrordesc_np(errno));
    return RC_OK;
}

static enum rc
open_sockets(struct supervisor *s, struct err *err)
{
    struct socket_env env = fcgi_socket_env_take(&s->arena);
    TRY(fcgi_sockets_open(s->opt->conf, &env, &s->sockets, err));
    for (int i = 0; i < DOOR__MAX; i++)
        log_event(LOG_INFO, "socket_opened", LOG_Z("socket", fcgi_door_name(i)),
                  LOG_Z("origin", fcgi_socket_origin_name(s->sockets.origin[i])),
                  LOG_I("fd", s->sockets.fd[i]),
                  LOG_Z("path", fcgi_socket_path(s->sockets.fd[i], &s->arena)), LOG_END);
    return RC_OK;
}

static enum rc
open_all(struct supervisor *s, struct err *err)
{
    const struct conf *conf = s->opt->conf;
    TRY(fcgi_sandbox_check(conf, err));
    TRY(fcgi_handover_path(s->opt->argv[0], &s->arena, &s->program, err));
    TRY(ops_counters_open(err));
    ops_set(OPS_START_TIME, time_now());
    TRY(open_signals(s, err));
    TRY(open_sockets(s, err));
    return fcgi_pool_open(&s->pool, &s->sockets, err);
}

static void
close_all(struct supervisor *s)
{
    bool is_last = fcgi_control_is_last(s);
    if (is_last)
        fcgi_sockets_remove(&s->sockets);
    fcgi_sockets_close(&s->sockets);
    if (s->opt->pid_file != NULL && s->is_ready && is_last)
        unlink(s->opt->pid_file);
    if (s->pool.note_read >= 0)
        fcgi_pool_close(&s->pool);
    if (s->report_fd >= 0)
        close(s->report_fd);
    if (s->signal_fd >= 0) {
        close(s->signal_fd);
        sigprocmask(SIG_SETMASK, &s->mask, NULL);
    }
    arena_done(&s->arena);
}

static void
begin(struct supervisor *s, const struct fcgi_options *opt)
{
    *s = (struct supervisor){.opt = opt,
                             .signal_fd = -1,
                             .handover.fd = -1,
                             .pool.note_read = -1,
                             .began_ms = time_monotonic_ms()};
    for (int i = 0; i < DOOR__MAX; i++)
        s->sockets.fd[i] = -1;
    arena_init(&s->arena);
    s->report_fd = fcgi_handover_report_fd();
    log_init((enum log_level)log_level_read(opt->conf->log_level), "serve");
    log_event(LOG_INFO, "start", LOG_Z("version", BYLINE_VERSION), LOG_I("pid", getpid()),
              LOG_I("uid", geteuid()),
              LOG_Z("sandbox", opt->conf->sandbox ? "on" : "off"), LOG_END);
}

static void
run(struct supervisor *s)
{
    fcgi_control_start(s);
    while (!fcgi_control_is_over(s))
        wait_and_react(s);
    log_event(LOG_INFO, "stopped", LOG_I("ms", time_monotonic_ms() - s->stopping_ms),
              LOG_END);
}

enum rc
fcgi_serve(const struct fcgi_options *opt, struct err *err)
{
    static struct supervisor s; /* too large for a stack */
    begin(&s, opt);
    enum rc rc = open_all(&s, err);
    if (rc == RC_OK) {
        run(&s);
        rc = s.failure.rc;
        if (rc != RC_OK)
            *err = s.failure;
    }
    close_all(&s);
    return rc;
}
