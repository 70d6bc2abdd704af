/* gen/tpl_lint_main.c - the template linter as a program of its own, for the build: it
 * must run before there is a library to link with.
 *
 * tpl_lint FILE… says every bad file on standard error and exits with 1 if there was one.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tpl/lint.h"

#include "base/file.h"

enum { TEMPLATE_SIZE_MAX = 1024 * 1024 };

static enum rc
lint_file(const char *path, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct str text;
    arena_init(&a);
    TRY(file_read(&a, path, TEMPLATE_SIZE_MAX, &text, err));
    return tpl_lint(text, path, err);
}

int
main(int argc, char **argv)
{
    int n_bad = 0;
    for (int i = 1; i < argc; i++) {
        struct err err;
        if (lint_file(argv[i], &err) == RC_OK)
            continue;
        (void)fprintf(stderr, "%s\n", err.text);
        n_bad++;
    }
    return n_bad > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
