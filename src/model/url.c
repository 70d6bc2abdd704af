/* model/url.c - the address builder. */
#include "model/url.h"

#include "base/buf.h"
#include "base/compiler.h"
#include "base/utf8.h"

/* "" for the default language, else "/ru". */
static struct str
prefix(struct arena *a, const struct site *s, int lang)
{
    return lang == 0 ? STR("") : str_fmt(a, "/%.*s", STR_ARG(s->langs[lang].code));
}

struct str
url_home(struct arena *a, const struct site *s, int lang)
{
    return str_fmt(a, "%.*s/", STR_ARG(prefix(a, s, lang)));
}

struct str
url_all(struct arena *a, const struct site *s, int lang)
{
    return str_fmt(a, "%.*s/news/", STR_ARG(prefix(a, s, lang)));
}

struct str
url_corrections(struct arena *a, const struct site *s, int lang)
{
    return str_fmt(a, "%.*s/corrections/", STR_ARG(prefix(a, s, lang)));
}

struct str
url_year(struct arena *a, const struct site *s, int lang, int year)
{
    return str_fmt(a, "%.*s/news/%04d/", STR_ARG(prefix(a, s, lang)), year);
}

struct str
url_month(struct arena *a, const struct site *s, int lang, int year, int month)
{
    return str_fmt(a, "%.*s/news/%04d/%02d/", STR_ARG(prefix(a, s, lang)), year, month);
}

struct str
url_section(struct arena *a, const struct site *s, int lang, struct str section)
{
    return str_fmt(a, "%.*s/news/%.*s/", STR_ARG(prefix(a, s, lang)), STR_ARG(section));
}

struct str
url_article(struct arena *a, const struct site *s, int lang, struct str section,
            struct str slug)
{
    return str_fmt(a, "%.*s/news/%.*s/%.*s/", STR_ARG(prefix(a, s, lang)),
                   STR_ARG(section), STR_ARG(slug));
}

static bool
is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '.' || c == '_';
}

struct str
url_api_item(struct arena *a, struct str public_id)
{
    struct buf b;
    buf_init(&b, a, 64 + 3 * public_id.n);
    buf_add_z(&b, URL_API_ITEMS);
    for (size_t i = 0; i < public_id.n; i++) {
        char c = public_id.p[i];
        bool is_special = c == '\0' || strchr("/\\%~", c) != NULL || (c == '.' && i == 0);
        if (is_plain(c) && !is_special)
            buf_add_c(&b, c);
        else
            buf_fmt(&b, "%c%02X", is_special ? '~' : '%', (unsigned char)c);
    }
    return buf_str(&b);
}

static int
hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The path is decoded already. */
bool
url_api_id(struct arena *a, struct str segment, struct str *public_id)
{
    char *p = arena_alloc(a, segment.n);
    size_t n = 0;
    for (size_t i = 0; i < segment.n; i++) {
        p[n++] = segment.p[i];
        if (segment.p[i] != '~')
            continue;
        int high = i + 2 < segment.n ? hex_value(segment.p[i + 1]) : -1;
        int low = high >= 0 ? hex_value(segment.p[i + 2]) : -1;
        if (low < 0)
            return false;
        p[n - 1] = (char)(high << 4 | low);
        if ((high << 4 | low) < ' ')
            return false;
        i += 2;
    }
    *public_id = (struct str){p, n};
    return utf8_check(*public_id) == n && utf8_find_control(*public_id) == n;
}

struct str
url_before(struct arena *a, struct str listing, struct cursor c)
{
    return str_fmt(a, "%.*s?before=%.*s", STR_ARG(listing), STR_ARG(cursor_write(a, c)));
}

struct str
url_after(struct arena *a, struct str listing, struct cursor c)
{
    return str_fmt(a, "%.*s?after=%.*s", STR_ARG(listing), STR_ARG(cursor_write(a, c)));
}

struct str
url_manifest(struct arena *a, const struct site *s, int lang)
{
    return str_fmt(a, "%.*s/site.webmanifest", STR_ARG(prefix(a, s, lang)));
}

struct str
url_media(struct arena *a, struct str digest, struct str file)
{
    return str_fmt(a, "/media/%.2s/%.*s/%.*s", digest.p, STR_ARG(digest), STR_ARG(file));
}

struct str
url_absolute(struct arena *a, const struct site *s, struct str path)
{
    return str_fmt(a, "%.*s%.*s", STR_ARG(s->url), STR_ARG(path));
}

/* What stands in no address as it is (RFC 3986 section 2): controls, blanks, delimiters.
 */
static bool
is_address_byte(char c)
{
    return (unsigned char)c > ' ' && c != 0x7f && strchr("\"<>\\^`{|}", c) == NULL;
}

bool
url_is_web(struct str s)
{
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < s.n; i++)
        if (!is_address_byte(s.p[i]))
            return false;
    for (size_t i = 0; i < N_ELEMENTS(schemes); i++)
        if (str_starts(s, str_of(schemes[i])))
            return s.n > strlen(schemes[i]) &&
                   strchr("/?#:", s.p[strlen(schemes[i])]) == NULL;
    return false;
}
