/* base/err.h - how a function says that it did not succeed.
 *
 * Fallible functions return enum rc and take a struct err last. Expected
 * outcomes have a code of their own; everything broken is RC_FAILED. An error is
 * returned or logged, never both: only the outermost layer logs. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdint.h>

#include "base/compiler.h"

enum rc {
    RC_OK,
    RC_NOT_FOUND, /* what was asked for is not there (or may not be known) */
    RC_INVALID,   /* the input is wrong; err.field names which one */
    RC_CONFLICT,  /* the state of things forbids it (taken slug, stale version) */
    RC_DENIED,    /* not allowed */
    RC_LIMIT,     /* larger, longer or deeper than we accept */
    RC_BUSY,      /* try again later */
    RC_FAILED,    /* broken: disk, database, program */
    RC__MAX
};

/* Filled by whoever returns something else than RC_OK; the caller owns it. */
struct err {
    enum rc rc;
    int line;         /* where in our source it arose */
    const char *file; /* static storage */
    char field[48];   /* RC_INVALID: which input, "" if none */
    char text[400];   /* one line for the log or the operator: what and which */
    int reason;       /* the same for who has other words: see err_because; 0: none */
    int64_t place, number;
};

/* Fills err (which may be NULL) and returns rc, so that `return err_set(...)` reads
 * as one step. The text is cut to fit and control characters become spaces. */
#define err_set(err, rc, ...) err_set_at((err), (rc), __FILE__, __LINE__, __VA_ARGS__)
enum rc err_set_at(struct err *err, enum rc rc, const char *file, int line,
                   const char *fmt, ...) PRINTF_LIKE(5, 6);

/* Same, naming the input that is wrong. */
#define err_field(err, field, ...) \
    err_field_at((err), (field), __FILE__, __LINE__, __VA_ARGS__)
enum rc err_field_at(struct err *err, const char *field, const char *file, int line,
                     const char *fmt, ...) PRINTF_LIKE(5, 6);

/* Adds to an err (which may be NULL) just filled why it is, for those who tell it in
 * other words than its text. Returns rc. reason         a constant of the caller's layer
 * or one below, never 0 place, number  what the words name: a line from 1 (0: none), and
 * one number */
enum rc err_because(struct err *err, enum rc rc, int reason, int64_t place,
                    int64_t number);

/* The code's name in lower case ("not_found"), static storage. */
const char *rc_name(enum rc rc);

/* Passes whatever is not RC_OK upward, untouched. */
#define TRY(expr)                 \
    do {                          \
        enum rc try_rc_ = (expr); \
        if (try_rc_ != RC_OK)     \
            return try_rc_;       \
    } while (0)

#endif
