/* fcgi/sandbox.h - what a process gives up before it touches anything from outside.
 *
 * Three walls, each for itself: Landlock (which files), seccomp (which system calls) and
 * resource limits, behind no-new-privileges. What each role keeps stands in tables. */
#ifndef FCGI_SANDBOX_H
#define FCGI_SANDBOX_H

#include <stdbool.h>

#include "conf/conf.h"

#include "base/err.h"

enum sandbox_role {
    SANDBOX_PUBLIC, /* reads news.db and the site's own files */
    SANDBOX_WORK,   /* reads and writes the folders of both databases */
    SANDBOX_STAFF,  /* the same, and the photos' folder; reads the site's own files */
    SANDBOX_PHOTO,  /* starts the photo helper and reads what that is made of */
    SANDBOX_ROLE__MAX
};

/* Which walls this machine and this build can put up. */
struct sandbox_status {
    int landlock_abi; /* version of the kernel's interface, 0 when it has none */
    bool has_seccomp; /* the kernel filters system calls */
    bool is_asan;     /* a sanitizer build: seccomp and limits are left off */
};

/* Looks, changes nothing. For `byline check` and before anything is started. */
struct sandbox_status fcgi_sandbox_status(void);

/* The walls one by one, for people. */
enum { SANDBOX_WALLS = 5 };
struct sandbox_wall {
    const char *name, *keeps, *by; /* static storage */
    bool stands;                   /* would stand with sandbox = on */
};
void fcgi_sandbox_walls(struct sandbox_wall out[SANDBOX_WALLS]);

/* RC_DENIED, naming what is missing and the setting, when settings ask for a sandbox and
 * this machine cannot give it. */
enum rc fcgi_sandbox_check(const struct conf *conf, struct err *err) MUST_CHECK;

/* Puts up the walls of a role around this process, for good. Does nothing with the
 * setting sandbox = off. Descriptors already open stay usable.
 *   RC_DENIED  as fcgi_sandbox_check
 *   RC_FAILED  a wall could not be put up; the process must end */
enum rc fcgi_sandbox_enter(enum sandbox_role role, const struct conf *conf,
                           struct err *err) MUST_CHECK;

#endif
