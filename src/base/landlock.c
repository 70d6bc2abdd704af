/* base/landlock.c - Landlock's interface grows with the kernel: rights are asked for as
 * far as the running kernel knows them, with numbers of our own, because the headers a
 * program is built with say nothing about the kernel it runs on. */
#include "base/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    FILE_ONLY = LANDLOCK_EXECUTE | LANDLOCK_WRITE_FILE | LANDLOCK_READ_FILE |
                LANDLOCK_TRUNCATE /* what fits a plain file */
};

struct ruleset {
    uint64_t fs, net, scoped;
};

/* What each version of the interface added to what can be forbidden; a later version has
 * all of the earlier. Landlock has no version whose bits we may leave out: a right that
 * is not handled is granted. */
struct abi {
    uint64_t fs, net, scoped;
    size_t size; /* of the struct it takes */
};

static const struct abi abis[] = {
    {0x1fff, 0, 0, 8},   /* 1: thirteen rights to files */
    {1 << 13, 0, 0, 8},  /* 2: moving between folders */
    {1 << 14, 0, 0, 8},  /* 3: truncating */
    {0, 3, 0, 16},       /* 4: TCP bind and connect */
    {1 << 15, 0, 0, 16}, /* 5: ioctl of devices */
    {0, 0, 3, 24},       /* 6: abstract Unix sockets and signals to outside */
};

int
landlock_abi(void)
{
    long v =
        syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return v > 0 ? (int)v : 0;
}

static struct ruleset
all_rights(size_t *size)
{
    struct ruleset all = {0};
    int abi = landlock_abi();
    for (int i = 0; i < abi && i < (int)N_ELEMENTS(abis); i++) {
        all.fs |= abis[i].fs;
        all.net |= abis[i].net;
        all.scoped |= abis[i].scoped;
        *size = abis[i].size;
    }
    return all;
}

enum rc
landlock_begin(struct landlock *l, struct err *err)
{
    size_t size = 0;
    struct ruleset all = all_rights(&size);
    l->handled = all.fs;
    l->fd = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
    return l->fd >= 0 ? RC_OK
                      : err_set(err, RC_FAILED, "Landlock: %s", strerrordesc_np(errno));
}

enum rc
landlock_allow(struct landlock *l, const char *path, unsigned rights, struct err *err)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    struct stat st;
    if (fd < 0)
        return RC_OK;
    bool is_file = fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode);
    struct landlock_path_beneath_attr rule = {
        .allowed_access = l->handled & (is_file ? rights & FILE_ONLY : rights),
        .parent_fd = fd,
    };
    long failed =
        syscall(SYS_landlock_add_rule, l->fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    int code = errno;
    close(fd);
    return failed == 0 ? RC_OK
                       : err_set(err, RC_FAILED, "Landlock rule for %s: %s", path,
                                 strerrordesc_np(code));
}

enum rc
landlock_enter(const struct landlock *l, struct err *err)
{
    return syscall(SYS_landlock_restrict_self, l->fd, 0) == 0
               ? RC_OK
               : err_set(err, RC_FAILED, "Landlock: %s", strerrordesc_np(errno));
}

void
landlock_end(struct landlock *l)
{
    close(l->fd);
    l->fd = -1;
}
