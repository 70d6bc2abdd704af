/* cli/import.h - importing one file, for `byline import` and `byline init --demo`. */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "cli/cli.h"

struct import_request {
    int fd;            /* the input, from cli_import_open; closed by cli_import */
    const char *path;  /* the JSON Lines file, "-" for standard input */
    const char *media; /* folder that photo files are relative to; NULL: the file's */
    struct str by;     /* who, in the revisions */
    bool create_sections, keep_going, credit_lines;
};

/* Opens the input. To be called before the database is opened: as root we may read more
 * than its owner. */
enum rc cli_import_open(const char *path, int *fd, struct err *err) MUST_CHECK;

/* Imports, with a progress bar, every refused line on standard error and a summary.
 * Returns the exit code. st is open for writing. */
int cli_import(struct cli *c, struct store *st, const struct import_request *r);

#endif
