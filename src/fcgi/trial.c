/* fcgi/trial.c - trying new settings, one process of each role at a time. */
#include "fcgi/trial.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "web/web.h"

#include "base/time.h"

static void
take_back(struct trial *t, struct pool *p, int64_t now_ms)
{
    t->is_on = false;
    for (int i = 0; i < POOL_PROCS_MAX; i++)
        if (p->procs[i].state != PROC_NONE && fcgi_pool_is_on_trial(p, &p->procs[i]))
            fcgi_pool_drain(&p->procs[i], now_ms);
}

static enum trial_result
start_role(struct trial *t, struct pool *p, int64_t now_ms, struct err *err)
{
    const struct pool_proc *proc = fcgi_pool_start(p, t->role, 0, t->gen, now_ms);
    if (proc != NULL) {
        t->pid = proc->pid;
        return TRIAL_RUNNING;
    }
    take_back(t, p, now_ms);
    err_set(err, RC_FAILED, "the %s process could not be started",
            fcgi_role_name(t->role));
    return TRIAL_FAILED;
}

enum trial_result
fcgi_trial_begin(struct trial *t, struct pool *p, const struct conf *conf, int64_t now_ms,
                 struct err *err)
{
    int number = t->gen.number + 1; /* also after one that failed: none comes twice */
    *t = (struct trial){.is_on = true,
                        .gen = {number, conf},
                        .began_ms = now_ms,
                        .limit_ms = now_ms + TRIAL_LIMIT_MS};
    return start_role(t, p, now_ms, err);
}

static enum trial_result
next_role(struct trial *t, struct pool *p, int64_t now_ms, struct err *err)
{
    if (++t->role < ROLE__MAX)
        return start_role(t, p, now_ms, err);
    struct web *web;
    if (web_open(t->gen.conf, &web, err) != RC_OK) {
        take_back(t, p, now_ms);
        return TRIAL_FAILED;
    }
    t->is_on = false;
    web_close(p->web);
    p->web = web;
    p->now = t->gen;
    memset(p->seats, 0, sizeof p->seats); /* the patience of older settings is theirs */
    return TRIAL_PASSED;
}

enum trial_result
fcgi_trial_note(struct trial *t, struct pool *p, const struct note *n, int64_t now_ms,
                struct err *err)
{
    if (!t->is_on || n->pid != t->pid)
        return TRIAL_RUNNING;
    if (n->kind == NOTE_READY)
        return next_role(t, p, now_ms, err);
    if (n->kind != NOTE_FAILED)
        return TRIAL_RUNNING;
    take_back(t, p, now_ms);
    err_set(err, n->err.rc != RC_OK ? n->err.rc : RC_FAILED, "%s", n->err.text);
    (void)snprintf(err->field, sizeof err->field, "%s", n->err.field);
    return TRIAL_FAILED;
}

enum trial_result
fcgi_trial_buried(struct trial *t, struct pool *p, const struct pool_proc *was,
                  int status, struct err *err)
{
    if (!t->is_on || was->state == PROC_NONE || was->gen.number != t->gen.number)
        return TRIAL_RUNNING;
    take_back(t, p, time_monotonic_ms());
    const char *name = fcgi_role_name(was->role);
    if (WIFSIGNALED(status))
        err_set(err, RC_FAILED, "the %s process died at its start of signal %d (%s)",
                name, WTERMSIG(status), strsignal(WTERMSIG(status)));
    else
        err_set(err, RC_FAILED, "the %s process ended at its start with exit code %d",
                name, WEXITSTATUS(status));
    return TRIAL_FAILED;
}

enum trial_result
fcgi_trial_time(struct trial *t, struct pool *p, int64_t now_ms, struct err *err)
{
    if (!t->is_on || now_ms < t->limit_ms)
        return TRIAL_RUNNING;
    take_back(t, p, now_ms);
    err_set(err, RC_FAILED, "the %s process was not ready after %d s",
            fcgi_role_name(t->role), TRIAL_LIMIT_MS / 1000);
    return TRIAL_FAILED;
}
