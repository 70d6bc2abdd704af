/* tests/unit/golden.h - texts that are compared byte for byte with files of
 * tests/golden. `make golden` writes the files anew; what it changed is then looked at in
 * the diff. Include after cmocka.h. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

enum { GOLDEN_MAX = 200, GOLDEN_BYTES_MAX = 1 << 20 };

/* A folder below tests/golden, and which of its files have been asked for. */
struct golden {
    const char *folder;
    struct arena *a;
    struct str names[GOLDEN_MAX];
    int n;
};

static inline bool
golden_is_written(void)
{
    const char *value = getenv("GOLDEN");
    return value != NULL && strcmp(value, "write") == 0;
}

/* The line of the first difference. */
static inline int
golden_line(struct str have, struct str want)
{
    int line = 1;
    for (size_t i = 0; i < have.n && i < want.n && have.p[i] == want.p[i]; i++)
        line += have.p[i] == '\n';
    return line;
}

static inline void
golden_compare(struct golden *g, struct str name, struct str text)
{
    struct str want;
    struct err err;
    const char *path = str_fmt(g->a, "tests/golden/%s/%.*s", g->folder, STR_ARG(name)).p;
    assert_in_range(g->n, 0, GOLDEN_MAX - 1);
    g->names[g->n++] = name;
    if (golden_is_written() && file_write(path, text, 0644, &err) != RC_OK)
        fail_msg("%s", err.text);
    if (file_read(g->a, path, GOLDEN_BYTES_MAX, &want, &err) != RC_OK)
        fail_msg("%s (run from the project's folder; make golden writes it)", err.text);
    if (!str_eq(text, want))
        fail_msg("%s:%d: differs from what was agreed on (make golden writes it anew)",
                 path, golden_line(text, want));
}

static inline bool
golden_was_asked(const struct golden *g, const char *name)
{
    for (int i = 0; i < g->n; i++)
        if (str_eq_z(g->names[i], name))
            return true;
    return name[0] == '.';
}

/* A file that nothing is compared with any more is none. Call once, at the end. */
static inline void
golden_end(const struct golden *g)
{
    DIR *dir = opendir(str_fmt(g->a, "tests/golden/%s", g->folder).p);
    const struct dirent *e;
    assert_non_null(dir);
    while ((e = readdir(dir)) != NULL)
        if (!golden_was_asked(g, e->d_name) &&
            (!golden_is_written() || unlinkat(dirfd(dir), e->d_name, 0) != 0))
            fail_msg("tests/golden/%s/%s: nothing makes it", g->folder, e->d_name);
    closedir(dir);
}

#endif
