/* tests/unit/naughty_photo.c - a build of the photo helper that does what it must not:
 * the orders of test_walls.c. What comes back with an error is answered as {"errno": n}.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "photo/order.h"
#include "photo/walls.h"

/* How each deed is done: below 0 with errno when it is refused. */
static long
open_to_read(void)
{
    return open("/etc/passwd", O_RDONLY | O_CLOEXEC);
}

static long
open_to_write(void)
{
    return open("/tmp/byline-naughty", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

static long
open_by_openat2(void)
{
    struct {
        uint64_t flags, mode, resolve;
    } how = {O_RDONLY, 0, 0};
    return syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", &how, sizeof how);
}

static long
look_around(void)
{
    struct stat st;
    return stat("/etc/passwd", &st);
}

static long
duplicate(void)
{
    return dup(STDIN_FILENO);
}

static long
use_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0);
}

static long
use_unix_socket(void)
{
    int fd[2];
    return socketpair(AF_UNIX, SOCK_STREAM, 0, fd);
}

static long
connect_somewhere(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80)};
    return connect(STDIN_FILENO, (struct sockaddr *)&to, sizeof to);
}

static long
split(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid;
}

static long
split_by_call(void)
{
    long pid = syscall(SYS_fork);
    if (pid == 0)
        _exit(0);
    return pid;
}

static long
run_program(void)
{
    char *const argv[] = {(char *)"true", NULL};
    return execve("/bin/true", argv, argv + 1);
}

static long
signal_starter(void)
{
    return kill(getppid(), SIGTERM);
}

static long
trace_starter(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

/* Two times half of it is more than is left. */
static long
take_memory(void)
{
    size_t n = (size_t)PHOTO_MEMORY_MIB << 19;
    for (int i = 0; i < 2; i++)
        if (mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
            MAP_FAILED)
            return -1;
    return 0;
}

static long
answer_much(void)
{
    lseek(STDOUT_FILENO, (off_t)PHOTO_ANSWER_MIB << 20, SEEK_SET);
    return write(STDOUT_FILENO, "x", 1);
}

static long
spin(void)
{
    for (volatile long i = 0; i >= 0; i++)
        ;
    return 0;
}

static long
sleep_long(void)
{
    struct timespec t = {.tv_sec = 100};
    return nanosleep(&t, NULL);
}

static enum rc
answer(long result, struct photo_answer *out)
{
    json_object_set_new(out->json, "errno", json_integer(result < 0 ? errno : 0));
    return RC_OK;
}

#define DEED(fn)                                                                  \
    static enum rc do_##fn(const struct photo_order *o, struct photo_answer *out, \
                           struct err *err)                                       \
    {                                                                             \
        (void)o, (void)err;                                                       \
        return answer(fn(), out);                                                 \
    }

#define DEEDS(X)         \
    X(open_to_read)      \
    X(open_to_write)     \
    X(open_by_openat2)   \
    X(look_around)       \
    X(duplicate)         \
    X(use_socket)        \
    X(use_unix_socket)   \
    X(connect_somewhere) \
    X(split)             \
    X(split_by_call)     \
    X(run_program)       \
    X(signal_starter)    \
    X(trace_starter)     \
    X(take_memory)       \
    X(answer_much)       \
    X(spin)              \
    X(sleep_long)

DEEDS(DEED)

#define ROW(fn) {#fn, do_##fn},
const struct photo_duty photo_duties[] = {DEEDS(ROW){NULL, NULL}};
