/* photo/walls.c - no-new-privileges, resource limits, Landlock, seccomp.
 *
 * Libraries try this and that: what they may not have fails with an error they know, and
 * they do without (ORC wants a temporary file for code and takes memory instead). What no
 * library that decodes a picture does ends the process at once. */
#include "photo/walls.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/landlock.h"

#ifdef __SANITIZE_ADDRESS__
enum { IS_ASAN = 1 };
#else
enum { IS_ASAN = 0 };
#endif

/* --- resource limits --------------------------------------------------------- */

#define MIB ((rlim_t)1 << 20)

/* Threads count as processes, and libvips decodes in one of its own: new processes are
 * forbidden below. At the soft limit of time comes SIGXCPU, a second later SIGKILL. */
static const struct {
    int what;
    struct rlimit most;
} limits[] = {
    {RLIMIT_AS, {PHOTO_MEMORY_MIB * MIB, PHOTO_MEMORY_MIB *MIB}},
    {RLIMIT_CPU, {PHOTO_CPU_S, PHOTO_CPU_S + 1}},
    {RLIMIT_FSIZE, {PHOTO_ANSWER_MIB * MIB, PHOTO_ANSWER_MIB *MIB}},
    {RLIMIT_NOFILE, {0, 0}}, /* none beyond those that are open */
    {RLIMIT_CORE, {0, 0}},
};

/* Whoever started us may have less than that to give. */
static bool
enter_limit(int what, struct rlimit most)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)what, &now) != 0)
        return false;
    most.rlim_cur = most.rlim_cur < now.rlim_max ? most.rlim_cur : now.rlim_max;
    most.rlim_max = most.rlim_max < now.rlim_max ? most.rlim_max : now.rlim_max;
    return setrlimit((__rlimit_resource_t)what, &most) == 0;
}

static enum rc
enter_limits(struct err *err)
{
    for (size_t i = 0; i < N_ELEMENTS(limits); i++)
        if (!enter_limit(limits[i].what, limits[i].most))
            return err_set(err, RC_FAILED, "resource limit %d: %s", limits[i].what,
                           strerrordesc_np(errno));
    return RC_OK;
}

static enum rc
enter_landlock(struct err *err)
{
    struct landlock l;
    TRY(landlock_begin(&l, err));
    enum rc rc = landlock_enter(&l, err);
    landlock_end(&l);
    return rc;
}

/* --- system calls ------------------------------------------------------------ */

struct call {
    int number;
    uint32_t action;
};

#define ALLOW(name)                    \
    {                                  \
        SCMP_SYS(name), SCMP_ACT_ALLOW \
    }
#define REFUSE(name, code)                   \
    {                                        \
        SCMP_SYS(name), SCMP_ACT_ERRNO(code) \
    }
#define END(name)                             \
    {                                         \
        SCMP_SYS(name), SCMP_ACT_KILL_PROCESS \
    }

