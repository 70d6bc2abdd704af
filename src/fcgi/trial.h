/* fcgi/trial.h - new settings prove themselves before they are in force.
 *
 * One process of each role is started with them, in the roles' order; so a worker reads
 * the templates first, and if one of them can kill, it kills that worker. When the last
 * one is ready the templates are read for all that follow, the settings are good, and
 * what was tried is the first of the new generation. When one fails, all of it is taken
 * back and those in force stay. The very first start is nothing but a trial with no
 * generation before it. */
#ifndef FCGI_TRIAL_H
#define FCGI_TRIAL_H

#include "fcgi/pool.h"

enum { TRIAL_LIMIT_MS = 10000 };

struct trial {
    bool is_on;
    struct generation gen;
    enum fcgi_role role; /* being tried now */
    pid_t pid;
    int64_t began_ms, limit_ms;
};

enum trial_result { TRIAL_RUNNING, TRIAL_PASSED, TRIAL_FAILED };

/* Begins one; none may be running. TRIAL_FAILED when nothing could be started. */
enum trial_result fcgi_trial_begin(struct trial *t, struct pool *p,
                                   const struct conf *conf, int64_t now_ms,
                                   struct err *err);

/* A note has come, a process has ended (was: what fcgi_pool_buried gave), or time has
 * passed (at t->limit_ms). After TRIAL_PASSED the pool's settings in force are the new
 * ones; after TRIAL_FAILED err says why and the processes tried have been told to end. */
enum trial_result fcgi_trial_note(struct trial *t, struct pool *p, const struct note *n,
                                  int64_t now_ms, struct err *err);
enum trial_result fcgi_trial_buried(struct trial *t, struct pool *p,
                                    const struct pool_proc *was, int status,
                                    struct err *err);
enum trial_result fcgi_trial_time(struct trial *t, struct pool *p, int64_t now_ms,
                                  struct err *err);

#endif
