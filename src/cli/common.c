/* cli/common.c - what several commands need: the database, its owner, times. */
#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

#include "base/time.h"

/* The file itself, else the nearest folder above it that is there. */
static int
stat_nearest(const char *path, struct stat *out)
{
    char up[PATH_MAX];
    int n = snprintf(up, sizeof up, "%s", path);
    if (n < 0 || (size_t)n >= sizeof up) {
        errno = ENAMETOOLONG;
        return -1;
    }
    while (stat(up, out) != 0) {
        char *slash = strrchr(up, '/');
        if (errno != ENOENT || slash == NULL || slash == up)
            return -1;
        *slash = '\0';
    }
    return 0;
}

enum rc
cli_become_owner(const char *path, struct err *err)
{
    struct stat info;
    if (geteuid() != 0)
        return RC_OK;
    if (stat_nearest(path, &info) != 0)
        return err_set(err, RC_FAILED, "%s: %s", path, strerrordesc_np(errno));
    if (info.st_uid == 0)
        return RC_OK;
    if (setgroups(0, NULL) != 0 || setgid(info.st_gid) != 0 || setuid(info.st_uid) != 0)
        return err_set(err, RC_FAILED, "cannot act as the owner of %s: %s", path,
                       strerrordesc_np(errno));
    return RC_OK;
}

enum rc
cli_open_store(struct cli *c, enum store_mode mode, struct store **out, struct err *err)
{
    TRY(cli_become_owner(c->conf.database, err));
    enum rc rc = store_open(c->conf.database, mode, out, err);
    if (rc == RC_NOT_FOUND)
        return err_set(err, RC_NOT_FOUND,
                       "there is no database %s: make one with "
                       "`byline init`",
                       c->conf.database);
    return rc;
}

struct actor
cli_actor(const struct cli *c)
{
    return (struct actor){.name = c->user, .origin = STR("command line")};
}

enum rc
cli_time(const struct cli *c, int64_t now, int64_t *out, struct err *err)
{
    const char *at = cli_value(c, "at");
    bool is_date_only;
    *out = now;
    return at != NULL ? time_read(str_of(at), out, &is_date_only, err) : RC_OK;
}
