/* cli/rebuild.h - `byline photo rebuild`. */
#ifndef CLI_REBUILD_H
#define CLI_REBUILD_H

#include "cli/cli.h"

/* Makes the files of photos that are missing, and with --all or --made-before those that
 * are there. */
enum rc cli_rebuild(struct cli *c, struct store *st, struct err *err) MUST_CHECK;

#endif
