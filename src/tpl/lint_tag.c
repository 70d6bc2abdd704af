/* tpl/lint_tag.c - which tags and attributes there may be, and where in them a value. */
#include <strings.h>

#include "tpl/lint_in.h"

static const struct element {
    const char *name;
    unsigned flags;
} elements[] = {
    {"script", LINT_RAW | LINT_SRC_ONLY},
    {"style", LINT_RAW | LINT_NO_VALUES},
    {"title", LINT_TEXT},
    {"textarea", LINT_TEXT},
    {"svg", LINT_SEALED | LINT_NO_VALUES | LINT_SLASH},
    {"math", LINT_SEALED | LINT_NO_VALUES | LINT_SLASH},
    {"iframe", LINT_SEALED | LINT_NO_VALUES},
    {"object", LINT_SEALED | LINT_NO_VALUES},
    {"noscript", LINT_SEALED | LINT_NO_VALUES},
    {"embed", LINT_NO_VALUES | LINT_SLASH},
    {"param", LINT_NO_VALUES | LINT_SLASH},
    {"base", LINT_REFUSED},
    {"applet", LINT_REFUSED},
    {"frame", LINT_REFUSED},
    {"frameset", LINT_REFUSED},
    {"listing", LINT_REFUSED},
    {"noembed", LINT_REFUSED},
    {"noframes", LINT_REFUSED},
    {"plaintext", LINT_REFUSED},
    {"xmp", LINT_REFUSED},
};

/* The engine checks the scheme of these, when the value is all there is. */
static const char *const url_attributes[] = {"action", "href", "src"};

/* Attributes that browsers treat as mere text, a number or a key. */
static const char *const plain_attributes[] = {
    "abbr",      "alt",   "autocomplete", "class", "cols",    "colspan", "content",
    "datetime",  "dir",   "download",     "for",   "headers", "height",  "hreflang",
    "id",        "label", "lang",         "list",  "max",     "min",     "maxlength",
    "minlength", "name",  "pattern",      "rows",  "rowspan", "scope",   "placeholder",
    "size",      "sizes", "span",         "start", "step",    "summary", "tabindex",
    "title",     "type",  "translate",    "value", "width",
};

static bool
is_same(struct str s, const char *z)
{
    return lint_is_same(s, str_of(z));
}

static bool
is_one_of(struct str s, const char *const *names, size_t n)
{
    while (n > 0 && !is_same(s, names[n - 1]))
        n--;
    return n > 0;
}

/* --- attributes --- */

static bool
is_plain(struct str attribute)
{
    return is_one_of(attribute, plain_attributes, N_ELEMENTS(plain_attributes)) ||
           (attribute.n > 5 && (strncasecmp(attribute.p, "data-", 5) == 0 ||
                                strncasecmp(attribute.p, "aria-", 5) == 0));
}

/* May a value stand in it only when it is all there is? */
static bool
is_whole(struct str attribute)
{
    return is_same(attribute, "srcset") ||
           is_one_of(attribute, url_attributes, N_ELEMENTS(url_attributes));
}

/* Each modifier has its place, and srcset its modifier. */
static enum rc
check_modifier(const struct lint *l, struct str name, const struct tpl_marker *m)
{
    if (m->is_lines && !is_same(name, "value"))
        return lint_refuse(l, m->line,
                           "%.*s in the attribute %.*s; of all attributes it may stand "
                           "in value",
                           STR_ARG(lint_snippet(m->source)), STR_ARG(lint_snippet(name)));
    if (m->is_srcset != is_same(name, "srcset"))
        return lint_refuse(l, m->line,
                           "%.*s in the attribute %.*s; srcset is {{NAME:x-srcset}}, and "
                           "nothing else is",
                           STR_ARG(lint_snippet(m->source)), STR_ARG(lint_snippet(name)));
    return RC_OK;
}

static enum rc
check_attribute_marker(const struct lint *l, const struct lint_tag *tag, struct str name,
                       const struct tpl_marker *m)
{
    bool is_string = m->kind == TPL_MARKER_STRING;
    if ((m->kind != TPL_MARKER_VALUE && !is_string) || m->is_html)
        return lint_refuse(
            l, m->line,
            "%.*s inside a tag; allowed there are {{NAME}} and {{S_NAME}} in "
            "attribute values",
            STR_ARG(lint_snippet(m->source)));
    TRY(check_modifier(l, name, m));
    if (!is_plain(name) && (is_string || !is_whole(name)))
        return lint_refuse(
            l, m->line,
            "%.*s in the attribute %.*s; allowed are attributes of plain text "
            "(title, alt, class, id, lang, content, value, data-*, aria-* …) and, "
            "for {{NAME}} alone, href, src and action",
            STR_ARG(lint_snippet(m->source)), STR_ARG(lint_snippet(name)));
    struct str element = l->sealed.n > 0 ? l->sealed : tag->name;
    bool is_closed = (tag->flags & LINT_NO_VALUES) != 0 || l->sealed.n > 0;
    bool is_src_only = (tag->flags & LINT_SRC_ONLY) != 0 && !is_same(name, "src");
    if ((is_closed && !is_string) || is_src_only)
        return lint_refuse(l, m->line, "%.*s in the attribute %.*s of <%.*s>; %s",
                           STR_ARG(lint_snippet(m->source)), STR_ARG(lint_snippet(name)),
                           STR_ARG(lint_snippet(element)),
                           is_closed ? "it may hold {{S_NAME}} only"
                                     : "only src may hold one");
    return RC_OK;
}

