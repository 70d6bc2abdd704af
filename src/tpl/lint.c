/* tpl/lint.c - the strict reader of templates. It knows only as much HTML as it takes to
 * say at every byte which context the template engine and a browser agree on, and
 * refuses what would need more. */
#include "tpl/lint_in.h"

#include "base/utf8.h"

#define PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}"

/* --- markers in text --- */

static enum rc
begin_section(struct lint *l, const struct tpl_marker *m)
{
    if (l->n_sections == LINT_SECTIONS_MAX)
        return lint_refuse(l, m->line, "more than %d sections inside each other",
                           LINT_SECTIONS_MAX);
    l->sections[l->n_sections++] =
        (struct lint_section){m->name, m->line, l->text_element.p};
    return RC_OK;
}

static enum rc
end_section(struct lint *l, const struct tpl_marker *m)
{
    const struct lint_section *s =
        l->n_sections > 0 ? &l->sections[--l->n_sections] : NULL;
    if (s == NULL)
        return lint_refuse(l, m->line, "{{/%.*s}} ends a section that was not begun",
                           STR_ARG(m->name));
    if (!str_eq(s->name, m->name))
        return lint_refuse(l, m->line,
                           "{{/%.*s}} stands where {{/%.*s}} must end line %d",
                           STR_ARG(m->name), STR_ARG(s->name), s->line);
    if (s->text_element != l->text_element.p)
        return lint_refuse(
            l, m->line,
            "{{/%.*s}} ends in another element than line %d began it; a section "
            "begins and ends both inside or both outside <title> or <textarea>",
            STR_ARG(m->name), s->line);
    return RC_OK;
}

static enum rc
marker_in_text(struct lint *l)
{
    struct tpl_marker m;
    TRY(lint_read_marker(l, &m));
    bool is_inert = m.kind == TPL_MARKER_STRING || m.kind == TPL_MARKER_COMMENT;
    if (l->sealed.n > 0 && !is_inert)
        return lint_refuse(l, m.line,
                           "%.*s inside <%.*s>; only {{S_NAME}} is allowed there",
                           STR_ARG(lint_snippet(m.source)), STR_ARG(l->sealed));
    if (m.is_srcset)
        return lint_refuse(l, m.line, "%.*s in text; it stands in srcset only",
                           STR_ARG(lint_snippet(m.source)));
    if (l->text_element.n > 0 && (m.is_html || m.kind == TPL_MARKER_INCLUDE))
        return lint_refuse(
            l, m.line,
            "%.*s inside <%.*s>; {{NAME}}, {{S_NAME}} and sections are allowed "
            "there",
            STR_ARG(lint_snippet(m.source)), STR_ARG(l->text_element));
    if (m.kind == TPL_MARKER_SECTION)
        TRY(begin_section(l, &m));
    if (m.kind == TPL_MARKER_END)
        TRY(end_section(l, &m));
    return lint_tell(l, &m);
}

/* --- markup --- */

/* Script or style, up to its end tag. */
static enum rc
skip_raw(struct lint *l, const struct lint_tag *tag)
{
    while (l->at < l->text.n) {
        if (lint_at_end_tag(l, tag->name))
            return RC_OK;
        if (lint_looking_at(l, "{{"))
            return lint_refuse(
                l, l->line,
                "%.*s inside <%.*s>; no marker is allowed there (pass values in "
                "data-* attributes)",
                STR_ARG(lint_snippet(lint_rest(l))), STR_ARG(tag->name));
        if (lint_looking_at(l, "<!--") || lint_looking_at(l, "<script"))
            return lint_refuse(l, l->line,
                               "\"%.*s\" inside <%.*s>; browsers would not end it",
                               STR_ARG(lint_snippet(lint_rest(l))), STR_ARG(tag->name));
        lint_skip(l, 1);
    }
    return lint_refuse(l, tag->line, "<%.*s> is never closed", STR_ARG(tag->name));
}

static void
seal(struct lint *l, const struct lint_tag *tag)
{
    if (l->sealed.n == 0)
        l->sealed = tag->name;
    l->sealed_depth += lint_is_same(l->sealed, tag->name);
}

static enum rc
read_start_tag(struct lint *l)
{
    struct lint_tag tag;
    lint_skip(l, 1);
    TRY(lint_read_tag(l, &tag));
    if ((tag.flags & LINT_RAW) != 0)
        return skip_raw(l, &tag);
    if ((tag.flags & LINT_TEXT) != 0)
        l->text_element = tag.name;
    if ((tag.flags & LINT_SEALED) != 0 && !tag.is_slash_ended)
        seal(l, &tag);
    return RC_OK;
}

static enum rc
read_end_tag(struct lint *l)
{
    int line = l->line;
    lint_skip(l, 2);
    struct str name = lint_take_word(l);
    lint_skip_spaces(l);
    if (name.n == 0 || lint_here(l) != '>')
        return lint_refuse(l, line, "\"</%.*s\" is no end tag; it is a name and \">\"",
                           STR_ARG(lint_snippet(name)));
    lint_skip(l, 1);
    if (l->sealed.n > 0 && lint_is_same(name, l->sealed) && --l->sealed_depth == 0)
        l->sealed = (struct str){NULL, 0};
    return RC_OK;
}

