/* base/str.h - a view of bytes.
 *
 * A struct str points into somebody else's memory and promises no terminator.
 * Inside the program all text is valid UTF-8: it is checked once, where it comes
 * in. An absent text is {NULL, 0}; an empty one has p != NULL. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct str {
    const char *p;
    size_t n;
};

/* A view of a string literal, usable in constant initialisers. */
#define STR(lit) ((struct str){("" lit), sizeof(lit) - 1})
#define STR_INIT(lit)             \
    {                             \
        ("" lit), sizeof(lit) - 1 \
    }
/* For printf: "%.*s". */
#define STR_ARG(s) (int)(s).n, ((s).p != NULL ? (s).p : "")

/* A view of a NUL-terminated text; NULL gives the absent text. */
struct str str_of(const char *z);

bool str_eq(struct str a, struct str b);
bool str_eq_z(struct str a, const char *z);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Bytewise order, as SQL compares text: <0, 0, >0. */
int str_cmp(struct str a, struct str b);

/* The part from byte `from` to the end, or of at most n bytes; bounds are clamped. */
struct str str_from(struct str s, size_t from);
struct str str_sub(struct str s, size_t from, size_t n);

/* Position of the first c (or of the first needle), or s.n if there is none. */
size_t str_find(struct str s, char c);
size_t str_find_str(struct str s, struct str needle);

/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

/* Cuts *rest at the first sep: returns what is before, leaves what is after.
 * With no sep left it returns all of it and *rest becomes absent (p == NULL). */
struct str str_cut(struct str *rest, char sep);

/* A copy in the arena; str_z adds the terminator C libraries want. */
struct str str_copy(struct arena *a, struct str s);
const char *str_z(struct arena *a, struct str s);

/* printf into the arena. */
struct str str_fmt(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Reads a whole decimal number, optional '-', nothing before or after, in lo..hi.
 * Returns false (and leaves *out) otherwise. */
bool str_to_int(struct str s, int64_t lo, int64_t hi, int64_t *out);

#endif
