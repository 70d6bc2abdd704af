/* ops/log.h - one line per event, key=value (logfmt), to standard error.
 *
 * A line begins with time, level and event; values with spaces or quotes are quoted and
 * escaped, control characters and invalid UTF-8 replaced, so no input can forge a line.
 * Personal data (addresses of visitors, query strings, names) is never a value. */
#ifndef OPS_LOG_H
#define OPS_LOG_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_LEVEL__MAX };

/* Lines below this level are dropped. role appears in each line ("worker", "work"). */
void log_init(enum log_level least, const char *role);

/* One event. The rest are pairs of (const char *key, kind-marked value) ended by
 * LOG_END; use the macros:
 *   log_event(LOG_WARN, "worker_died", LOG_I("pid", pid), LOG_Z("signal", name),
 * LOG_END); */
void log_event(enum log_level level, const char *event, ...);
#define LOG_I(key, v) 'i', (const char *)(key), (int64_t)(v)
#define LOG_Z(key, v) 'z', (const char *)(key), (const char *)(v)
#define LOG_S(key, v) 's', (const char *)(key), (v)
/* All of an error: rc, field, text and where in the source it arose. */
#define LOG_ERR(e) 'e', (const struct err *)(e)
#define LOG_END    0

/* The level of a word ("info"), or -1. */
int log_level_read(const char *word);

#endif
