/* base/mem.c - heap with a failure hook; malloc is spelt in this file only. */
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/compiler.h"

static NO_RETURN void
die(size_t size)
{
    fprintf(stderr, "event=out_of_memory size=%zu\n", size);
    abort();
}

static void (*on_failure)(size_t) = die;
static long fail_in;
static long n_blocks;

void
mem_on_failure(void (*fn)(size_t))
{
    on_failure = fn != NULL ? fn : die;
}

void
mem_fail_at(long n)
{
    fail_in = n;
}

long
mem_blocks(void)
{
    return n_blocks;
}

static void *
checked(void *p, size_t size)
{
    if (p == NULL) {
        on_failure(size);
        die(size);
    }
    return p;
}

static int
is_made_to_fail(void)
{
    return fail_in > 0 && --fail_in == 0;
}

void *
mem_alloc(size_t size)
{
    void *p = is_made_to_fail() ? NULL : malloc(size > 0 ? size : 1);
    p = checked(p, size);
    n_blocks++;
    return p;
}

void *
mem_resize(void *old, size_t size)
{
    if (old == NULL)
        return mem_alloc(size);
    void *p = is_made_to_fail() ? NULL : realloc(old, size > 0 ? size : 1);
    return checked(p, size);
}

void
mem_free(void *p)
{
    if (p != NULL)
        n_blocks--;
    free(p);
}
