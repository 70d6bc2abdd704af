/* ops/log.c - one line per event, put together on the stack and written at once.
 *
 * One write(2) of less than PIPE_BUF bytes is never mixed with another process's line
 * (POSIX.1-2017, write), so workers share one stream without a lock. Nothing here
 * allocates: the log works when memory does not. */
#include "ops/log.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"
#include "base/utf8.h"

enum {
    LINE_SIZE = 2048,
    TAIL_SIZE = 16, /* kept free for the closing quote, " cut=yes" and the line's end */
    VALUE_MAX = 512 /* so that one long value does not push out all others */
};
_Static_assert((int)LINE_SIZE <= (int)PIPE_BUF, "a line must be written in one piece");

struct line {
    char p[LINE_SIZE];
    size_t n;
    bool is_cut;
};

static const char *const level_words[LOG_LEVEL__MAX] = {
    [LOG_DEBUG] = "debug",
    [LOG_INFO] = "info",
    [LOG_WARN] = "warn",
    [LOG_ERROR] = "error",
};

static enum log_level least_level = LOG_INFO;
static char role_name[24] = "main";

void
log_init(enum log_level least, const char *role)
{
    least_level = least;
    (void)snprintf(role_name, sizeof role_name, "%s", role);
}

int
log_level_read(const char *word)
{
    for (int i = 0; i < LOG_LEVEL__MAX; i++)
        if (strcmp(word, level_words[i]) == 0)
            return i;
    return -1;
}

/* All of it or nothing, and then nothing more: a line ends at a whole character. */
static void
put(struct line *l, struct str s)
{
    if (l->is_cut || l->n + s.n > LINE_SIZE - TAIL_SIZE) {
        l->is_cut = true;
        return;
    }
    memcpy(l->p + l->n, s.p, s.n);
    l->n += s.n;
}

/* Into the space kept free; always fits. */
static void
put_tail(struct line *l, struct str s)
{
    memcpy(l->p + l->n, s.p, s.n);
    l->n += s.n;
}

/* Keys are ours, but a bad one must not break the line either. */
static void
put_key(struct line *l, const char *key)
{
    put(l, STR(" "));
    for (; *key != '\0'; key++) {
        bool is_word = (*key >= 'a' && *key <= 'z') || (*key >= '0' && *key <= '9');
        put(l, is_word ? (struct str){key, 1} : STR("_"));
    }
    put(l, STR("="));
}

/* How many bytes the valid character at the front of s has, 0 if there is none. */
static size_t
char_at(struct str s)
{
    unsigned char c = (unsigned char)s.p[0];
    size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    return n <= s.n && utf8_check(str_sub(s, 0, n)) == n ? n : 0;
}

static uint32_t
code_point(struct str c)
{
    uint32_t v = (unsigned char)c.p[0];
    v = c.n == 1 ? v : v & (0x7fU >> c.n);
    for (size_t i = 1; i < c.n; i++)
        v = v << 6 | ((unsigned char)c.p[i] & 0x3fU);
    return v;
}

/* Characters that could begin a new line, drive a terminal, or make the rest of the line
 * look other than it is: controls, line separators, direction marks. */
static bool
is_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || c == 0xfeff ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

static bool
is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '"' || s.p[i] == '\\' ||
            s.p[i] == '=')
            return false;
    return s.n > 0;
}

static size_t
put_char(struct line *l, struct str s)
{
    size_t n = char_at(s);
    struct str c = str_sub(s, 0, n);
    if (n == 0 || is_unsafe(code_point(c)))
        put(l, STR("\xef\xbf\xbd")); /* U+FFFD */
    else if (c.p[0] == '"' || c.p[0] == '\\')
        put(l, c.p[0] == '"' ? STR("\\\"") : STR("\\\\"));
    else
        put(l, c);
    return n > 0 ? n : 1;
}

static void
put_quoted(struct line *l, struct str s)
{
    size_t before = l->n;
    put(l, STR("\""));
    size_t i = 0;
    while (i < s.n && i < VALUE_MAX)
        i += put_char(l, str_from(s, i));
    if (i < s.n)
        put(l, STR("\xe2\x80\xa6")); /* an ellipsis */
    if (l->n > before)
        put_tail(l, STR("\""));
}

static void
put_value(struct line *l, struct str s)
{
    if (l->is_cut)
        return;
    if (is_plain(s) && s.n <= VALUE_MAX)
        put(l, s);
    else
        put_quoted(l, s);
}

static void
put_int(struct line *l, int64_t v)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%" PRId64, v);
    put(l, (struct str){digits, (size_t)n});
}

static void
put_pair(struct line *l, const char *key, const char *value)
{
    put_key(l, key);
    put_value(l, str_of(value));
}

static void
put_err(struct line *l, const struct err *e)
{
    if (e == NULL)
        return;
    put_pair(l, "rc", rc_name(e->rc));
    if (e->field[0] != '\0')
        put_pair(l, "field", e->field);
    put_pair(l, "text", e->text);
    if (e->file == NULL)
        return;
    put_pair(l, "src", e->file);
    put(l, STR(":"));
    put_int(l, e->line);
}

/* RFC 3339 section 5.6, in UTC with milliseconds. */
static void
put_head(struct line *l, enum log_level level, const char *event)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct civil c = time_utc(now.tv_sec);
    char text[96];
    int n =
        snprintf(text, sizeof text, "time=%04d-%02d-%02dT%02d:%02d:%02d.%03dZ level=%s",
                 c.year, c.month, c.day, c.hour, c.minute, c.second,
                 (int)(now.tv_nsec / 1000000), level_words[level]);
    put(l, (struct str){text, (size_t)n});
    put_pair(l, "event", event);
    put_pair(l, "role", role_name);
}

static void
put_fields(struct line *l, va_list ap)
{
    int kind;
    while ((kind = va_arg(ap, int)) != LOG_END) {
        if (kind == 'e') {
            put_err(l, va_arg(ap, const struct err *));
            continue;
        }
        put_key(l, va_arg(ap, const char *));
        if (kind == 'i')
            put_int(l, va_arg(ap, int64_t));
        else if (kind == 'z')
            put_value(l, str_of(va_arg(ap, const char *)));
        else
            put_value(l, va_arg(ap, struct str));
    }
}

/* Where standard error cannot be written there is nobody to tell. */
static void
write_line(const struct line *l)
{
    while (write(STDERR_FILENO, l->p, l->n) < 0 && errno == EINTR)
        ;
}

void
log_event(enum log_level level, const char *event, ...)
{
    if (level < least_level)
        return;
    int kept_errno = errno;
    struct line l;
    l.n = 0;
    l.is_cut = false;
    put_head(&l, level, event);
    va_list ap;
    va_start(ap, event);
    put_fields(&l, ap);
    va_end(ap);
    put_tail(&l, l.is_cut ? STR(" cut=yes\n") : STR("\n"));
    write_line(&l);
    errno = kept_errno;
}
