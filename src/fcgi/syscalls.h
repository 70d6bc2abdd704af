/* fcgi/syscalls.h - the filter of system calls, for the sandbox only. */
#ifndef FCGI_SYSCALLS_H
#define FCGI_SYSCALLS_H

#include <stdbool.h>

#include "fcgi/sandbox.h"

#include "base/err.h"

/* Can the kernel filter system calls? */
bool fcgi_syscalls_can_filter(void);

/* From now on this process can make only the calls its role needs. No-new-privileges must
 * be set. RC_FAILED. */
enum rc fcgi_syscalls_filter(enum sandbox_role role, struct err *err) MUST_CHECK;

#endif
