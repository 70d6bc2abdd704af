/* cli/desk.h - the words of `byline item` that are the newsroom's. */
#ifndef CLI_DESK_H
#define CLI_DESK_H

#include "cli/cli.h"

/* Each runs with the words of the command line in c->args. */
enum rc cli_item_add(struct cli *c, struct store *st, struct err *err) MUST_CHECK;
enum rc cli_item_step(struct cli *c, struct store *st, struct err *err) MUST_CHECK;
enum rc cli_item_history(struct cli *c, struct store *st, struct err *err) MUST_CHECK;
enum rc cli_item_diff(struct cli *c, struct store *st, struct err *err) MUST_CHECK;
enum rc cli_item_correct(struct cli *c, struct store *st, struct err *err) MUST_CHECK;
enum rc cli_item_restore(struct cli *c, struct store *st, struct err *err) MUST_CHECK;

#endif
