/* cli/words.c - running the word of a command. */
#include "cli/words.h"

#include <stdio.h>

int
cli_run_word(struct cli *c, const struct cli_word *words)
{
    struct store *st = NULL;
    struct err err;
    while (words->name != NULL && strcmp(words->name, c->args[0]) != 0)
        words++;
    if (words->name == NULL)
        return cli_usage(c, "there is no \"%s %s\"", c->command->name, c->args[0]);
    bool is_right =
        words->n_args == CLI_ONE_OR_MORE ? c->n_args > 1 : c->n_args == words->n_args + 1;
    if (!is_right && words->n_args == CLI_ONE_OR_MORE)
        return cli_usage(c, "\"%s %s\" takes one more argument, or several",
                         c->command->name, words->name);
    if (!is_right)
        return cli_usage(c, "\"%s %s\" takes %d more argument%s", c->command->name,
                         words->name, words->n_args, words->n_args == 1 ? "" : "s");
    enum rc rc = cli_open_store(c, STORE_WRITE, &st, &err);
    if (rc == RC_OK)
        rc = words->run(c, st, &err);
    store_close(st);
    return rc == RC_OK ? EXIT_DONE : cli_fail(&err);
}

void
cli_print_section(const struct cli *c, const struct section *s, const char *indent)
{
    printf("%s%-24.*s", indent, STR_ARG(s->slug));
    for (int i = 0; i < c->site.n_langs; i++)
        if (s->names[i].n > 0)
            printf("  %.*s=%.*s", STR_ARG(c->site.langs[i].code), STR_ARG(s->names[i]));
    putchar('\n');
}
