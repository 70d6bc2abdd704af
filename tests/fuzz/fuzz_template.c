/* tests/fuzz/fuzz_template.c - any bytes as a template, then as an operator's own.
 *
 * Whatever the linter lets through is filled with values that try to get out of their
 * place; none of their quotes and brackets may be there as it was, nor an address with
 * another scheme than those of the web. */
#include <strings.h>

#include "folder.h"
#include "tpl/lint.h"
#include "tpl/tpl.h"

enum { PAGE_MAX = 1 << 20 };

static enum rc
marker(void *ctx, const struct tpl_marker *m, struct err *err)
{
    const struct str *text = ctx;
    (void)err;
    assert((unsigned)m->kind < TPL_MARKER__MAX && m->line > 1);
    assert(m->source.p >= text->p && m->source.p + m->source.n <= text->p + text->n);
    assert(str_starts(m->source, STR("{{")) && str_ends(m->source, STR("}}")));
    return RC_OK;
}

static void
fill(struct tpl_dict *d, struct str value)
{
    static const enum tpl_name in_sections[][2] = {
        {T_STATUS, T_STATUS_CODE}, {T_NOTICE, T_NOTICE_TEXT}, {T_REQUEST, T_REQUEST_ID}};
    static const enum tpl_name plain[] = {T_HEADING, T_TEXT, T_HOME_URL, T_ALL_URL};
    for (size_t i = 0; i < N_ELEMENTS(plain); i++)
        tpl_set_str(d, plain[i], value);
    for (size_t i = 0; i < N_ELEMENTS(in_sections); i++)
        tpl_set_str(tpl_section(d, in_sections[i][0]), in_sections[i][1], value);
}

static bool
holds(struct str s, const char *part)
{
    return str_find_str(s, str_of(part)) < s.n;
}

/* What ends a comment, or the content of an element in which tags are text; NULL where s
 * begins with neither. */
static const char *
raw_end(struct str s)
{
    static const char *const raw[][2] = {{"<!--", "-->"},
                                         {"<script", "</script"},
                                         {"<style", "</style"},
                                         {"<textarea", "</textarea"},
                                         {"<title", "</title"}};
    for (size_t i = 0; i < N_ELEMENTS(raw); i++)
        if (s.n > strlen(raw[i][0]) &&
            strncasecmp(s.p, raw[i][0], strlen(raw[i][0])) == 0)
            return raw[i][1];
    return NULL;
}

/* Looks at the quoted values of a tag; returns what is behind it. */
static struct str
check_tag(struct str s)
{
    static const char *const addresses[] = {"href=\"", "src=\"", "action=\""};
    size_t at = 1;
    while (at < s.n && s.p[at] != '>') {
        struct str before = str_sub(s, 0, at + 1), value = str_from(s, at + 1);
        at++;
        if (s.p[at - 1] != '"')
            continue;
        value = str_sub(value, 0, str_find(value, '"'));
        for (size_t i = 0; i < N_ELEMENTS(addresses); i++)
            assert(!str_ends(before, str_of(addresses[i])) || !holds(value, "qzq"));
        at += value.n + 1;
    }
    return str_from(s, at);
}

/* No address in the text holds the value. */
static void
check_addresses(struct str out)
{
    while (out.n > 0) {
        out = str_from(out, str_find(out, '<'));
        const char *end = raw_end(out);
        if (end == NULL || strcmp(end, "-->") != 0)
            out = check_tag(out);
        if (end != NULL)
            out = str_from(out, str_find_str(out, str_of(end)));
    }
}

/* A template that holds the word itself is left out. */
static void
check_filled(const struct tpl_set *set, struct str text, struct arena *a)
{
    static const struct {
        const char *value, *bad; /* bad NULL: an address that none may hold */
    } rows[] = {{"\"'><qzq>&qzq", "<qzq"},  {"\"qzq=\"", "\"qzq"},
                {"'qzq='", "'qzq"},         {"javascript:qzq", NULL},
                {"\tjavascript:qzq", NULL}, {"data:qzq,", NULL}};
    for (size_t i = 0; !holds(text, "qzq") && i < N_ELEMENTS(rows); i++) {
        struct tpl_dict *d = tpl_dict_new(a, TPL_SITE_ERROR);
        struct str out;
        struct err err;
        fill(d, str_of(rows[i].value));
        assert(tpl_expand(set, STR("en"), d, PAGE_MAX, &out, &err) == RC_OK);
        if (rows[i].bad != NULL)
            assert(!holds(out, rows[i].bad));
        else
            check_addresses(out);
    }
}

static void
load(const uint8_t *data, size_t n, struct str text)
{
    static struct str strings[S__MAX];
    struct arena a AT_END(arena_done);
    struct tpl_lang lang = {STR("en"), strings};
    struct tpl_set *set = NULL;
    struct err err;
    arena_init(&a);
    for (int i = 0; i < S__MAX; i++)
        strings[i] = STR("word");
    enum rc rc = tpl_open(folder_put("site", "error.tpl", data, n), &lang, 1, &set, &err);
    if (rc == RC_OK)
        check_filled(set, text, &a);
    else
        fuzz_refused(rc, &err);
    tpl_close(set);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str text = fuzz_copy(data, n);
    struct err err;
    enum rc rc = tpl_lint_scan(text, "a.tpl", marker, &text, &err);
    if (rc == RC_OK) {
        load(data, n, text);
    } else {
        fuzz_refused(rc, &err);
        assert(strncmp(err.text, "a.tpl:", 6) == 0);
    }
    mem_free((void *)text.p);
    return 0;
}
