/* tpl/lint_walk.c - stepping through a template and reading its markers. */
#include <stdarg.h>
#include <stdio.h>
#include <strings.h>

#include "tpl/lint_in.h"

#include "base/utf8.h"

enum { SNIPPET_MAX = 40, REASON_MAX = 320 };

enum rc
lint_refuse(const struct lint *l, int line, const char *fmt, ...)
{
    char reason[REASON_MAX];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(reason, sizeof reason, fmt, ap);
    va_end(ap);
    return err_set(l->err, RC_INVALID, "%s:%d: %s", l->where, line, reason);
}

/* --- walking --- */

struct str
lint_snippet(struct str s)
{
    return utf8_cut(str_sub(s, 0, str_find(s, '\n')), SNIPPET_MAX);
}

struct str
lint_rest(const struct lint *l)
{
    return str_from(l->text, l->at);
}

char
lint_here(const struct lint *l)
{
    if (l->at < l->text.n)
        return l->text.p[l->at];
    return '\0';
}

bool
lint_looking_at(const struct lint *l, const char *z)
{
    size_t n = strlen(z);
    return l->text.n - l->at >= n && strncasecmp(l->text.p + l->at, z, n) == 0;
}

void
lint_skip(struct lint *l, size_t n)
{
    for (size_t end = l->at + n; l->at < end; l->at++)
        l->line += l->text.p[l->at] == '\n';
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

bool
lint_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_word(char c)
{
    return lint_is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == ':';
}

void
lint_skip_spaces(struct lint *l)
{
    while (is_space(lint_here(l)))
        lint_skip(l, 1);
}

struct str
lint_take_word(struct lint *l)
{
    size_t from = l->at;
    while (is_word(lint_here(l)))
        l->at++;
    return str_sub(l->text, from, l->at - from);
}

bool
lint_is_same(struct str a, struct str b)
{
    return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

bool
lint_is_end_of_name(char c)
{
    return is_space(c) || c == '/' || c == '>';
}

bool
lint_at_end_tag(const struct lint *l, struct str element)
{
    struct str next = lint_rest(l);
    return str_starts(next, STR("</")) && next.n > 2 + element.n &&
           lint_is_same(str_sub(next, 2, element.n), element) &&
           lint_is_end_of_name(next.p[2 + element.n]);
}

/* --- markers --- */

static bool
is_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_later = (c >= '0' && c <= '9') || c == '_';
        if (!(c >= 'A' && c <= 'Z') && (i == 0 || !is_later))
            return false;
    }
    return s.n > 0 && !str_starts(s, STR("BI_"));
}

static enum tpl_marker_kind
kind_of(char c)
{
    static const char prefixes[TPL_MARKER__MAX] = {
        [TPL_MARKER_SECTION] = '#',
        [TPL_MARKER_END] = '/',
        [TPL_MARKER_INCLUDE] = '>',
        [TPL_MARKER_COMMENT] = '!',
    };
    for (int kind = 0; kind < TPL_MARKER__MAX; kind++)
        if (prefixes[kind] != '\0' && prefixes[kind] == c)
            return (enum tpl_marker_kind)kind;
    return TPL_MARKER_VALUE;
}

/* inner is what stands between the braces, without # / > */
static enum rc
read_name(const struct lint *l, struct str inner, struct tpl_marker *m)
{
    struct str modifier = inner;
    m->name = str_cut(&modifier, ':');
    if (m->kind == TPL_MARKER_VALUE && str_starts(m->name, STR("S_")))
        m->kind = TPL_MARKER_STRING;
    if (!is_name(m->name))
        return lint_refuse(
            l, l->line,
            "\"%.*s\" is no name; allowed are {{NAME}}, {{NAME:x-html}}, "
            "{{NAME:x-lines}}, {{NAME:x-srcset}}, {{#NAME}}, {{/NAME}}, {{>NAME}} and "
            "{{!comment}}, where a name is of A-Z, 0-9 and _, begins with a letter and "
            "not with BI_",
            STR_ARG(lint_snippet(m->name)));
    m->is_html = str_eq_z(modifier, "x-html");
    m->is_lines = str_eq_z(modifier, "x-lines");
    m->is_srcset = str_eq_z(modifier, "x-srcset");
    if (modifier.p == NULL ||
        (m->kind == TPL_MARKER_VALUE && (m->is_html || m->is_lines || m->is_srcset)))
        return RC_OK;
    return lint_refuse(
        l, l->line,
        "the modifier \":%.*s\" is not allowed here; there are {{NAME:x-html}}, "
        "{{NAME:x-lines}} and {{NAME:x-srcset}}",
        STR_ARG(lint_snippet(modifier)));
}

/* Reads the marker that begins here and steps behind it. */
enum rc
lint_read_marker(struct lint *l, struct tpl_marker *m)
{
    struct str source = lint_rest(l);
    size_t end = str_find_str(source, STR("}}"));
    if (end == source.n)
        return lint_refuse(l, l->line, "\"{{\" without \"}}\"; write &#123; for a brace");
    struct str inner = str_sub(source, 2, end - 2);
    *m = (struct tpl_marker){.line = l->line, .source = str_sub(source, 0, end + 2)};
    m->kind = kind_of(source.p[2]);
    if (m->kind != TPL_MARKER_VALUE)
        inner = str_from(inner, 1);
    if (m->kind != TPL_MARKER_COMMENT)
        TRY(read_name(l, inner, m));
    lint_skip(l, m->source.n);
    return RC_OK;
}

enum rc
lint_tell(const struct lint *l, const struct tpl_marker *m)
{
    return l->fn != NULL ? l->fn(l->ctx, m, l->err) : RC_OK;
}
