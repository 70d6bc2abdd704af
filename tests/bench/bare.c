/* bare.c SOCKET PROCESSES FILE - the least a libfcgi program can do: every request is
 * answered with the bytes of FILE (headers and body as a CGI writes them). What Byline
 * costs is measured against it. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcgiapp.h>

static char bytes[1 << 20];

int
main(int argc, char **argv)
{
    FILE *f = argc == 4 ? fopen(argv[3], "rb") : NULL;
    size_t n = f != NULL ? fread(bytes, 1, sizeof bytes, f) : 0;
    if (n == 0 || FCGX_Init() != 0)
        return EXIT_FAILURE;
    setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "50", 1);
    int fd = FCGX_OpenSocket(argv[1], 1024), left = atoi(argv[2]);
    while (left > 1 && fork() != 0)
        left--;
    prctl(PR_SET_PDEATHSIG, 9);
    FCGX_Request r;
    FCGX_InitRequest(&r, fd, 0);
    while (FCGX_Accept_r(&r) == 0) {
        FCGX_PutStr(bytes, (int)n, r.out);
        FCGX_Finish_r(&r);
    }
    return EXIT_SUCCESS;
}
