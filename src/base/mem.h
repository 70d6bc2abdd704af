/* base/mem.h - the only door to the heap.
 *
 * Memory is had or the process ends: a worker that cannot allocate logs one line
 * and dies, and the supervisor starts another. So nobody checks for NULL. Tests
 * can make the n-th allocation fail and catch it. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* size bytes (0 counts as 1), never NULL, contents undefined; free with mem_free. */
void *mem_alloc(size_t size);

/* Resizes what mem_alloc or mem_resize returned (NULL allocates), never NULL. */
void *mem_resize(void *old, size_t size);

/* Gives back; NULL is fine. */
void mem_free(void *p);

/* What runs when memory cannot be had, with the size asked for; it must not
 * return. NULL restores the default: a line on standard error, then abort(). */
void mem_on_failure(void (*fn)(size_t size));

/* Makes the n-th allocation from now on fail (1 = the next one, 0 = none).
 * For the allocation-failure tests. */
void mem_fail_at(long n);

/* How many blocks are out. For tests that look for leaks. */
long mem_blocks(void);

#endif