static enum rc
read_comment(struct lint *l)
{
    struct str body = str_from(lint_rest(l), 4);
    size_t end = str_find_str(body, STR("-->"));
    if (end == body.n)
        return lint_refuse(l, l->line, "the comment is never closed by \"-->\"");
    body = str_sub(body, 0, end);
    if (str_find_str(body, STR("{{")) < body.n)
        return lint_refuse(
            l, l->line,
            "a marker inside an HTML comment; write {{!comment}} for what visitors "
            "need not see");
    if (l->sealed.n > 0)
        return lint_refuse(l, l->line, "a comment inside <%.*s>", STR_ARG(l->sealed));
    if (str_starts(body, STR(">")) || str_starts(body, STR("->")) ||
        str_find_str(body, STR("<!--")) < body.n ||
        str_find_str(body, STR("--!>")) < body.n)
        return lint_refuse(l, l->line,
                           "a comment that browsers end elsewhere (>, ->, <!--, --!>)");
    lint_skip(l, 4 + body.n + 3);
    return RC_OK;
}

static enum rc
read_text_element_end(struct lint *l)
{
    struct str name = l->text_element;
    if (!lint_at_end_tag(l, name))
        return lint_refuse(l, l->line, "\"%.*s\" inside <%.*s>; write &lt; there",
                           STR_ARG(lint_snippet(lint_rest(l))), STR_ARG(name));
    l->text_element = (struct str){NULL, 0};
    return read_end_tag(l);
}

/* Whatever begins with "<". */
static enum rc
read_markup(struct lint *l)
{
    static const char doctype[] = "<!doctype html>";
    struct str next = str_sub(lint_rest(l), 1, 2);
    if (l->text_element.n > 0)
        return read_text_element_end(l);
    if (lint_looking_at(l, "<!--"))
        return read_comment(l);
    if (next.n > 0 && lint_is_letter(next.p[0]))
        return read_start_tag(l);
    if (next.n == 2 && next.p[0] == '/' && lint_is_letter(next.p[1]))
        return read_end_tag(l);
    if (!lint_looking_at(l, doctype))
        return lint_refuse(
            l, l->line,
            "\"%.*s\" begins no tag, comment or <!DOCTYPE html>; write &lt; for "
            "the character, and no marker as the name of a tag",
            STR_ARG(lint_snippet(lint_rest(l))));
    lint_skip(l, sizeof doctype - 1);
    return RC_OK;
}

/* --- the whole text --- */

static enum rc
refuse_byte(struct lint *l, size_t at, const char *what)
{
    lint_skip(l, at);
    return lint_refuse(l, l->line, "%s", what);
}

static enum rc
check_bytes(struct lint *l)
{
    size_t at = utf8_check(l->text);
    if (at < l->text.n)
        return refuse_byte(l, at, "not UTF-8");
    at = utf8_find_control(l->text);
    if (at < l->text.n)
        return refuse_byte(l, at, "a control character");
    at = str_find(l->text, '\r');
    if (at < l->text.n)
        return refuse_byte(l, at, "the line ends in CR LF; save the file with plain LF");
    if (!str_starts(l->text, STR(PRAGMA "\n")))
        return lint_refuse(l, 1, "the first line must be exactly %s", PRAGMA);
    lint_skip(l, sizeof PRAGMA);
    return RC_OK;
}

static enum rc
check_end(const struct lint *l)
{
    struct str open = l->text_element.n > 0 ? l->text_element : l->sealed;
    if (open.n > 0)
        return lint_refuse(l, l->line, "<%.*s> is never closed", STR_ARG(open));
    if (l->n_sections > 0) {
        const struct lint_section *s = &l->sections[l->n_sections - 1];
        return lint_refuse(l, s->line, "{{#%.*s}} is never closed by {{/%.*s}}",
                           STR_ARG(s->name), STR_ARG(s->name));
    }
    return RC_OK;
}

enum rc
tpl_lint_scan(struct str text, const char *where, tpl_marker_fn *fn, void *ctx,
              struct err *err)
{
    struct lint l = {
        .text = text, .where = where, .err = err, .fn = fn, .ctx = ctx, .line = 1};
    TRY(check_bytes(&l));
    while (l.at < text.n) {
        if (lint_looking_at(&l, "{{"))
            TRY(marker_in_text(&l));
        else if (lint_looking_at(&l, "}}"))
            return lint_refuse(&l, l.line,
                               "\"}}\" without \"{{\"; write &#125; for a brace");
        else if (lint_here(&l) == '<')
            TRY(read_markup(&l));
        else
            lint_skip(&l, 1);
    }
    return check_end(&l);
}

enum rc
tpl_lint(struct str text, const char *where, struct err *err)
{
    return tpl_lint_scan(text, where, NULL, NULL, err);
}
