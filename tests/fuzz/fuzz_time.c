/* tests/fuzz/fuzz_time.c - any bytes as a date or a time: what is read is written so that
 * it is read as the same instant. */
#include "fuzz.h"

#include "base/time.h"

static void
check(struct str s)
{
    struct arena a AT_END(arena_done);
    int64_t t, again;
    bool is_date, is_date_again;
    struct err err;
    arena_init(&a);
    enum rc rc = time_read(s, &t, &is_date, &err);
    if (rc == RC_OK) {
        rc = time_read(time_write(&a, t, is_date), &again, &is_date_again, &err);
        assert(rc == RC_OK && again == t && is_date_again == is_date);
    } else {
        fuzz_refused(rc, &err);
    }
    if (time_read_http(s, &t))
        assert(time_read_http(time_http(&a, t), &again) && again == t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    /* One of them per input: setting a zone reads its file. */
    static const char *const zones[] = {"UTC", "Europe/Moscow", "Pacific/Apia",
                                        "America/Sao_Paulo"};
    static unsigned current = N_ELEMENTS(zones);
    struct err err;
    if (n == 0)
        return 0;
    unsigned zone = data[0] % N_ELEMENTS(zones);
    if (zone != current && time_set_zone(zones[zone], &err) != RC_OK)
        return 0;
    current = zone;
    struct str s = fuzz_copy(data + 1, n - 1);
    check(s);
    mem_free((void *)s.p);
    return 0;
}
