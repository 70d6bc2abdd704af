/* base/err.c - filling a struct err. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void
fill(struct err *err, enum rc rc, const char *file, int line)
{
    err->rc = rc;
    err->file = file;
    err->line = line;
    err->field[0] = '\0';
    err->reason = 0;
    err->place = err->number = 0;
}

/* Texts go to log lines and terminals: nothing in them may start a new line or
 * an escape sequence. */
static void
make_plain(char *p)
{
    for (; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
}

static void
fill_text(struct err *err, const char *fmt, va_list ap)
{
    (void)vsnprintf(err->text, sizeof err->text, fmt, ap);
    make_plain(err->text);
}

enum rc
err_set_at(struct err *err, enum rc rc, const char *file, int line, const char *fmt, ...)
{
    if (err == NULL)
        return rc;
    va_list ap;
    va_start(ap, fmt);
    fill(err, rc, file, line);
    fill_text(err, fmt, ap);
    va_end(ap);
    return rc;
}

enum rc
err_field_at(struct err *err, const char *field, const char *file, int line,
             const char *fmt, ...)
{
    if (err == NULL)
        return RC_INVALID;
    va_list ap;
    va_start(ap, fmt);
    fill(err, RC_INVALID, file, line);
    (void)snprintf(err->field, sizeof err->field, "%s", field);
    make_plain(err->field);
    fill_text(err, fmt, ap);
    va_end(ap);
    return RC_INVALID;
}

enum rc
err_because(struct err *err, enum rc rc, int reason, int64_t place, int64_t number)
{
    if (err == NULL)
        return rc;
    err->reason = reason;
    err->place = place;
    err->number = number;
    return rc;
}

const char *
rc_name(enum rc rc)
{
    static const char *const names[RC__MAX] = {
        [RC_OK] = "ok",           [RC_NOT_FOUND] = "not_found",
        [RC_INVALID] = "invalid", [RC_CONFLICT] = "conflict",
        [RC_DENIED] = "denied",   [RC_LIMIT] = "limit",
        [RC_BUSY] = "busy",       [RC_FAILED] = "failed",
    };
    return (unsigned)rc < RC__MAX ? names[rc] : "unknown";
}
