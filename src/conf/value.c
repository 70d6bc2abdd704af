/* conf/value.c - what a setting's text may be, type by type.
 *
 * Several values end up in nginx's site file (paths, addresses to listen on, the
 * origin), so their types admit no character that means something there. */
#include <arpa/inet.h>
#include <inttypes.h>

#include "conf/table.h"

#include "base/utf8.h"

struct value_type {
    bool (*read)(const struct conf_setting *s, struct str text, struct arena *a,
                 void *member);
    const char *allowed; /* NULL: made from the limits */
};

static bool
is_in(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool
is_alnum(char c)
{
    return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z');
}

static bool
has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return true;
    return false;
}

static bool
keep(struct str text, struct arena *a, void *member)
{
    *(const char **)member = str_z(a, text);
    return true;
}

static bool
read_text(const struct conf_setting *s, struct str text, struct arena *a, void *member)
{
    (void)s;
    return keep(text, a, member);
}

static bool
read_int(const struct conf_setting *s, struct str text, struct arena *a, void *member)
{
    (void)a;
    return str_to_int(text, s->lo, s->hi, member);
}

static bool
read_bool(const struct conf_setting *s, struct str text, struct arena *a, void *member)
{
    (void)s;
    (void)a;
    bool is_on = str_eq_z(text, "on");
    if (!is_on && !str_eq_z(text, "off"))
        return false;
    *(bool *)member = is_on;
    return true;
}

static bool
read_word(const struct conf_setting *s, struct str text, struct arena *a, void *member)
{
    struct str rest = str_of(s->words);
    while (rest.p != NULL)
        if (str_eq(str_cut(&rest, ' '), text))
            return keep(text, a, member);
    return false;
}

static bool
read_path(const struct conf_setting *s, struct str text, struct arena *a, void *member)
{
    (void)s;
    if (text.p[0] != '/' || text.p[text.n - 1] == '/')
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (is_in(text.p[i], "\"'\\$;{}"))
            return false;
    return keep(text, a, member);
}

/* Labels of letters, digits and inner hyphens with dots between (RFC 1123 section 2.1);
 * an IPv4 address has this form too. */
static bool
is_host_name(struct str host)
{
    struct str rest = host;
    while (rest.p != NULL) {
        struct str label = str_cut(&rest, '.');
        if (label.n == 0 || label.n > 63 || label.p[0] == '-' ||
            label.p[label.n - 1] == '-')
            return false;
        for (size_t i = 0; i < label.n; i++)
            if (!is_alnum(label.p[i]) && label.p[i] != '-')
                return false;
    }
    return host.n <= 253;
}

static bool
is_ipv6(struct str s)
{
    char z[INET6_ADDRSTRLEN];
    struct in6_addr address;
    if (s.n >= sizeof z)
        return false;
    memcpy(z, s.p, s.n);
    z[s.n] = '\0';
    return inet_pton(AF_INET6, z, &address) == 1;
}

static bool
is_port(struct str s)
{
    int64_t port;
    return str_to_int(s, 1, 65535, &port) && s.p[0] != '0';
}

/* Splits host:port or [IPv6]:port; *port is absent (p == NULL) when there is none. */
static bool
is_host_and_port(struct str s, struct str *port)
{
    struct str rest = s;
    if (!str_starts(s, STR("["))) {
        struct str host = str_cut(&rest, ':');
        *port = rest;
        return is_host_name(host);
    }
    rest = str_from(s, 1);
    struct str address = str_cut(&rest, ']');
    if (rest.p == NULL || !is_ipv6(address))
        return false;
    *port = rest.n > 0 ? str_from(rest, 1) : (struct str){NULL, 0};
    return rest.n == 0 || rest.p[0] == ':';
}

static bool
read_origin(const struct conf_setting *s, struct str text, struct arena *a, void *member)
{
    (void)s;
    struct str port, scheme = STR("https://");
    if (!str_starts(text, scheme))
        scheme = STR("http://");
    if (!str_starts(text, scheme) || !is_host_and_port(str_from(text, scheme.n), &port) ||
        (port.p != NULL && !is_port(port)))
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] >= 'A' && text.p[i] <= 'Z')
            return false;
    return keep(text, a, member);
}

static bool
is_listen_word(struct str word)
{
    struct str port;
    if (is_port(word))
        return true;
    if (str_starts(word, STR("*:")))
        return is_port(str_from(word, 2));
    return is_host_and_port(word, &port) && port.p != NULL && is_port(port);
}

static bool
read_listen(const struct conf_setting *s, struct str text, struct arena *a, void *member)
{
    (void)s;
    struct str rest = text;
    while (rest.p != NULL)
        if (!is_listen_word(str_cut(&rest, ' ')))
            return false;
    return keep(text, a, member);
}

