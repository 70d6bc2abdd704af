/* tests/fuzz/fuzz_cursor.c - any bytes as a cursor: what is read is written the same. */
#include "fuzz.h"
#include "model/cursor.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a AT_END(arena_done);
    struct str s = fuzz_copy(data, n);
    struct cursor c;
    arena_init(&a);
    if (cursor_read(s, &c)) {
        assert(c.tie >= 0);
        assert(str_eq(cursor_write(&a, c), s));
    }
    c.tie = cursor_tie(s); /* the same bytes as somebody's public id */
    c.published_at = (int64_t)n;
    struct cursor again;
    assert(cursor_read(cursor_write(&a, c), &again));
    assert(again.tie == c.tie && again.published_at == c.published_at);
    mem_free((void *)s.p);
    return 0;
}
