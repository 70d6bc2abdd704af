/* cli/cli.c - finding the command, its options and settings, and running it. */
#include <errno.h>
#include <getopt.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/commands.h"
#include "fcgi/cgi.h"
#include "ops/log.h"
#include "web/visit.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/time.h"

static const char usual_config[] = "/etc/byline/byline.conf";

static const struct command *const commands[] = {
#define COMMAND(name) &name,
#include "cli/commands.def"
#undef COMMAND
};

/* Options that every command has. */
static const struct cli_option common[] = {
    {"config", "FILE",
     "settings file (else BYLINE_CONFIG, else /etc/byline/byline.conf)"},
    {"set", "NAME=VALUE", "a setting for this run only; may be repeated"},
    {"help", NULL, "this text"},
    {NULL, NULL, NULL},
};

extern char **environ;

/* ---- usage ---- */

static void
print_options(FILE *to, const struct cli_option *o)
{
    for (; o != NULL && o->name != NULL; o++) {
        char left[48];
        (void)snprintf(left, sizeof left, "--%s%s%s", o->name, o->arg != NULL ? " " : "",
                       o->arg != NULL ? o->arg : "");
        fprintf(to, "  %-26s %s\n", left, o->help);
    }
}

static void
print_usage_line(FILE *to, const struct command *cmd)
{
    fprintf(to, "usage: byline %s [options]%s%s\n", cmd->name,
            cmd->args[0] != '\0' ? " " : "", cmd->args);
}

static void
print_command_help(const struct command *cmd)
{
    print_usage_line(stdout, cmd);
    printf("\n%s.\n", cmd->summary);
    if (cmd->help != NULL)
        printf("\n%s", cmd->help);
    printf("\nOptions:\n");
    print_options(stdout, cmd->options);
    print_options(stdout, common);
}

