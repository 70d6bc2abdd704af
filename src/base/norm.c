/* base/norm.c - normal forms. */
#include "base/norm.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/hash.h"

/* A character of one UTF-16 unit can become 18 at most in any normal form or folding
 * (Unicode TR15, "maximum expansion factors"); for NFC of UTF-16 it is 3. */
enum { UNITS = NORM_MAX * 4, BYTES = UNITS * 3 };

struct units {
    UChar p[UNITS];
    int32_t n;
};

static bool
is_good(UErrorCode e, struct err *err)
{
    if (U_SUCCESS(e))
        return true;
    err_set(err, e == U_BUFFER_OVERFLOW_ERROR ? RC_LIMIT : RC_FAILED, "ICU: %s",
            u_errorName(e));
    return false;
}

static bool
read_units(struct str s, struct units *to, struct err *err)
{
    UErrorCode e = U_ZERO_ERROR;
    u_strFromUTF8(to->p, UNITS, &to->n, s.p, (int32_t)s.n, &e);
    return is_good(e, err);
}

static bool
compose(const struct units *from, struct units *to, struct err *err)
{
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
    to->n = unorm2_normalize(nfc, from->p, from->n, to->p, UNITS, &e);
    return is_good(e, err);
}

static bool
fold(const struct units *from, struct units *to, struct err *err)
{
    UErrorCode e = U_ZERO_ERROR;
    to->n = u_strFoldCase(to->p, UNITS, from->p, from->n, U_FOLD_CASE_DEFAULT, &e);
    return is_good(e, err);
}

static bool
write_bytes(const struct units *from, char *to, size_t size, size_t *n, struct err *err)
{
    UErrorCode e = U_ZERO_ERROR;
    int32_t used = 0;
    u_strToUTF8(to, (int32_t)size, &used, from->p, from->n, &e);
    *n = (size_t)used;
    return is_good(e, err);
}

/* Composed before and after folding: a folded letter may be composed anew with what
 * follows. */
static bool
convert(struct str s, bool is_folded, struct units work[2], struct err *err)
{
    if (!read_units(s, &work[0], err) || !compose(&work[0], &work[1], err))
        return false;
    return !is_folded ||
           (fold(&work[1], &work[0], err) && compose(&work[0], &work[1], err));
}

/* Too long a text is refused before ICU sees it. */
static enum rc
norm(struct str s, bool is_folded, char *to, size_t size, size_t *n, struct err *err)
{
    struct units work[2];
    struct err why;
    if (s.n > NORM_MAX)
        return err_set(err, RC_LIMIT, "a text of more than %d bytes", NORM_MAX);
    bool is_done =
        convert(s, is_folded, work, &why) && write_bytes(&work[1], to, size, n, &why);
    hash_wipe(work, sizeof work);
    if (!is_done)
        *n = 0;
    return is_done ? RC_OK : err_set(err, why.rc, "%s", why.text);
}

static enum rc
norm_copy(struct arena *a, struct str s, bool is_folded, struct str *out, struct err *err)
{
    char bytes[BYTES];
    size_t n = 0;
    TRY(norm(s, is_folded, bytes, sizeof bytes, &n, err));
    *out = str_copy(a, (struct str){bytes, n});
    return RC_OK;
}

enum rc
norm_nfc(struct arena *a, struct str s, struct str *out, struct err *err)
{
    return norm_copy(a, s, false, out, err);
}

enum rc
norm_fold(struct arena *a, struct str s, struct str *out, struct err *err)
{
    return norm_copy(a, s, true, out, err);
}

enum rc
norm_nfc_secret(struct str s, char *to, size_t size, size_t *n, struct err *err)
{
    return norm(s, false, to, size, n, err);
}

enum rc
norm_fold_secret(struct str s, char *to, size_t size, size_t *n, struct err *err)
{
    return norm(s, true, to, size, n, err);
}
