/* cli/commands.h - every command there is; see cli/commands.def. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/cli.h"

#define COMMAND(name) extern const struct command name;
#include "cli/commands.def"
#undef COMMAND

#endif