/* The part of RFC 5322's addr-spec that mail in fact uses, minus quotes. */
static bool
read_email(const struct conf_setting *s, struct str text, struct arena *a, void *member)
{
    (void)s;
    struct str host = text, local = str_cut(&host, '@');
    if (text.n == 0)
        return keep(text, a, member);
    if (local.n == 0 || local.n > 64 || host.p == NULL || !is_host_name(host))
        return false;
    for (size_t i = 0; i < local.n; i++)
        if (!is_alnum(local.p[i]) && !is_in(local.p[i], "._%+-"))
            return false;
    return keep(text, a, member);
}

/* Only the form: whether tzdata has it is for base/time to say. */
static bool
read_zone(const struct conf_setting *s, struct str text, struct arena *a, void *member)
{
    (void)s;
    if (text.p[0] == '/' || str_find_str(text, STR("..")) < text.n)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (!is_alnum(text.p[i]) && !is_in(text.p[i], "/_+-"))
            return false;
    return keep(text, a, member);
}

/* "api" and "tag" are languages somewhere, but first words of addresses here. */
static bool
is_lang_code(struct str code)
{
    if (code.n < 2 || code.n > 3 || str_eq_z(code, "api") || str_eq_z(code, "tag"))
        return false;
    for (size_t i = 0; i < code.n; i++)
        if (!is_lower(code.p[i]))
            return false;
    return true;
}

static bool
has_lang(const struct conf_langs *langs, struct str code)
{
    for (int i = 0; i < langs->n; i++)
        if (str_eq_z(code, langs->code[i]))
            return true;
    return false;
}

static bool
read_langs(const struct conf_setting *s, struct str text, struct arena *a, void *member)
{
    (void)s;
    struct conf_langs langs = {.n = 0};
    struct str rest = text;
    while (rest.p != NULL) {
        struct str code = str_cut(&rest, ' ');
        if (!is_lang_code(code) || has_lang(&langs, code) || langs.n == CONF_LANGS_MAX)
            return false;
        langs.code[langs.n++] = str_z(a, code);
    }
    *(struct conf_langs *)member = langs;
    return true;
}

static const struct value_type types[CONF_TYPE__MAX] = {
    [CONF_TEXT] = {read_text, NULL},
    [CONF_TEXT_LANG] = {read_text, NULL},
    [CONF_INT] = {read_int, NULL},
    [CONF_BOOL] = {read_bool, "on or off"},
    [CONF_WORD] = {read_word, NULL},
    [CONF_PATH] = {read_path,
                   "an absolute path without a slash at its end, quotes or any "
                   "of \\ $ ; { }"},
    [CONF_ORIGIN] = {read_origin, "http:// or https://, a host in lower case and, if "
                                  "need be, :port; nothing after it"},
    [CONF_LISTEN] = {read_listen, "PORT, ADDRESS:PORT or [IPv6]:PORT, one or more with "
                                  "one space between"},
    [CONF_EMAIL] = {read_email, "a plain mail address, or nothing"},
    [CONF_ZONE] = {read_zone, "a time zone of tzdata, such as Europe/Moscow"},
    [CONF_LANGS] = {read_langs, "1 to 8 different codes of 2 or 3 letters a-z with one "
                                "space between (but not api or tag)"},
};
_Static_assert(CONF_LANGS_MAX == 8, "the text above names the limit");

bool
conf_value_read(const struct conf_setting *s, struct str text, struct arena *a,
                void *member)
{
    bool is_sized = s->type == CONF_INT || s->type == CONF_BOOL;
    if (has_control(text) || utf8_check(text) != text.n)
        return false;
    if (!is_sized && ((int64_t)text.n < s->lo || (int64_t)text.n > s->hi))
        return false;
    return types[s->type].read(s, text, a, member);
}

static void
add_words(const char *words, struct buf *out)
{
    struct str rest = str_of(words);
    const char *before = "one of ";
    while (rest.p != NULL) {
        buf_add_z(out, before);
        buf_add(out, str_cut(&rest, ' '));
        before = ", ";
    }
}

void
conf_value_allowed(const struct conf_setting *s, struct buf *out)
{
    if (s->type == CONF_INT)
        buf_fmt(out, "a whole number from %" PRId64 " to %" PRId64, s->lo, s->hi);
    else if (s->type == CONF_WORD)
        add_words(s->words, out);
    else if (types[s->type].allowed == NULL)
        buf_fmt(out, "one line of %" PRId64 " to %" PRId64 " bytes", s->lo, s->hi);
    else
        buf_add_z(out, types[s->type].allowed);
    if (s->type == CONF_PATH)
        buf_fmt(out, ", of at most %" PRId64 " bytes", s->hi);
}
