/* tests/fuzz/fuzz_exchange.c - any bytes as a line of an import: what is taken is written
 * so that it is taken again and says the same. */
#include "fuzz.h"
#include "news/exchange.h"

/* The same as a program posts it, and as the newsroom shows it to programs. */
static void
check_draft(struct str line, struct arena *a)
{
    struct exchange x, again;
    struct exchange_desk more = {DESK_SENT_BACK, 3, 1};
    struct err err;
    enum rc rc = exchange_read_draft(line, a, &x, &err);
    if (rc != RC_OK) {
        fuzz_refused(rc, &err);
        return;
    }
    struct str written = exchange_write_desk(&x.item, x.section, &more, a);
    fuzz_clean(written);
    rc = exchange_read_draft(written, a, &again, &err);
    assert(rc == RC_OK && again.item.state == STATE_DRAFT);
    assert(str_eq(exchange_write_desk(&again.item, again.section, &more, a), written));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a AT_END(arena_done);
    struct str line = fuzz_copy(data, n);
    struct exchange x, again;
    struct err err;
    arena_init(&a);
    check_draft(line, &a);
    enum rc rc = exchange_read(line, &a, &x, &err);
    if (rc == RC_OK) {
        struct str written =
            exchange_write_corrected(&x.item, x.section, &x.corrections, &a);
        fuzz_clean(written);
        rc = exchange_read(written, &a, &again, &err);
        assert(rc == RC_OK);
        assert(str_eq(
            exchange_write_corrected(&again.item, again.section, &again.corrections, &a),
            written));
    } else {
        fuzz_refused(rc, &err);
    }
    mem_free((void *)line.p);
    return 0;
}