/* From behind the opening quote to behind the closing one. */
static enum rc
read_value(struct lint *l, struct lint_tag *tag, struct str name)
{
    size_t from = l->at;
    int line = l->line, n_markers = 0;
    struct tpl_marker m = {.kind = TPL_MARKER_COMMENT};
    while (lint_here(l) != '"') {
        if (l->at >= l->text.n || lint_here(l) == '<')
            return lint_refuse(
                l, line,
                "the value of %.*s is not closed by a double quote, or holds a "
                "\"<\"; write &lt; and &quot; inside",
                STR_ARG(lint_snippet(name)));
        if (!lint_looking_at(l, "{{")) {
            lint_skip(l, 1);
            continue;
        }
        TRY(lint_read_marker(l, &m));
        TRY(check_attribute_marker(l, tag, name, &m));
        TRY(lint_tell(l, &m));
        n_markers++;
    }
    if (n_markers > 0 && is_whole(name) && m.source.n != l->at - from)
        return lint_refuse(l, m.line,
                           "%.*s is not all of the value of %.*s; it must be exactly "
                           "%.*s=\"{{NAME%s}}\"",
                           STR_ARG(lint_snippet(m.source)), STR_ARG(name), STR_ARG(name),
                           m.is_srcset ? ":x-srcset" : "");
    tag->n_markers += n_markers;
    lint_skip(l, 1);
    return RC_OK;
}

static enum rc
read_attribute(struct lint *l, struct lint_tag *tag)
{
    if (lint_looking_at(l, "{{"))
        return lint_refuse(
            l, l->line,
            "%.*s inside a tag; a marker stands in a double-quoted attribute value "
            "or outside of tags, also {{#…}} and {{/…}}",
            STR_ARG(lint_snippet(lint_rest(l))));
    struct str name = lint_take_word(l);
    if (name.n == 0)
        return lint_refuse(l, l->line, "\"%.*s\" in the tag <%.*s> that began in line %d",
                           STR_ARG(lint_snippet(lint_rest(l))),
                           STR_ARG(lint_snippet(tag->name)), tag->line);
    tag->is_http_equiv |= is_same(name, "http-equiv");
    if (lint_is_end_of_name(lint_here(l)))
        return RC_OK;
    if (!lint_looking_at(l, "=\""))
        return lint_refuse(
            l, l->line,
            "the value of %.*s is not in double quotes; write %.*s=\"…\" without "
            "spaces around the =",
            STR_ARG(lint_snippet(name)), STR_ARG(lint_snippet(name)));
    lint_skip(l, 2);
    TRY(read_value(l, tag, name));
    if (!lint_is_end_of_name(lint_here(l)))
        return lint_refuse(l, l->line, "no space behind the value of %.*s",
                           STR_ARG(lint_snippet(name)));
    return RC_OK;
}

/* --- tags --- */

static unsigned
flags_of(struct str name)
{
    for (size_t i = 0; i < N_ELEMENTS(elements); i++)
        if (is_same(name, elements[i].name))
            return elements[i].flags;
    return 0;
}

static enum rc
read_tag_name(struct lint *l, struct lint_tag *tag)
{
    tag->name = lint_take_word(l);
    tag->flags = flags_of(tag->name);
    if (!lint_is_end_of_name(lint_here(l)))
        return lint_refuse(l, l->line, "\"<%.*s%.*s\" is no tag",
                           STR_ARG(lint_snippet(tag->name)),
                           STR_ARG(lint_snippet(lint_rest(l))));
    if ((tag->flags & LINT_REFUSED) != 0)
        return lint_refuse(
            l, l->line,
            "the element <%.*s> is not allowed: it changes how the rest of the page "
            "is read",
            STR_ARG(tag->name));
    if ((tag->flags & LINT_RAW) != 0 && l->sealed.n > 0)
        return lint_refuse(l, l->line, "<%.*s> inside <%.*s>", STR_ARG(tag->name),
                           STR_ARG(l->sealed));
    return RC_OK;
}

static enum rc
read_tag_rest(struct lint *l, struct lint_tag *tag)
{
    for (lint_skip_spaces(l); lint_here(l) != '>'; lint_skip_spaces(l)) {
        if (l->at >= l->text.n)
            return lint_refuse(l, tag->line, "the tag <%.*s> is never closed by \">\"",
                               STR_ARG(lint_snippet(tag->name)));
        tag->is_slash_ended = lint_looking_at(l, "/>");
        if (tag->is_slash_ended)
            lint_skip(l, 1);
        else
            TRY(read_attribute(l, tag));
    }
    lint_skip(l, 1);
    if (tag->is_http_equiv && tag->n_markers > 0)
        return lint_refuse(l, tag->line,
                           "a marker in a <meta http-equiv>; it must be constant");
    if (tag->is_slash_ended && tag->flags != 0 && (tag->flags & LINT_SLASH) == 0)
        return lint_refuse(l, tag->line,
                           "<%.*s/>; this element needs an end tag of its own",
                           STR_ARG(tag->name));
    return RC_OK;
}

enum rc
lint_read_tag(struct lint *l, struct lint_tag *tag)
{
    *tag = (struct lint_tag){.line = l->line};
    TRY(read_tag_name(l, tag));
    return read_tag_rest(l, tag);
}
