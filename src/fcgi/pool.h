/* fcgi/pool.h - the processes of all roles: who is there, who is missing, who must go.
 *
 * Settings ask for so many seats per role. One rule covers crash, recycling and reload:
 * an empty seat is filled; a process whose time is over (older settings, served long
 * enough, one seat too many) is told to end as soon as a fresh one in its seat is ready,
 * and not before. So capacity never drops on purpose.
 *
 * Templates are read once for all workers of the settings in force, before they are
 * forked: one that is replaced later shows the same pages as its sisters, whatever lies
 * in the operator's folder by then.
 *
 * Processes of newer settings than those in force are on trial (trial.h) and left alone
 * here. */
#ifndef FCGI_POOL_H
#define FCGI_POOL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "fcgi/child.h"
#include "fcgi/socket.h"

#include "base/err.h"

/* Seats of one role; processes of all roles, each with its successor. */
enum { POOL_SEATS_MAX = 256, POOL_PROCS_MAX = 2 * (POOL_SEATS_MAX + 32) + 8 };

/* Settings in force, numbered upward from 1. */
struct generation {
    int number;
    const struct conf *conf;
};

enum proc_state { PROC_NONE, PROC_STARTING, PROC_READY, PROC_DRAINING };

struct pool_proc {
    enum proc_state state;
    pid_t pid;
    enum fcgi_role role;
    int seat;
    struct generation gen;
    bool is_retiring;   /* asked to be replaced */
    int64_t started_ms; /* monotonic, like all times here */
    int64_t kill_at_ms; /* PROC_DRAINING: patience ends */
};

struct pool_seat {
    int n_quick;           /* processes in a row that died soon after their start */
    int64_t not_before_ms; /* the next start */
};

struct pool {
    struct generation now; /* number 0: none yet, nothing is started by pool_settle */
    struct web *web;       /* of those settings, for workers to inherit; owned */
    const struct fcgi_sockets *sockets;
    int note_read, note_write;
    int photo[2]; /* socket: the end that orders, the end of the photo process */
    struct child_trace *traces; /* shared, one per entry of procs */
    struct pool_proc procs[POOL_PROCS_MAX];
    struct pool_seat seats[ROLE__MAX][POOL_SEATS_MAX];
};

/* How long an empty seat waits after the n-th quick death in a row: nothing after the
 * first, then 100 ms doubled each time; at most 5 s, or 0.5 s where the process had
 * begun its duty (then requests kill it, and others must still be answered). */
int64_t fcgi_pool_backoff_ms(int n_quick, bool had_begun);

/* sockets must outlive it. RC_FAILED. */
enum rc fcgi_pool_open(struct pool *p, const struct fcgi_sockets *sockets,
                       struct err *err) MUST_CHECK;
void fcgi_pool_close(struct pool *p);

/* Starts a process. NULL when it cannot be forked, which is logged. */
struct pool_proc *fcgi_pool_start(struct pool *p, enum fcgi_role role, int seat,
                                  struct generation gen, int64_t now_ms);

/* Fills empty seats, tells those to end whose time is over, kills those that were told
 * and have not ended. To be called after every change, and at fcgi_pool_next_ms. */
void fcgi_pool_settle(struct pool *p, int64_t now_ms);

/* When time alone will make fcgi_pool_settle (with is_stopping: fcgi_pool_kill_late) do
 * something; INT64_MAX: never. */
int64_t fcgi_pool_next_ms(const struct pool *p, bool is_stopping);

/* Tells one to end, with the drain time of its settings. */
void fcgi_pool_drain(struct pool_proc *proc, int64_t now_ms);

/* Kills those that were told to end and have outlived their drain time. */
void fcgi_pool_kill_late(struct pool *p, int64_t now_ms);

/* Is it of newer settings than those in force? */
bool fcgi_pool_is_on_trial(const struct pool *p, const struct pool_proc *proc);

/* Takes note of a process's end (wait(2) status), logs it unless it was on trial, and has
 * the work process look through the database. The copy returned tells who it was; state
 * PROC_NONE: none of ours. */
struct pool_proc fcgi_pool_buried(struct pool *p, pid_t pid, int status, int64_t now_ms);

/* The id of the request that a process is answering, or was when it ended; "-" when none
 * is known. Points into memory that others write. */
struct str fcgi_pool_request(const struct pool *p, const struct pool_proc *proc);

/* The process with this pid, or NULL. */
struct pool_proc *fcgi_pool_find(struct pool *p, pid_t pid);

/* How many there are in all; how many of a role are ready and in force. */
int fcgi_pool_n_alive(const struct pool *p);
int fcgi_pool_n_ready(const struct pool *p, enum fcgi_role role);

/* Is every seat of the settings in force taken by one that is ready? */
bool fcgi_pool_is_full(const struct pool *p);

/* Is it full, and has everyone with other settings ended? */
bool fcgi_pool_is_renewed(const struct pool *p);

#endif
