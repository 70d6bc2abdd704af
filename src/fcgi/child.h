/* fcgi/child.h - the life of a process below the supervisor: born by fork, tells the
 * supervisor how it is through one pipe, ends when told.
 *
 * SIGTERM is the word to end. It stays blocked but inside fcgi_child_wait, so it never
 * cuts a request in two; there is no moment between looking and sleeping in which it
 * could be missed. */
#ifndef FCGI_CHILD_H
#define FCGI_CHILD_H

#include <poll.h>
#include <stdbool.h>
#include <sys/types.h>

#include "conf/conf.h"
#include "http/request.h"

#include "base/err.h"

struct web;

/* In the order in which they are started: each needs the one before. */
enum fcgi_role {
    ROLE_PHOTO,  /* starts photo helpers */
    ROLE_WORK,   /* keeps the database */
    ROLE_PUBLIC, /* answers visitors */
    ROLE_STAFF,  /* answers the newsroom */
    ROLE__MAX
};

/* Shared with the supervisor, which reads it when the process has died. */
struct child_trace {
    char request_id[HTTP_ID_SIZE + 1]; /* of the request being answered, else "" */
};

/* What a process gets from the supervisor. */
struct child {
    const struct conf *conf;
    enum fcgi_role role;
    int listen_fd; /* -1 for a role without a socket */
    int photo_fd;  /* an end of the socket to the photo process, -1 for visitors' */
    int note_fd;
    struct child_trace *trace;
    struct web *web; /* templates and all, read before the fork; NULL: to be read here */
};

enum note_kind {
    NOTE_READY,    /* does its duty from now on */
    NOTE_FAILED,   /* could not begin, ends now; with an error */
    NOTE_RETIRING, /* has served long enough; goes on until it is replaced */
    NOTE__MAX
};

/* One note, written and read as a whole (it is smaller than PIPE_BUF). The supervisor
 * trusts no pointer from a worker: the error's source file travels as text. */
struct note {
    pid_t pid;
    enum note_kind kind;
    char file[64];
    struct err err;
};

/* Everything a process does from fork to its end, which is this function's end: signals,
 * name, log, zone, sandbox, then the duty of its role. parent is the supervisor's pid. */
void fcgi_child_run(enum fcgi_role number, const struct child *c, pid_t parent) NO_RETURN;

/* The role's name in the log ("worker", "staff"). */
const char *fcgi_role_name(enum fcgi_role role);

/* How many processes of a role settings ask for. */
int fcgi_role_count(enum fcgi_role role, const struct conf *conf);

/* Tells the supervisor; err is for NOTE_FAILED, else NULL. */
void fcgi_child_note(const struct child *c, enum note_kind kind, const struct err *err);

/* The next note, if one is waiting. */
bool fcgi_note_read(int fd, struct note *out);

/* Waits until fd (-1 for none) can be read, a signal comes, or the time is over.
 *   returns  can fd be read? */
bool fcgi_child_wait(int fd, int timeout_ms);

/* The same for several; sets their revents when it returns true. */
bool fcgi_child_wait_all(struct pollfd *on, int n, int timeout_ms);

/* Has the word come that this process shall end? */
bool fcgi_child_is_told_to_end(void);

/* Says that the process has begun; until then it has START_LIMIT_S or is killed. */
void fcgi_child_has_begun(const struct child *c);
enum { START_LIMIT_S = 30 };

/* What the photo process opens before its walls. RC_FAILED. */
enum rc fcgi_photo_open(const struct child *c, struct err *err) MUST_CHECK;

/* The duties, one per role. They return the exit code. */
int fcgi_photo_main(const struct child *c);
int fcgi_work_main(const struct child *c);
int fcgi_worker_main(const struct child *c);

#endif
