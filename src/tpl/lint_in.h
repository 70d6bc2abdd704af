/* tpl/lint_in.h - what the parts of the linter share: lint_walk.c steps through the text
 * and reads markers, lint_tag.c reads tags and their attributes, lint.c the rest. */
#ifndef TPL_LINT_IN_H
#define TPL_LINT_IN_H

#include "tpl/lint.h"

#include "base/compiler.h"

enum { LINT_SECTIONS_MAX = 16 };

/* What is special about an element. */
enum lint_flag {
    LINT_RAW = 1,  /* its content is no markup (HTML, section 13.1.2) */
    LINT_TEXT = 2, /* its content is text without tags, where values are escaped right */
    LINT_SEALED = 4,    /* other rules hold inside: no values, no sections, no scripts */
    LINT_NO_VALUES = 8, /* no value in its attributes */
    LINT_SRC_ONLY = 16, /* a value in src only */
    LINT_SLASH = 32,    /* may end itself with "/>" although it is one of these */
    LINT_REFUSED = 64   /* changes how the rest of the page is read */
};

struct lint_section {
    struct str name;
    int line;
    const char *text_element; /* l->text_element.p when it began */
};

struct lint {
    struct str text;
    const char *where;
    struct err *err;
    tpl_marker_fn *fn;
    void *ctx;
    size_t at;
    int line;
    struct str text_element; /* the <title> or <textarea> we are in, else {NULL, 0} */
    struct str sealed;       /* the outermost sealing element we are in, else {NULL, 0} */
    int sealed_depth;        /* elements of that name that are open */
    struct lint_section sections[LINT_SECTIONS_MAX];
    int n_sections;
};

struct lint_tag {
    struct str name;
    unsigned flags;
    int line;
    int n_markers;
    bool is_http_equiv, is_slash_ended;
};

/* Fills l->err with "where:line: " and the reason, answers RC_INVALID. */
enum rc lint_refuse(const struct lint *l, int line, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* The part of s that is worth quoting: of one line, short. */
struct str lint_snippet(struct str s);

/* What is left, and its first byte ('\0' at the end). */
struct str lint_rest(const struct lint *l);
char lint_here(const struct lint *l);

/* Does the rest begin with z (in any case of letters)? */
bool lint_looking_at(const struct lint *l, const char *z);

/* Steps over n bytes, over white space, over the name of a tag or attribute. */
void lint_skip(struct lint *l, size_t n);
void lint_skip_spaces(struct lint *l);
struct str lint_take_word(struct lint *l);

bool lint_is_letter(char c);
/* Is c what may stand behind the name of a tag or attribute: white space, / or >? */
bool lint_is_end_of_name(char c);
/* Equal in any case of letters. */
bool lint_is_same(struct str a, struct str b);
/* Does the end tag of the element begin here? */
bool lint_at_end_tag(const struct lint *l, struct str element);

/* Reads the marker that begins here and steps behind it. RC_INVALID. */
enum rc lint_read_marker(struct lint *l, struct tpl_marker *m) MUST_CHECK;

/* Hands a marker to the function of the caller of tpl_lint_scan. */
enum rc lint_tell(const struct lint *l, const struct tpl_marker *m) MUST_CHECK;

/* Reads a start tag from behind its "<" to behind its ">". RC_INVALID. */
enum rc lint_read_tag(struct lint *l, struct lint_tag *tag) MUST_CHECK;

#endif
