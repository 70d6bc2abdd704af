/* tpl/lint.h - refuses templates that leave the safe subset.
 *
 * The template engine escapes by context, but it knows the HTML of 2010 and lets some
 * contexts through. So a template may only be such that its answer is right:
 *
 * - The first line is exactly {{%AUTOESCAPE context="HTML"}}; lines end in plain LF;
 *   the text is UTF-8 without control characters.
 * - {{NAME}} stands in element content, <title>, <textarea>, or inside a double-quoted
 *   attribute that holds plain text (title, alt, class, value, data-*, aria-* …); in
 *   href, src and action it is the whole value. Nowhere else: not in script, style,
 *   comments, event handlers, srcset, tag or attribute names, svg, iframe, base …
 * - {{NAME:x-html}}, {{>NAME}} and {{#NAME}}…{{/NAME}} stand in element content only
 *   (sections also inside <title> and <textarea>, when they begin and end there).
 * - {{NAME:x-srcset}}, a list of our own addresses, is the whole value of srcset, and
 *   srcset holds nothing else.
 * - {{NAME:x-lines}}, which keeps tabs and line ends (the engine makes them blanks),
 *   stands in element content, <textarea> and the attribute value.
 * - {{S_NAME}}, a string of the interface, stands where {{NAME}} may, but never in href,
 *   src or action.
 * - {{!comment}} stands in element content. No other marker, no other modifier.
 * - Attribute values are double-quoted, and every tag, comment and section is closed.
 *
 * Uses nothing but base, so that the build can run it before anything else exists. */
#ifndef TPL_LINT_H
#define TPL_LINT_H

#include "base/err.h"
#include "base/str.h"

enum tpl_marker_kind {
    TPL_MARKER_VALUE,   /* {{NAME}}, with or without a modifier */
    TPL_MARKER_STRING,  /* {{S_NAME}} */
    TPL_MARKER_SECTION, /* {{#NAME}} */
    TPL_MARKER_END,     /* {{/NAME}} */
    TPL_MARKER_INCLUDE, /* {{>NAME}} */
    TPL_MARKER_COMMENT, /* {{!anything}} */
    TPL_MARKER__MAX
};

/* One {{…}} of a text that has been found in a place where it is allowed. */
struct tpl_marker {
    enum tpl_marker_kind kind;
    bool is_html;      /* VALUE with :x-html */
    bool is_lines;     /* VALUE with :x-lines */
    bool is_srcset;    /* VALUE with :x-srcset */
    int line;          /* 1 … */
    struct str name;   /* without # / > and modifier; in S_NAME with the S_ */
    struct str source; /* from "{{" to "}}", inside the text */
};

/* Called for every marker but the first line's, in order. Anything but RC_OK stops. */
typedef enum rc tpl_marker_fn(void *ctx, const struct tpl_marker *marker,
                              struct err *err);

/* Is the text a template as described above? where names it in errors. RC_INVALID:
 * err->text is "where:line: what is wrong; what is allowed". */
enum rc tpl_lint(struct str text, const char *where, struct err *err) MUST_CHECK;

/* Same, telling fn (which may be NULL) about the markers on the way. */
enum rc tpl_lint_scan(struct str text, const char *where, tpl_marker_fn *fn, void *ctx,
                      struct err *err) MUST_CHECK;

#endif
