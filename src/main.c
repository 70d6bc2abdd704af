/* main.c - where the program begins: as a CGI when a web server started it as one, else
 * as a command. */
#include "cli/cli.h"

int
main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
