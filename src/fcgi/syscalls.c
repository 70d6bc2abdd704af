/* fcgi/syscalls.c - which system calls a role may make (seccomp, through libseccomp).
 *
 * What is not in the table fails with ENOSYS, which is what libraries expect of an older
 * kernel: they take another way, or report an error. A few calls that no honest line of
 * this program makes end the process, so that they are seen: the supervisor logs a worker
 * that died of SIGSYS. A call that opens files is allowed by its flags, so that even
 * without Landlock a public worker could write nothing. */
#include "fcgi/syscalls.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    PUBLIC = 1 << SANDBOX_PUBLIC,
    WORK = 1 << SANDBOX_WORK,
    STAFF = 1 << SANDBOX_STAFF,
    PHOTO = 1 << SANDBOX_PHOTO,
    ALL = PUBLIC | WORK | STAFF | PHOTO,
    NO_STARTERS = PUBLIC | WORK | STAFF,
    WRITERS = WORK | STAFF,
    SERVERS = PUBLIC | STAFF
};

struct call {
    int number;
    unsigned roles;
};

#define CALL(name, roles)       \
    {                           \
        SCMP_SYS(name), (roles) \
    }

static const struct call allowed[] = {
    /* memory (mmap and mprotect: below) */
    CALL(brk, ALL),
    CALL(munmap, ALL),
    CALL(mremap, ALL),
    CALL(madvise, ALL),

    /* descriptors at hand */
    CALL(read, ALL),
    CALL(readv, ALL),
    CALL(pread64, ALL),
    CALL(write, ALL),
    CALL(writev, ALL),
    CALL(lseek, ALL),
    CALL(close, ALL),
    CALL(fstat, ALL),
    CALL(fcntl, ALL),
    CALL(poll, ALL),
    CALL(ppoll, ALL),
    CALL(select, ALL),
    CALL(pselect6, ALL),

    /* looking at files (open and openat: below) */
    CALL(stat, ALL),
    CALL(lstat, ALL),
    CALL(newfstatat, ALL),
    CALL(statx, ALL),
    CALL(access, ALL),
    CALL(faccessat, ALL),
    CALL(faccessat2, ALL),
    CALL(readlink, ALL),
    CALL(readlinkat, ALL),
    CALL(getdents64, ALL),
    CALL(getcwd, ALL),
    CALL(fstatfs, ALL),

    /* changing files: the database, its log, its lock; photos to their places */
    CALL(pwrite64, WRITERS),
    CALL(pwritev, WRITERS),
    CALL(ftruncate, WRITERS),
    CALL(fallocate, WRITERS),
    CALL(fsync, WRITERS),
    CALL(fdatasync, WRITERS),
    CALL(mkdir, WRITERS),
    CALL(mkdirat, WRITERS),
    CALL(umask, WRITERS),
    CALL(rename, WRITERS),
    CALL(renameat, WRITERS),
    CALL(renameat2, WRITERS),
    CALL(rmdir, WRITERS),
    CALL(unlink, WRITERS),
    CALL(unlinkat, WRITERS),
    CALL(fchmod, WRITERS),
    CALL(fchown, WRITERS),

    /* the connection to the web server; no socket can be made or connected */
    CALL(accept, SERVERS),
    CALL(accept4, SERVERS),
    CALL(shutdown, SERVERS),
    CALL(recvfrom, SERVERS),
    CALL(sendto, SERVERS),
    CALL(getsockopt, SERVERS),
    CALL(setsockopt, SERVERS),
    CALL(getsockname, SERVERS),
    CALL(getpeername, SERVERS),

    /* asking the photo process: memory files, a pipe, handing them over */
    CALL(memfd_create, WRITERS),
    CALL(pipe2, WRITERS),
    CALL(sendmsg, WRITERS),

    /* the photo process: being asked, starting a helper, and what that does until it puts
     * up walls of its own, which are narrower */
    CALL(recvmsg, PHOTO),
    CALL(clone, PHOTO),
    CALL(vfork, PHOTO),
    CALL(execve, PHOTO),
    CALL(pidfd_open, PHOTO),
    CALL(wait4, PHOTO),
    CALL(kill, PHOTO),
    CALL(tgkill, PHOTO),
    CALL(dup2, PHOTO),
    CALL(dup3, PHOTO),
    CALL(close_range, PHOTO),
    CALL(arch_prctl, PHOTO),
    CALL(set_tid_address, PHOTO),
    CALL(prlimit64, PHOTO),
    CALL(prctl, PHOTO),
    CALL(seccomp, PHOTO),
    CALL(landlock_create_ruleset, PHOTO),
    CALL(landlock_add_rule, PHOTO),
    CALL(landlock_restrict_self, PHOTO),

    /* time, chance, who am I */
    CALL(clock_gettime, ALL),
    CALL(clock_getres, ALL),
    CALL(gettimeofday, ALL),
    CALL(time, ALL),
    CALL(nanosleep, ALL),
    CALL(clock_nanosleep, ALL),
    CALL(alarm, ALL),
    CALL(setitimer, ALL),
    CALL(getrandom, ALL),
    CALL(getpid, ALL),
    CALL(gettid, ALL),
    CALL(getppid, ALL),
    CALL(getuid, ALL),
    CALL(geteuid, ALL),
    CALL(getgid, ALL),
    CALL(getegid, ALL),
    CALL(uname, ALL),
    CALL(sysinfo, ALL),
    CALL(getrusage, ALL),
    CALL(sched_yield, ALL),
    CALL(sched_getaffinity, ALL),

    /* signals and the end (tgkill: below) */
    CALL(rt_sigaction, ALL),
    CALL(rt_sigprocmask, ALL),
    CALL(rt_sigreturn, ALL),
    CALL(sigaltstack, ALL),
    CALL(restart_syscall, ALL),
    CALL(futex, ALL),
    CALL(set_robust_list, ALL),
    CALL(rseq, ALL),
    CALL(exit, ALL),
    CALL(exit_group, ALL),
};

