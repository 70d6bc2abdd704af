/* cli/print.c - commands that print a table of the program: settings, routes. */
#include <stdio.h>

#include "cli/commands.h"
#include "web/route.h"

enum { PRINT_MAX = 256 * 1024 };

static int
print(const struct buf *b)
{
    struct str s = buf_str(b);
    return fwrite(s.p, 1, s.n, stdout) == s.n ? EXIT_DONE : EXIT_FAILED;
}

static int
run_settings(struct cli *c)
{
    struct buf out;
    buf_init(&out, &c->arena, PRINT_MAX);
    if (cli_value(c, "markdown") != NULL)
        conf_print_docs(&out);
    else
        conf_print_sample(&out);
    return print(&out);
}

static int
run_routes(struct cli *c)
{
    struct buf out;
    buf_init(&out, &c->arena, PRINT_MAX);
    route_print(&out, cli_value(c, "markdown") != NULL);
    return print(&out);
}

static const struct cli_option options[] = {
    {"markdown", NULL, "as a Markdown table, as in the docs"},
    {NULL, NULL, NULL},
};

const struct command command_settings = {
    .name = "settings",
    .args = "",
    .summary = "print a commented settings file with all defaults",
    .options = options,
    .needs_no_conf = true,
    .run = run_settings,
};

const struct command command_routes = {
    .name = "routes",
    .args = "",
    .summary = "print every address the program answers",
    .options = options,
    .needs_no_conf = true,
    .run = run_routes,
};
