/* fcgi/child.c - what all processes below the supervisor share. */
#include "fcgi/child.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "fcgi/sandbox.h"
#include "ops/log.h"

#include "base/time.h"

_Static_assert(sizeof(struct note) <= PIPE_BUF, "a note must be written in one piece");

enum { WORKERS_PER_CORE = 4, WORKERS_MAX = 256 };

static int count_one(const struct conf *conf);
static int count_public(const struct conf *conf);
static int count_staff(const struct conf *conf);

struct role {
    const char *name;  /* in the log */
    const char *title; /* in ps and top, 15 bytes at most */
    enum sandbox_role sandbox;
    int (*count)(const struct conf *conf); /* how many settings ask for */
    enum rc (*open)(const struct child *c,
                    struct err *err); /* before its walls; or NULL */
    int (*main)(const struct child *c);
};

static const struct role roles[ROLE__MAX] = {
    [ROLE_PHOTO] = {"photo", "byline-photos", SANDBOX_PHOTO, count_one, fcgi_photo_open,
                    fcgi_photo_main},
    [ROLE_WORK] = {"work", "byline-work", SANDBOX_WORK, count_one, NULL, fcgi_work_main},
    [ROLE_PUBLIC] = {"worker", "byline-public", SANDBOX_PUBLIC, count_public, NULL,
                     fcgi_worker_main},
    [ROLE_STAFF] = {"staff", "byline-staff", SANDBOX_STAFF, count_staff, NULL,
                    fcgi_worker_main},
};

static volatile sig_atomic_t is_told_to_end;

const char *
fcgi_role_name(enum fcgi_role role)
{
    return roles[role].name;
}

static int
count_one(const struct conf *conf)
{
    (void)conf;
    return 1;
}

static int
count_staff(const struct conf *conf)
{
    return (int)conf->staff_workers;
}

static int
count_public(const struct conf *conf)
{
    if (conf->workers > 0)
        return (int)conf->workers;
    long n = sysconf(_SC_NPROCESSORS_ONLN) * WORKERS_PER_CORE;
    return n < WORKERS_PER_CORE ? WORKERS_PER_CORE
           : n > WORKERS_MAX    ? WORKERS_MAX
                                : (int)n;
}

int
fcgi_role_count(enum fcgi_role role, const struct conf *conf)
{
    return roles[role].count(conf);
}

/* --- notes ------------------------------------------------------------------- */

void
fcgi_child_note(const struct child *c, enum note_kind kind, const struct err *err)
{
    struct note n = {.pid = getpid(), .kind = kind};
    if (err != NULL) {
        n.err = *err;
        (void)snprintf(n.file, sizeof n.file, "%s", err->file != NULL ? err->file : "");
    }
    while (write(c->note_fd, &n, sizeof n) < 0 && errno == EINTR)
        ;
}

bool
fcgi_note_read(int fd, struct note *out)
{
    if (read(fd, out, sizeof *out) != (ssize_t)sizeof *out)
        return false;
    out->file[sizeof out->file - 1] = '\0';
    out->err.field[sizeof out->err.field - 1] = '\0';
    out->err.text[sizeof out->err.text - 1] = '\0';
    out->err.file = NULL;
    return (unsigned)out->err.rc < RC__MAX && (unsigned)out->kind < NOTE__MAX;
}

/* --- signals ----------------------------------------------------------------- */

static void
on_term(int number)
{
    (void)number;
    is_told_to_end = 1;
}

/* SIGUSR1 says nothing but "wake up". */
static void
on_wake(int number)
{
    (void)number;
}

static void
set_handler(int number, void (*fn)(int))
{
    struct sigaction act = {.sa_handler = fn};
    sigemptyset(&act.sa_mask);
    sigaction(number, &act, NULL);
}

/* What a terminal or a careless kill sends to the whole group is the supervisor's
 * business: Ctrl-C must not end workers before it has told them to drain. */
static void
set_signals(void)
{
    static const int ignored[] = {SIGINT, SIGQUIT, SIGHUP, SIGUSR2, SIGPIPE};
    for (size_t i = 0; i < N_ELEMENTS(ignored); i++)
        set_handler(ignored[i], SIG_IGN);
    set_handler(SIGTERM, on_term);
    set_handler(SIGUSR1, on_wake);
    set_handler(SIGALRM, SIG_DFL);
    set_handler(SIGCHLD, SIG_DFL);
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGUSR1);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
}

bool
fcgi_child_wait_all(struct pollfd *on, int n, int timeout_ms)
{
    struct timespec limit = {timeout_ms / 1000, (timeout_ms % 1000) * 1000000L};
    sigset_t none, blocked;
    sigemptyset(&none);
    bool is_ready = ppoll(on, (nfds_t)n, timeout_ms < 0 ? NULL : &limit, &none) > 0;
    /* What is ready at once lets no signal through: under load nobody would hear one. */
    sigprocmask(SIG_SETMASK, &none, &blocked);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    return is_ready;
}

bool
fcgi_child_wait(int fd, int timeout_ms)
{
    struct pollfd on = {.fd = fd, .events = POLLIN};
    return fcgi_child_wait_all(&on, 1, timeout_ms);
}

bool
fcgi_child_is_told_to_end(void)
{
    return is_told_to_end != 0;
}

void
fcgi_child_has_begun(const struct child *c)
{
    alarm(0);
    fcgi_child_note(c, NOTE_READY, NULL);
}

/* --- from fork to the end ---------------------------------------------------- */

static int
by_number(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Only what the role works with stays open; everything else of the supervisor's (and of
 * who started it) would be a hole in the sandbox. */
static void
close_others(const struct child *c)
{
    int kept[] = {c->listen_fd, c->note_fd, c->photo_fd};
    unsigned next = STDERR_FILENO + 1;
    qsort(kept, N_ELEMENTS(kept), sizeof kept[0], by_number);
    for (size_t i = 0; i < N_ELEMENTS(kept); i++) {
        if (kept[i] < (int)next)
            continue;
        if (kept[i] > (int)next)
            close_range(next, (unsigned)kept[i] - 1, 0);
        next = (unsigned)kept[i] + 1;
    }
    close_range(next, ~0U, 0);
}

/* A supervisor that was killed leaves no workers behind: they drain and end. */
static void
follow(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        is_told_to_end = 1;
}

static enum rc
prepare(const struct role *role, const struct child *c, struct err *err)
{
    log_init((enum log_level)log_level_read(c->conf->log_level), role->name);
    TRY(time_set_zone(c->conf->time_zone, err));
    if (role->open != NULL)
        TRY(role->open(c, err));
    return fcgi_sandbox_enter(role->sandbox, c->conf, err);
}

/* A sanitizer looks for leaks in exit; without one there is nothing to do at the end that
 * the kernel does not do better. */
static void NO_RETURN
end_process(int code)
{
#ifdef __SANITIZE_ADDRESS__
    exit(code);
#else
    _exit(code);
#endif
}

void
fcgi_child_run(enum fcgi_role number, const struct child *c, pid_t parent)
{
    const struct role *role = &roles[number];
    struct err err;
    set_signals();
    follow(parent);
    alarm(START_LIMIT_S);
    close_others(c);
    prctl(PR_SET_NAME, role->title);
    if (prepare(role, c, &err) != RC_OK) {
        fcgi_child_note(c, NOTE_FAILED, &err);
        end_process(EXIT_FAILURE);
    }
    end_process(role->main(c));
}