/* Whatever is not named here fails with ENOSYS. */
static const struct call calls[] = {
    /* memory; ORC's code for this processor is made in it */
    ALLOW(brk),
    ALLOW(mmap),
    ALLOW(munmap),
    ALLOW(mremap),
    ALLOW(mprotect),
    ALLOW(madvise),

    /* standard input and output; there are no others */
    ALLOW(read),
    ALLOW(pread64),
    ALLOW(write),
    ALLOW(writev),
    ALLOW(lseek),
    ALLOW(close),

    /* threads of this process (clone: below; clone3, whose flags no filter sees, is
     * unknown here, and libraries take clone) */
    ALLOW(futex),
    ALLOW(set_robust_list),
    ALLOW(rseq),
    ALLOW(sched_yield),
    ALLOW(sched_getaffinity),

    /* time, chance, who am I */
    ALLOW(clock_gettime),
    ALLOW(clock_nanosleep),
    ALLOW(nanosleep),
    ALLOW(gettimeofday),
    ALLOW(time),
    ALLOW(getrandom),
    ALLOW(getpid),
    ALLOW(gettid),
    ALLOW(getrusage),
    ALLOW(sysinfo),
    ALLOW(uname),

    /* signals and the end (tgkill, prctl: below) */
    ALLOW(rt_sigaction),
    ALLOW(rt_sigprocmask),
    ALLOW(rt_sigreturn),
    ALLOW(sigaltstack),
    ALLOW(restart_syscall),
    ALLOW(exit),
    ALLOW(exit_group),

    /* libraries try these and do without */
    REFUSE(open, EACCES),
    REFUSE(openat, EACCES),
    REFUSE(newfstatat, EACCES),
    REFUSE(access, EACCES),
    REFUSE(readlink, EACCES),
    REFUSE(unlink, EACCES),

    END(execve),
    END(execveat),
    END(fork),
    END(vfork),
    END(socket),
    END(socketpair),
    END(connect),
    END(bind),
    END(listen),
    END(accept),
    END(accept4),
    END(sendto),
    END(sendmsg),
    END(recvmsg),
    END(kill),
    END(tkill),
    END(pidfd_send_signal),
    END(pidfd_getfd),
    END(ptrace),
    END(process_vm_readv),
    END(process_vm_writev),
    END(io_uring_setup),
    END(memfd_create),
    END(bpf),
    END(mount),
    END(unshare),
    END(setns),
    END(userfaultfd),
    END(perf_event_open),
    END(keyctl),
    END(add_key),
    END(setuid),
    END(setgid),
    END(prlimit64),
};

/* Allowed or not by an argument: its bits in mask are to be value. */
static const struct {
    int number;
    uint32_t action;
    unsigned arg;
    scmp_datum_t mask, value;
} checked[] = {
    {SCMP_SYS(clone), SCMP_ACT_ALLOW, 0, CLONE_THREAD, CLONE_THREAD},
    {SCMP_SYS(clone), SCMP_ACT_KILL_PROCESS, 0, CLONE_THREAD, 0},
    {SCMP_SYS(prctl), SCMP_ACT_ALLOW, 0, ~(scmp_datum_t)0, PR_SET_NAME},
};

static int
build(scmp_filter_ctx f)
{
    int failed = 0;
    for (size_t i = 0; i < N_ELEMENTS(calls) && failed == 0; i++)
        if (calls[i].number >= 0)
            failed = seccomp_rule_add(f, calls[i].action, calls[i].number, 0);
    for (size_t i = 0; i < N_ELEMENTS(checked) && failed == 0; i++)
        failed = seccomp_rule_add(f, checked[i].action, checked[i].number, 1,
                                  SCMP_CMP(checked[i].arg, SCMP_CMP_MASKED_EQ,
                                           checked[i].mask, checked[i].value));
    if (failed == 0) /* abort(): a signal to nobody but itself */
        failed = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                                  SCMP_CMP(0, SCMP_CMP_EQ, (scmp_datum_t)getpid()));
    return failed;
}

static enum rc
enter_seccomp(struct err *err)
{
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (f == NULL)
        return err_set(err, RC_FAILED, "seccomp: no filter could be made");
    seccomp_attr_set(f, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a tree instead of a list */
    seccomp_attr_set(f, SCMP_FLTATR_CTL_TSYNC, 1);
    int failed = build(f);
    if (failed == 0)
        failed = seccomp_load(f);
    seccomp_release(f);
    return failed == 0 ? RC_OK
                       : err_set(err, RC_FAILED, "seccomp: %s", strerrordesc_np(-failed));
}

enum rc
photo_walls_enter(struct err *err)
{
    if (landlock_abi() == 0)
        return err_set(err, RC_DENIED, "the kernel has no Landlock");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return err_set(err, RC_FAILED, "no-new-privileges: %s", strerrordesc_np(errno));
    TRY(enter_landlock(err));
    if (IS_ASAN)
        return RC_OK;
    TRY(enter_limits(err));
    return enter_seccomp(err);
}
