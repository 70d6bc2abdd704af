/* fcgi/sandbox.c - which files a role may touch (Landlock) and how much of the machine it
 * may take (resource limits); the filter of system calls is in syscalls.c. */
#include "fcgi/sandbox.h"

#include <errno.h>
#include <libgen.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "fcgi/syscalls.h"
#include "media/helper.h"

#include "base/landlock.h"

#ifdef __SANITIZE_ADDRESS__
enum { IS_ASAN = 1 };
#else
enum { IS_ASAN = 0 };
#endif

/* --- what each role keeps ---------------------------------------------------- */

/* Rights to files. */
enum {
    READ = LANDLOCK_READ_FILE | LANDLOCK_READ_DIR,
    WRITE_FILE = LANDLOCK_WRITE_FILE,
    WRITE = READ | LANDLOCK_WRITE_FILE | LANDLOCK_TRUNCATE | LANDLOCK_REMOVE_FILE |
            LANDLOCK_MAKE_REG,
    /* files go to folders that are made for them */
    PLACE = WRITE | LANDLOCK_MAKE_DIR | LANDLOCK_REFER,
    RUN = READ | LANDLOCK_EXECUTE
};

/* Paths a role may touch: of a setting, or fixed. What is not there is skipped. */
struct grant {
    size_t setting; /* offset in struct conf of a path, when path is NULL */
    const char *path;
    bool is_parent;     /* the folder it lies in */
    const char *suffix; /* of a file that lies beside it */
    unsigned rights[SANDBOX_ROLE__MAX];
};

#define OF_SETTING(name) .setting = offsetof(struct conf, name)

static const struct grant grants[] = {
    /* To visitors' processes the three files by name: accounts.db may lie beside them. A
     * rule holds for the file that is there now; web.c asks for a fresh process when
     * another one has taken its place. */
    {OF_SETTING(database), .rights = {READ, 0, 0}},
    {OF_SETTING(database), .suffix = "-wal", .rights = {READ, 0, 0}},
    {OF_SETTING(database), .suffix = "-shm", .rights = {READ, 0, 0}},
    {OF_SETTING(database), .is_parent = true, .rights = {0, WRITE, WRITE}},
    {OF_SETTING(accounts), .is_parent = true, .rights = {0, WRITE, WRITE}},
    {OF_SETTING(media_dir), .rights = {0, PLACE | LANDLOCK_REMOVE_DIR, READ}},
    {OF_SETTING(originals_dir), .rights = {0, PLACE, PLACE}},
    {OF_SETTING(templates_dir), .rights = {READ, 0, READ}},
    {OF_SETTING(share_dir), .rights = {READ, 0, READ}},
    {.path = "/usr/share/zoneinfo", .rights = {READ, READ, READ}},
    {.path = "/etc/localtime", .rights = {READ, READ, READ}},
    {.path = "/dev/urandom", .rights = {READ, READ, READ, READ}},
    {.path = "/dev/null",
     .rights = {READ | WRITE_FILE, READ | WRITE_FILE, READ | WRITE_FILE,
                READ | WRITE_FILE}},
    /* Of what the photo helper is put together (the program itself: below). */
    {.path = "/usr/lib", .rights = {[SANDBOX_PHOTO] = RUN}},
    {.path = "/usr/lib64", .rights = {[SANDBOX_PHOTO] = RUN}},
    {.path = "/lib", .rights = {[SANDBOX_PHOTO] = RUN}},
    {.path = "/lib64", .rights = {[SANDBOX_PHOTO] = RUN}},
    {.path = "/etc/ld.so.cache", .rights = {[SANDBOX_PHOTO] = READ}},
#ifdef __SANITIZE_ADDRESS__
    {.path = "/proc",
     .rights = {READ, READ, READ, READ}}, /* for the sanitizer's reports */
#endif
};

struct limit {
    int what;
    rlim_t most[SANDBOX_ROLE__MAX];
};

#define MIB ((rlim_t)1 << 20)

/* A request whose memory passes all bounds ends its worker, not the machine. */
static const struct limit limits[] = {
    {RLIMIT_AS, {1024 * MIB, 2048 * MIB, 2048 * MIB, 2048 * MIB}},
    {RLIMIT_NOFILE, {64, 64, 64, 64}},
    {RLIMIT_NPROC, {0, 0, 0, RLIM_INFINITY}},
    {RLIMIT_CORE, {0, 0, 0, 0}},
};

/* --- Landlock ---------------------------------------------------------------- */

