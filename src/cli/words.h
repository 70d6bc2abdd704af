/* cli/words.h - commands whose first argument says what to do. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include "cli/cli.h"
#include "model/section.h"

enum { CLI_ONE_OR_MORE = -1, CLI_ARGS_MAX = 10000 };

struct cli_word {
    const char *name;
    int n_args; /* after the word; or CLI_ONE_OR_MORE */
    enum rc (*run)(struct cli *c, struct store *st, struct err *err);
};

/* Opens the database for writing and runs the word of the first argument; words end with
 * a NULL name. Returns the exit code. */
int cli_run_word(struct cli *c, const struct cli_word *words);

/* A line about a section. */
void cli_print_section(const struct cli *c, const struct section *s, const char *indent);

#endif