/* Signs that somebody else's code runs in the process. */
static const struct call deadly[] = {
    CALL(execve, NO_STARTERS),
    CALL(execveat, ALL),
    CALL(ptrace, ALL),
    CALL(process_vm_readv, ALL),
    CALL(process_vm_writev, ALL),
    CALL(bpf, ALL),
    CALL(init_module, ALL),
    CALL(finit_module, ALL),
    CALL(kexec_load, ALL),
    CALL(mount, ALL),
    CALL(unshare, ALL),
    CALL(setns, ALL),
    CALL(userfaultfd, ALL),
    CALL(perf_event_open, ALL),
    CALL(keyctl, ALL),
};

/* Allowed when argument number `arg`, through the mask, is the value. */
struct checked_call {
    int number;
    unsigned roles;
    unsigned arg;
    scmp_datum_t mask, value;
};

#define CHECKED(name, roles, arg, mask, value)          \
    {                                                   \
        SCMP_SYS(name), (roles), (arg), (mask), (value) \
    }

enum { WRITING = O_ACCMODE | O_CREAT | O_TRUNC };

static const struct checked_call checked[] = {
    /* no memory that is code, after the program has been loaded */
    CHECKED(mmap, NO_STARTERS, 2, PROT_EXEC, 0),
    CHECKED(mprotect, NO_STARTERS, 2, PROT_EXEC, 0),
    CHECKED(mmap, PHOTO, 2, 0, 0),
    CHECKED(mprotect, PHOTO, 2, 0, 0),

    CHECKED(open, PUBLIC, 1, WRITING, O_RDONLY),
    CHECKED(openat, PUBLIC, 2, WRITING, O_RDONLY),
    CHECKED(open, WRITERS | PHOTO, 1, 0, 0),
    CHECKED(openat, WRITERS | PHOTO, 2, 0, 0),
};

bool
fcgi_syscalls_can_filter(void)
{
    uint32_t action = SECCOMP_RET_ERRNO;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

/* A call this processor's kernel does not have (open on newer ones) has a negative number
 * and needs no rule. */
static int
add_calls(scmp_filter_ctx f, const struct call *calls, size_t n, enum sandbox_role role,
          uint32_t action)
{
    int failed = 0;
    for (size_t i = 0; i < n && failed == 0; i++)
        if (calls[i].number >= 0 && (calls[i].roles & 1U << role) != 0)
            failed = seccomp_rule_add(f, action, calls[i].number, 0);
    return failed;
}

static int
add_checked(scmp_filter_ctx f, enum sandbox_role role)
{
    int failed = 0;
    for (size_t i = 0; i < N_ELEMENTS(checked) && failed == 0; i++) {
        const struct checked_call *c = &checked[i];
        if (c->number >= 0 && (c->roles & 1U << role) != 0)
            failed =
                seccomp_rule_add(f, SCMP_ACT_ALLOW, c->number, 1,
                                 SCMP_CMP(c->arg, SCMP_CMP_MASKED_EQ, c->mask, c->value));
    }
    return failed;
}

/* Opening for writing is refused in words SQLite knows: it then opens for reading. */
static int
refuse_writing(scmp_filter_ctx f)
{
    static const scmp_datum_t bits[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
    int failed = 0;
    for (size_t i = 0; i < N_ELEMENTS(bits) && failed == 0; i++)
        failed = seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 1,
                                  SCMP_CMP(2, SCMP_CMP_MASKED_EQ, bits[i], bits[i]));
    return failed;
}

/* abort() sends a signal to its own process; to others there is none to send. */
static int
add_abort(scmp_filter_ctx f, enum sandbox_role role)
{
    if (role == SANDBOX_PHOTO)
        return 0; /* its helpers have other numbers */
    return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                            SCMP_CMP(0, SCMP_CMP_EQ, (scmp_datum_t)getpid()));
}

static int
build(scmp_filter_ctx f, enum sandbox_role role)
{
    int failed = add_calls(f, allowed, N_ELEMENTS(allowed), role, SCMP_ACT_ALLOW);
    if (failed == 0)
        failed = add_calls(f, deadly, N_ELEMENTS(deadly), role, SCMP_ACT_KILL_PROCESS);
    if (failed == 0)
        failed = add_checked(f, role);
    if (failed == 0 && role == SANDBOX_PUBLIC)
        failed = refuse_writing(f);
    return failed == 0 ? add_abort(f, role) : failed;
}

enum rc
fcgi_syscalls_filter(enum sandbox_role role, struct err *err)
{
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (f == NULL)
        return err_set(err, RC_FAILED, "seccomp: no filter could be made");
    /* A binary tree instead of a list: 80 rules cost every call 7 comparisons. */
    seccomp_attr_set(f, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    int failed = build(f, role);
    if (failed == 0)
        failed = seccomp_load(f);
    seccomp_release(f);
    return failed == 0 ? RC_OK
                       : err_set(err, RC_FAILED, "seccomp: %s", strerrordesc_np(-failed));
}