static enum rc
add_grant(struct landlock *l, const struct grant *g, const struct conf *conf,
          unsigned rights, struct err *err)
{
    const char *path = g->path;
    char copy[1024];
    if (path == NULL)
        path = *(const char *const *)((const char *)conf + g->setting);
    size_t n = strlen(path);
    const char *suffix = g->suffix != NULL ? g->suffix : "";
    if (n + strlen(suffix) >= sizeof copy)
        return err_set(err, RC_LIMIT, "a path of %zu bytes", n);
    memcpy(copy, path, n);
    memcpy(copy + n, suffix, strlen(suffix) + 1);
    return landlock_allow(l, g->is_parent ? dirname(copy) : copy, rights, err);
}

/* Its folder, in which nothing else lies: a newer package puts another file of the same
 * name there while the program goes on. */
static enum rc
add_program(struct landlock *l, struct err *err)
{
    AT_END(arena_done) struct arena a;
    arena_init(&a);
    const char *program = media_helper_program(&a);
    return landlock_allow(l, dirname(arena_copy(&a, program, strlen(program))), RUN, err);
}

static enum rc
add_grants(struct landlock *l, enum sandbox_role role, const struct conf *conf,
           struct err *err)
{
    for (size_t i = 0; i < N_ELEMENTS(grants); i++)
        if (grants[i].rights[role] != 0)
            TRY(add_grant(l, &grants[i], conf, grants[i].rights[role], err));
    return role == SANDBOX_PHOTO ? add_program(l, err) : RC_OK;
}

static enum rc
enter_landlock(enum sandbox_role role, const struct conf *conf, struct err *err)
{
    struct landlock l;
    TRY(landlock_begin(&l, err));
    enum rc rc = add_grants(&l, role, conf, err);
    if (rc == RC_OK)
        rc = landlock_enter(&l, err);
    landlock_end(&l);
    return rc;
}

/* --- limits ------------------------------------------------------------------ */

static enum rc
enter_limits(enum sandbox_role role, struct err *err)
{
    for (size_t i = 0; i < N_ELEMENTS(limits); i++) {
        struct rlimit l = {limits[i].most[role], limits[i].most[role]};
        if (l.rlim_max != RLIM_INFINITY &&
            setrlimit((__rlimit_resource_t)limits[i].what, &l) != 0)
            return err_set(err, RC_FAILED, "resource limit %d: %s", limits[i].what,
                           strerrordesc_np(errno));
    }
    return RC_OK;
}

/* --- all of it --------------------------------------------------------------- */

struct sandbox_status
fcgi_sandbox_status(void)
{
    return (struct sandbox_status){
        .landlock_abi = landlock_abi(),
        .has_seccomp = fcgi_syscalls_can_filter(),
        .is_asan = IS_ASAN,
    };
}

void
fcgi_sandbox_walls(struct sandbox_wall out[SANDBOX_WALLS])
{
    struct sandbox_status s = fcgi_sandbox_status();
    bool has_calls = s.has_seccomp && !s.is_asan;
    const struct sandbox_wall walls[SANDBOX_WALLS] = {
        {"files", "a worker reads the database and the site's own files, nothing else",
         "Landlock", s.landlock_abi >= 1},
        {"network", "no TCP connection can be made or taken",
         "Landlock from version 4 (Linux 6.7), and the system calls below",
         s.landlock_abi >= 4 || has_calls},
        {"signals", "none to other programs",
         "Landlock from version 6 (Linux 6.12), and the system calls below",
         s.landlock_abi >= 6 || has_calls},
        {"calls", "only the system calls that the work needs", "seccomp", has_calls},
        {"limits", "memory, open files, no new processes, no core dumps",
         "resource limits", !s.is_asan},
    };
    memcpy(out, walls, sizeof walls);
}

enum rc
fcgi_sandbox_check(const struct conf *conf, struct err *err)
{
    struct sandbox_status s = fcgi_sandbox_status();
    if (!conf->sandbox || (s.landlock_abi > 0 && s.has_seccomp))
        return RC_OK;
    return err_set(err, RC_DENIED,
                   "the kernel has no %s; serve without it by "
                   "sandbox = off",
                   s.landlock_abi > 0 ? "seccomp" : "Landlock");
}

enum rc
fcgi_sandbox_enter(enum sandbox_role role, const struct conf *conf, struct err *err)
{
    if (!conf->sandbox)
        return RC_OK;
    TRY(fcgi_sandbox_check(conf, err));
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return err_set(err, RC_FAILED, "no-new-privileges: %s", strerrordesc_np(errno));
    TRY(enter_landlock(role, conf, err));
    if (IS_ASAN)
        return RC_OK;
    TRY(enter_limits(role, err));
    return fcgi_syscalls_filter(role, err);
}
