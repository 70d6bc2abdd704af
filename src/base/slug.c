/* base/slug.c - address words from titles. */
#include "base/slug.h"

#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/compiler.h"
#include "base/utf8.h"

/* Far more than SLUG_MAX letters of any script need; bounds the work on a huge title. */
enum { TITLE_MAX = 1024 };

/* Marks that stand for no letter vanish before anything could make them a hyphen: the
 * primes for hard and soft sign, the half rings of Semitic scripts, loose accents. */
#define TO_ASCII "[[:Lm:][:Mn:]] Remove; Latin-ASCII; Lower"

/* One row per way of writing with Latin letters; the last takes all languages. Any-Latin
 * after the Russian rules is for letters of other scripts in a Russian title. */
static struct scheme {
    struct str lang;
    const char *id;
    UTransliterator *opened; /* on first use, kept to the end of the process */
} schemes[] = {
    {STR_INIT("ru"), "NFC; Russian-Latin/BGN; Any-Latin; " TO_ASCII, NULL},
    {STR_INIT(""), "NFC; Any-Latin; " TO_ASCII, NULL},
};

/* "ru" stands for "ru-BY" as well. */
static struct scheme *
scheme_for(struct str lang)
{
    struct str language = str_cut(&lang, '-');
    struct scheme *s = schemes;
    while (s->lang.n > 0 && !str_eq(s->lang, language))
        s++;
    return s;
}

static enum rc
open_scheme(struct scheme *s, struct err *err)
{
    if (s->opened != NULL)
        return RC_OK;
    UChar id[128];
    UErrorCode e = U_ZERO_ERROR;
    u_uastrcpy(id, s->id); /* ASCII, and shorter: the table is above */
    s->opened = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
    if (U_FAILURE(e))
        return err_set(err, RC_FAILED, "ICU transliterator %s: %s", s->id,
                       u_errorName(e));
    return RC_OK;
}

/* A text as ICU keeps it, with room to grow. */
struct utf16 {
    UChar *p;
    int32_t n, size;
};

static struct utf16
to_utf16(struct arena *a, struct str s, int32_t size, UErrorCode *e)
{
    struct utf16 t = {.p = arena_array(a, UChar, size), .size = size};
    u_strFromUTF8(t.p, size, &t.n, s.p, (int32_t)s.n, e);
    return t;
}

/* The title in lower-case ASCII, as far as ICU knows its letters; the rest unchanged. */
static enum rc
transliterate(struct arena *a, const UTransliterator *t, struct str title,
              struct utf16 *out, struct err *err)
{
    UErrorCode e = U_ZERO_ERROR;
    int32_t size = (int32_t)title.n + 64;
    do { /* one sign may become a word of many letters */
        size *= 4;
        e = U_ZERO_ERROR;
        *out = to_utf16(a, title, size, &e);
        int32_t limit = out->n;
        utrans_transUChars(t, out->p, &out->n, out->size, 0, &limit, &e);
    } while (e == U_BUFFER_OVERFLOW_ERROR && size < 64 * TITLE_MAX);
    if (U_FAILURE(e))
        return err_set(err, RC_FAILED, "transliteration: %s", u_errorName(e));
    return RC_OK;
}

static bool
is_slug_char(unsigned c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Keeps a-z 0-9, makes each run of anything else one inner hyphen; at most size bytes. */
static size_t
hyphenate(const struct utf16 *t, char *to, size_t size)
{
    size_t n = 0;
    for (int32_t i = 0; i < t->n && n < size; i++)
        if (is_slug_char(t->p[i]))
            to[n++] = (char)t->p[i];
        else if (n > 0 && to[n - 1] != '-')
            to[n++] = '-';
    return n;
}

/* Cuts to SLUG_MAX before a word that would be broken; one endless word is broken. */
static size_t
cut_at_word(const char *p, size_t n)
{
    if (n > SLUG_MAX) {
        n = SLUG_MAX;
        size_t hyphen = p[n] == '-' ? n : n - 1;
        while (hyphen > 0 && p[hyphen] != '-')
            hyphen--;
        n = hyphen > 0 ? hyphen : n;
    }
    return n > 0 && p[n - 1] == '-' ? n - 1 : n;
}

enum rc
slug_make(struct arena *a, struct str title, struct str lang, struct str *out,
          struct err *err)
{
    struct scheme *s = scheme_for(lang);
    TRY(open_scheme(s, err));
    struct utf16 t;
    TRY(transliterate(a, s->opened, utf8_cut(title, TITLE_MAX), &t, err));
    char slug[SLUG_MAX + 2];
    size_t n = hyphenate(&t, slug, sizeof slug);
    n = cut_at_word(slug, n);
    *out = n > 0 ? str_copy(a, (struct str){slug, n}) : STR("item");
    return RC_OK;
}

bool
slug_is_valid(struct str s)
{
    if (s.n == 0 || s.n > SLUG_MAX || s.p[0] == '-' || s.p[s.n - 1] == '-')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        bool is_single_hyphen = s.p[i] == '-' && s.p[i - 1] != '-';
        if (!is_slug_char((unsigned char)s.p[i]) && !is_single_hyphen)
            return false;
    }
    return true;
}
