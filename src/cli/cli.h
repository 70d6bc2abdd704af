/* cli/cli.h - the operator's commands.
 *
 * One file per command, each with a constant struct command that says what it is called,
 * takes and does; the list is cli/commands.def. Exit codes: 0 done, 1 failed, 2 wrong
 * use. What was asked for goes to standard output, everything else to standard error. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

#include "conf/conf.h"
#include "model/actor.h"
#include "model/site.h"
#include "store/store.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };
enum { CLI_OPTIONS_MAX = 16, CLI_VALUES_MAX = 64 };

/* An option of a command: "--name" or "--name ARG". */
struct cli_option {
    const char *name, *arg; /* arg NULL: a flag */
    const char *help;
};

struct cli;

struct command {
    const char *name;
    const char *args;                 /* as in the usage line, "FILE..."; "" for none */
    const char *summary;              /* one line */
    const char *help;                 /* more lines, or NULL */
    const struct cli_option *options; /* ended by a NULL name; NULL: none */
    int min_args, max_args;           /* how many args there may be */
    bool needs_no_conf;               /* runs also when the settings are broken */
    int (*run)(struct cli *c);        /* gives the exit code */
};

/* A command under way. */
struct cli {
    const struct command *command;
    struct arena arena;
    const char *const *argv; /* of main */
    const char *config_path; /* --config, BYLINE_CONFIG or the usual one; NULL: none */
    const char *sets[CLI_VALUES_MAX];
    int n_sets;
    struct conf conf;
    struct site site;
    struct str user; /* who runs the command, for revisions: the login name */
    int n_args;
    const char *const *args; /* after the options */
    struct {
        const struct cli_option *option;
        const char *value; /* "" for a flag */
    } values[CLI_VALUES_MAX];
    int n_values;
};

/* Runs the program: CGI, or the command argv names. Returns the exit code. */
int cli_main(int argc, char **argv);

/* The value of an option (the last one given), "" for a flag, NULL when not given; the
 * i-th one of an option that may be repeated. */
const char *cli_value(const struct cli *c, const char *name);
const char *cli_value_at(const struct cli *c, const char *name, int i);

/* Reads settings from where c says into *out (texts in a). For serve's reload too. */
enum rc cli_load_conf(const struct cli *c, struct arena *a, struct conf *out,
                      struct err *err) MUST_CHECK;

/* Says "byline: text" on standard error. Returns EXIT_FAILED, so that it can end a run.
 */
int cli_fail(const struct err *err);
/* The same with the command's usage: EXIT_USAGE. */
int cli_usage(const struct cli *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* As root, becomes the owner of a file (or of its folder when there is none yet), so that
 * nothing it makes is left unreadable for the service. Does nothing for others. */
enum rc cli_become_owner(const char *path, struct err *err) MUST_CHECK;

/* Opens the database of the settings for a command that writes, or that only reads. */
enum rc cli_open_store(struct cli *c, enum store_mode mode, struct store **out,
                       struct err *err) MUST_CHECK;

/* Who does what the command does. */
struct actor cli_actor(const struct cli *c);

/* Reads --at as time_read does; now when it is not given. */
enum rc cli_time(const struct cli *c, int64_t now, int64_t *out,
                 struct err *err) MUST_CHECK;

#endif
