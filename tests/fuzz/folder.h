/* tests/fuzz/folder.h - a folder for targets that read a file, gone when they end. */
#ifndef TESTS_FUZZ_FOLDER_H
#define TESTS_FUZZ_FOLDER_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

static char folder_path[] = P_tmpdir "/byline-fuzz-XXXXXX";
static char folder_inner[sizeof folder_path + 32], folder_file[sizeof folder_path + 64];

static void
folder_end(void)
{
    (void)unlink(folder_file);
    (void)rmdir(folder_inner);
    (void)rmdir(folder_path);
}

/* Puts the bytes into inner/name of the folder. Returns the folder. */
static inline struct str
folder_put(const char *inner, const char *name, const uint8_t *data, size_t n)
{
    if (folder_file[0] == '\0') {
        if (mkdtemp(folder_path) == NULL)
            abort();
        snprintf(folder_inner, sizeof folder_inner, "%s/%s", folder_path, inner);
        snprintf(folder_file, sizeof folder_file, "%s/%s", folder_inner, name);
        if (mkdir(folder_inner, 0700) != 0)
            abort();
        atexit(folder_end);
    }
    int fd = open(folder_file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, data, n) != (ssize_t)n || close(fd) != 0)
        abort();
    return str_of(folder_path);
}

#endif
