/* ops/counters.h - numbers that all processes of one `byline serve` add to.
 *
 * They live in one shared mapping that the supervisor makes before it forks, so a worker
 * that dies takes no count with it. The list is ops/counters.def. Adding is one atomic
 * instruction: safe from every process and from signal handlers. */
#ifndef OPS_COUNTERS_H
#define OPS_COUNTERS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum ops_counter {
#define COUNTER(name, metric, label, type, scale, help) OPS_##name,
#include "ops/counters.def"
#undef COUNTER
    OPS_COUNTER__MAX
};

/* The Content-Type of what ops_counters_print writes. */
#define OPS_METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* Makes the shared mapping, all zero; processes forked from now on share it. RC_FAILED
 * when the kernel gives no memory. Without it (commands, plain CGI, tests) counting goes
 * to memory of the process alone. */
enum rc ops_counters_open(struct err *err) MUST_CHECK;

/* Gives the mapping back, in this process only. */
void ops_counters_close(void);

/* Adds n. */
void ops_count(enum ops_counter counter, int64_t n);

/* Adds one to the class of a status: 200 to 2xx. Other than 200..599 counts nowhere. */
void ops_count_status(int status);

/* Sets a gauge. */
void ops_set(enum ops_counter counter, int64_t value);

int64_t ops_counter(enum ops_counter counter);

/* Appends all in Prometheus text format 0.0.4: HELP and TYPE once per metric, then a line
 * per label. The values are read one after another, not as of one instant. */
void ops_counters_print(struct buf *out);

#endif
