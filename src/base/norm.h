/* base/norm.h - one form for texts that look the same, by ICU (Unicode TR15, TR21). */
#ifndef BASE_NORM_H
#define BASE_NORM_H

#include "base/err.h"
#include "base/str.h"

/* Texts longer than this many bytes are refused with RC_LIMIT. */
enum { NORM_MAX = 4096 };

/* Normal form C of a valid UTF-8 text. RC_LIMIT, RC_FAILED. */
enum rc norm_nfc(struct arena *a, struct str s, struct str *out,
                 struct err *err) MUST_CHECK;

/* The same without regard to case (full case folding, then NFC): two texts that differ
 * only in case or in the spelling of their letters give the same. RC_LIMIT, RC_FAILED. */
enum rc norm_fold(struct arena *a, struct str s, struct str *out,
                  struct err *err) MUST_CHECK;

/* The same two into memory that leaves no copy elsewhere: for passwords.
 *   to    size bytes; *n is what was used. RC_LIMIT when it does not fit.
 * Everything used on the way is wiped. */
enum rc norm_nfc_secret(struct str s, char *to, size_t size, size_t *n,
                        struct err *err) MUST_CHECK;
enum rc norm_fold_secret(struct str s, char *to, size_t size, size_t *n,
                         struct err *err) MUST_CHECK;

#endif