static void
print_help(FILE *to)
{
    fprintf(to, "byline " BYLINE_VERSION " - the news site of a press office\n\n"
                "usage: byline COMMAND [options] [arguments]\n\n");
    for (size_t i = 0; i < N_ELEMENTS(commands); i++)
        fprintf(to, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
    fprintf(to, "\n`byline COMMAND --help` says more.\n");
}

int
cli_fail(const struct err *err)
{
    fprintf(stderr, "byline: %s\n", err->text);
    return EXIT_FAILED;
}

int
cli_usage(const struct cli *c, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("byline: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    print_usage_line(stderr, c->command);
    fprintf(stderr, "`byline %s --help` says more.\n", c->command->name);
    return EXIT_USAGE;
}

/* ---- options ---- */

static int
add_options(struct option *to, int n, const struct cli_option *from)
{
    for (; from != NULL && from->name != NULL; from++, n++)
        to[n] = (struct option){from->name,
                                from->arg != NULL ? required_argument : no_argument, NULL,
                                n + 256};
    return n;
}

static const struct cli_option *
option_at(const struct command *cmd, int i)
{
    for (const struct cli_option *o = cmd->options; o != NULL && o->name != NULL; o++)
        if (i-- == 0)
            return o;
    return &common[i];
}

static bool
take_option(struct cli *c, const struct cli_option *o, const char *value)
{
    if (c->n_values == CLI_VALUES_MAX)
        return false;
    c->values[c->n_values].option = o;
    c->values[c->n_values++].value = value != NULL ? value : "";
    if (strcmp(o->name, "config") == 0)
        c->config_path = value;
    if (strcmp(o->name, "set") == 0)
        c->sets[c->n_sets++] = value;
    return true;
}

/* argv[0] is the command. Options may stand before, between and after arguments. */
static int
parse(struct cli *c, int argc, char **argv)
{
    struct option all[CLI_OPTIONS_MAX + N_ELEMENTS(common)] = {0};
    int found;
    add_options(all, add_options(all, 0, c->command->options), common);
    opterr = 0;
    optind = 0;
    while ((found = getopt_long(argc, argv, ":", all, NULL)) != -1) {
        if (found == ':')
            return cli_usage(c, "%s needs a value", argv[optind - 1]);
        if (found < 256 && optopt > 0 && optopt < 256)
            return cli_usage(c, "there is no option -%c", optopt);
        if (found < 256)
            return cli_usage(c, "there is no option %s", argv[optind - 1]);
        if (!take_option(c, option_at(c->command, found - 256), optarg))
            return cli_usage(c, "too many options");
    }
    c->args = (const char *const *)(argv + optind);
    c->n_args = argc - optind;
    if (cli_value(c, "help") != NULL)
        return EXIT_DONE;
    if (c->n_args < c->command->min_args)
        return cli_usage(c, "%s is missing", c->command->args);
    if (c->n_args > c->command->max_args)
        return cli_usage(c, "\"%s\" is too much", c->args[c->command->max_args]);
    return EXIT_DONE;
}

const char *
cli_value_at(const struct cli *c, const char *name, int i)
{
    for (int j = 0; j < c->n_values; j++)
        if (strcmp(c->values[j].option->name, name) == 0 && i-- == 0)
            return c->values[j].value;
    return NULL;
}

const char *
cli_value(const struct cli *c, const char *name)
{
    const char *last = NULL, *value;
    for (int i = 0; (value = cli_value_at(c, name, i)) != NULL; i++)
        last = value;
    return last;
}

/* ---- settings ---- */

static void
find_config(struct cli *c)
{
    if (c->config_path == NULL)
        c->config_path = getenv("BYLINE_CONFIG");
    if (c->config_path == NULL && file_exists(usual_config))
        c->config_path = usual_config;
}

enum rc
cli_load_conf(const struct cli *c, struct arena *a, struct conf *out, struct err *err)
{
    struct conf_source from = {c->config_path, (const char *const *)environ, c->sets,
                               c->n_sets};
    return conf_load(&from, a, out, err);
}

/* Asked before root becomes the owner of the database. */
static struct str
login_name(struct arena *a)
{
    const struct passwd *p = getpwuid(getuid());
    return str_copy(a, str_of(p != NULL ? p->pw_name : "unknown"));
}

static enum rc
prepare(struct cli *c, struct err *err)
{
    find_config(c);
    c->user = login_name(&c->arena);
    TRY(hash_init(err));
    TRY(cli_load_conf(c, &c->arena, &c->conf, err));
    web_site(&c->conf, &c->site);
    log_init((enum log_level)log_level_read(c->conf.log_level), c->command->name);
    return RC_OK;
}

/* ---- the program ---- */

static const struct command *
find_command(const char *name)
{
    for (size_t i = 0; i < N_ELEMENTS(commands); i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int
run_command(struct cli *c, int argc, char **argv)
{
    struct err err;
    int code = parse(c, argc, argv);
    if (code != EXIT_DONE)
        return code;
    if (cli_value(c, "help") != NULL) {
        print_command_help(c->command);
        return EXIT_DONE;
    }
    if (!c->command->needs_no_conf && prepare(c, &err) != RC_OK)
        return cli_fail(&err);
    return c->command->run(c);
}

static int
run_cgi(void)
{
    struct command cgi = {.name = "cgi", .args = ""};
    struct cli c = {.command = &cgi};
    struct err err;
    arena_init(&c.arena);
    if (prepare(&c, &err) != RC_OK) {
        fputs("Status: 500 Internal Server Error\r\nContent-Type: text/plain\r\n\r\n"
              "The settings cannot be read.\n",
              stdout);
        return cli_fail(&err);
    }
    int code = fcgi_cgi_once(&c.conf);
    arena_done(&c.arena);
    return code;
}

/* "byline --config FILE serve" is "byline serve --config FILE". How many words of argv
 * the option there takes; 0 when it is none of these. */
static int
leading_words(const char *word)
{
    if (strcmp(word, "--config") == 0 || strcmp(word, "--set") == 0)
        return 2;
    return strncmp(word, "--config=", 9) == 0 || strncmp(word, "--set=", 6) == 0;
}

static int
leading_options(int argc, char **argv)
{
    int at = 1, n;
    while (at < argc && (n = leading_words(argv[at])) > 0)
        at += n;
    return at;
}

/* "byline --help" and "byline --version" are the commands of these names. */
static const char *
command_name(const char *word)
{
    bool is_flag = strcmp(word, "--help") == 0 || strcmp(word, "--version") == 0;
    return is_flag ? word + 2 : word;
}

static int
run_named(int argc, char **argv, int at)
{
    struct cli c = {.command = find_command(command_name(argv[at])),
                    .argv = (const char *const *)argv};
    if (c.command == NULL) {
        fprintf(stderr, "byline: there is no command \"%s\"\n\n", argv[at]);
        print_help(stderr);
        return EXIT_USAGE;
    }
    arena_init(&c.arena);
    char **words = arena_array(&c.arena, char *, argc + 1);
    int n = 0;
    words[n++] = argv[at];
    for (int i = 1; i < argc; i++)
        if (i != at)
            words[n++] = argv[i];
    int code = run_command(&c, n, words);
    arena_done(&c.arena);
    return code;
}

static int
run_command_line(int argc, char **argv)
{
    int at = leading_options(argc, argv);
    if (at < argc)
        return run_named(argc, argv, at);
    print_help(stderr);
    return EXIT_USAGE;
}

/* What could not be written was not done. */
static int
flush_output(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    fprintf(stderr, "byline: standard output: %s\n", strerrordesc_np(errno));
    return code == EXIT_DONE ? EXIT_FAILED : code;
}

int
cli_main(int argc, char **argv)
{
    signal(SIGXFSZ, SIG_IGN); /* a file over the limit is an error, not the end */
    return flush_output(fcgi_is_cgi() ? run_cgi() : run_command_line(argc, argv));
}

/* ---- the smallest commands ---- */

static int
run_help(struct cli *c)
{
    const struct command *cmd = c->n_args > 0 ? find_command(c->args[0]) : NULL;
    if (c->n_args > 0 && cmd == NULL)
        return cli_usage(c, "there is no command \"%s\"", c->args[0]);
    if (cmd != NULL)
        print_command_help(cmd);
    else
        print_help(stdout);
    return EXIT_DONE;
}

const struct command command_help = {
    .name = "help",
    .args = "[COMMAND]",
    .summary = "list the commands, or explain one",
    .max_args = 1,
    .needs_no_conf = true,
    .run = run_help,
};

static int
run_version(struct cli *c)
{
    (void)c;
    printf("byline %s (schema %d)\n", BYLINE_VERSION, store_schema_version(STORE_NEWS));
    return EXIT_DONE;
}

const struct command command_version = {
    .name = "version",
    .args = "",
    .summary = "print the version of the program and of its database schema",
    .needs_no_conf = true,
    .run = run_version,
};
