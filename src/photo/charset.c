/* photo/charset.c - old texts without a mark of their character set. */
#include "photo/charset.h"

#include "base/buf.h"
#include "base/utf8.h"

/* ---- guessing ---- */

static bool
is_ascii_letter(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool
is_high_letter(unsigned char c)
{
    return (c >= 0xc0 && c != 0xd7 && c != 0xf7) || c == 0xa8 || c == 0xb8;
}

static bool
is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] > 0x7f)
            return false;
    return true;
}

static bool
is_cyrillic(struct str s)
{
    size_t together = 0, mixed = 0;
    for (size_t i = 1; i < s.n; i++) {
        unsigned char a = (unsigned char)s.p[i - 1], b = (unsigned char)s.p[i];
        together += is_high_letter(a) && is_high_letter(b);
        mixed += (is_high_letter(a) && is_ascii_letter(b)) ||
                 (is_ascii_letter(a) && is_high_letter(b));
    }
    return together > mixed;
}

/* How many bytes a character that begins with c has. */
static size_t
size_of(unsigned char c)
{
    return c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
}

static bool
begins_character(unsigned char c)
{
    return c >= 0xc2 && c <= 0xf4;
}

struct str
photo_charset_whole(struct str text)
{
    size_t good = utf8_check(text), rest = text.n - good;
    if (rest == 0 || is_ascii(str_sub(text, 0, good)) ||
        !begins_character((unsigned char)text.p[good]) ||
        rest >= size_of((unsigned char)text.p[good]))
        return text;
    for (size_t i = good + 1; i < text.n; i++)
        if (((unsigned char)text.p[i] & 0xc0) != 0x80)
            return text;
    return str_sub(text, 0, good);
}

enum media_charset
photo_charset_guess(struct str all, struct str declared)
{
    if (is_ascii(all))
        return CHARSET_NONE;
    if (utf8_check(all) == all.n)
        return str_eq(declared, STR("\x1b%G")) ? CHARSET_DECLARED : CHARSET_UTF8;
    if (str_eq(declared, STR("\x1b.A")) || str_eq(declared, STR("\x1b-A")))
        return CHARSET_LATIN_1;
    return is_cyrillic(all) ? CHARSET_WINDOWS_1251 : CHARSET_LATIN_1;
}

/* ---- decoding ---- */

/* The index tables of https://encoding.spec.whatwg.org/ as far as they are no range:
 * windows-1251 from 80 to BF (then U+0410 and on), windows-1252 from 80 to 9F (then the
 * byte itself). What is no character there is U+FFFD. */
static const uint16_t windows_1251[64] = {
    0x0402, 0x0403, 0x201a, 0x0453, 0x201e, 0x2026, 0x2020, 0x2021, 0x20ac, 0x2030,
    0x0409, 0x2039, 0x040a, 0x040c, 0x040b, 0x040f, 0x0452, 0x2018, 0x2019, 0x201c,
    0x201d, 0x2022, 0x2013, 0x2014, 0xfffd, 0x2122, 0x0459, 0x203a, 0x045a, 0x045c,
    0x045b, 0x045f, 0x00a0, 0x040e, 0x045e, 0x0408, 0x00a4, 0x0490, 0x00a6, 0x00a7,
    0x0401, 0x00a9, 0x0404, 0x00ab, 0x00ac, 0x00ad, 0x00ae, 0x0407, 0x00b0, 0x00b1,
    0x0406, 0x0456, 0x0491, 0x00b5, 0x00b6, 0x00b7, 0x0451, 0x2116, 0x0454, 0x00bb,
    0x0458, 0x0405, 0x0455, 0x0457,
};
static const uint16_t windows_1252[32] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
    0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

static unsigned
code_point(unsigned char c, enum media_charset charset)
{
    if (c < 0x80)
        return c;
    if (charset == CHARSET_WINDOWS_1251)
        return c < 0xc0 ? windows_1251[c - 0x80] : 0x410U + c - 0xc0;
    return c < 0xa0 ? windows_1252[c - 0x80] : c;
}

static void
add_utf8(struct buf *b, unsigned c)
{
    if (c >= 0x800)
        buf_fmt(b, "%c%c", 0xe0 | c >> 12, 0x80 | (c >> 6 & 0x3f));
    else if (c >= 0x80)
        buf_add_c(b, (char)(0xc0 | c >> 6));
    buf_add_c(b, (char)(c >= 0x80 ? 0x80 | (c & 0x3f) : c));
}

struct str
photo_charset_decode(struct arena *a, struct str text, enum media_charset charset)
{
    struct buf b;
    if (charset != CHARSET_WINDOWS_1251 && charset != CHARSET_LATIN_1)
        return text;
    buf_init(&b, a, text.n * 3);
    for (size_t i = 0; i < text.n; i++)
        add_utf8(&b, code_point((unsigned char)text.p[i], charset));
    return buf_str(&b);
}
