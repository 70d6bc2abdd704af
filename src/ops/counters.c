/* ops/counters.c - shared counters and their text for /metrics. */
#include "ops/counters.h"

#include <errno.h>
#include <inttypes.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <sys/mman.h>

_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "a lock would not be shared by processes");

/* A cache line each: workers on different cores do not wait for each other's counters. */
struct slot {
    alignas(64) _Atomic int64_t v;
};

struct row {
    const char *metric, *label, *type, *help;
    int64_t scale;
};

static const struct row rows[OPS_COUNTER__MAX] = {
#define COUNTER(n, m, l, t, s, h) \
    [OPS_##n] = {.metric = (m), .label = (l), .type = #t, .help = (h), .scale = (s)},
#include "ops/counters.def"
#undef COUNTER
};

static struct slot own_slots[OPS_COUNTER__MAX];
static struct slot *slots = own_slots;

enum rc
ops_counters_open(struct err *err)
{
    void *p = mmap(NULL, sizeof own_slots, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        return err_set(err, RC_FAILED, "shared memory for counters: %s",
                       strerrordesc_np(errno));
    ops_counters_close();
    slots = p;
    return RC_OK;
}

void
ops_counters_close(void)
{
    if (slots != own_slots)
        munmap(slots, sizeof own_slots);
    slots = own_slots;
}

void
ops_count(enum ops_counter counter, int64_t n)
{
    atomic_fetch_add_explicit(&slots[counter].v, n, memory_order_relaxed);
}

void
ops_count_status(int status)
{
    if (status >= 200 && status < 600)
        ops_count((enum ops_counter)((int)OPS_RESPONSES_2XX + status / 100 - 2), 1);
}

void
ops_set(enum ops_counter counter, int64_t value)
{
    atomic_store_explicit(&slots[counter].v, value, memory_order_relaxed);
}

int64_t
ops_counter(enum ops_counter counter)
{
    return atomic_load_explicit(&slots[counter].v, memory_order_relaxed);
}

static bool
begins_metric(int i)
{
    return i == 0 || strcmp(rows[i].metric, rows[i - 1].metric) != 0;
}

/* Printed in whole numbers: a double would lose the last digits of a large sum. */
static void
add_value(struct buf *out, int64_t v, int64_t scale)
{
    if (scale == 1)
        buf_fmt(out, " %" PRId64 "\n", v);
    else
        buf_fmt(out, " %" PRId64 ".%06" PRId64 "\n", v / scale, v % scale);
}

void
ops_counters_print(struct buf *out)
{
    for (int i = 0; i < OPS_COUNTER__MAX; i++) {
        const struct row *r = &rows[i];
        bool has_label = r->label[0] != '\0';
        if (begins_metric(i))
            buf_fmt(out, "# HELP %s %s\n# TYPE %s %s\n", r->metric, r->help, r->metric,
                    r->type);
        buf_fmt(out, "%s%s%s%s", r->metric, has_label ? "{" : "", r->label,
                has_label ? "}" : "");
        add_value(out, ops_counter((enum ops_counter)i), r->scale);
    }
}
