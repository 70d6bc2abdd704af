/* tests/unit/test_templates.c - each template by itself: with every value and section,
 * with none, and with values that want out of their place. A new template needs nothing
 * here but `make golden`. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "golden.h"
#include "hostile.h"
#include "html.h"
#include "tpl/names.h"
#include "tpl/tpl.h"

enum { LIMIT = 16 << 20, DEPTH_MAX = 6 };

static struct arena arena;
static struct tpl_set *set;
static struct golden golden = {.folder = "templates", .a = &arena};

static int
set_up(void **state)
{
    static struct str strings[S__MAX];
    struct tpl_lang lang = {STR("en"), strings};
    struct err err;
    (void)state;
    arena_init(&arena);
    for (int i = 0; i < S__MAX; i++)
        strings[i] = str_of(tpl_string_key((enum tpl_string)i));
    return tpl_open((struct str){NULL, 0}, &lang, 1, &set, &err) == RC_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    tpl_close(set);
    arena_done(&arena);
    return 0;
}

/* The file that stands for {{>NAME}}: the one of that name, else the error page. */
static enum tpl_file
file_for(enum tpl_name name)
{
    const char *text = tpl_name_text(name);
    for (int f = 0; f < TPL__MAX; f++) {
        struct str file = str_of(tpl_file_name((enum tpl_file)f));
        struct str base = str_from(file, str_find(file, '/') + 1);
        base = str_sub(base, 0, base.n - 4); /* ".tpl" */
        if (base.n == strlen(text) && strncasecmp(base.p, text, base.n) == 0)
            return (enum tpl_file)f;
    }
    return TPL_SITE_ERROR;
}

/* Sets everything that the file uses. value NULL: the name itself is the value. */
static void
fill(struct tpl_dict *d, enum tpl_file file, const struct str *value, int depth)
{
    for (int i = 0; i < T__MAX; i++) {
        enum tpl_name name = (enum tpl_name)i;
        if (tpl_file_uses(file, name, TPL_AS_VALUE))
            tpl_set_str(d, name, value != NULL ? *value : str_of(tpl_name_text(name)));
        if (tpl_file_uses(file, name, TPL_AS_SECTION))
            tpl_show(d, name);
        if (tpl_file_uses(file, name, TPL_AS_INCLUDE) && depth < DEPTH_MAX)
            fill(tpl_include(d, name, file_for(name)), file_for(name), value, depth + 1);
    }
}

static struct str
expand(enum tpl_file file, const struct str *value, bool is_empty)
{
    struct tpl_dict *d = tpl_dict_new(&arena, file);
    struct str out;
    struct err err;
    if (!is_empty)
        fill(d, file, value, 0);
    else if (tpl_file_uses(file, T_CONTENT, TPL_AS_INCLUDE))
        (void)tpl_include(d, T_CONTENT, TPL_SITE_ERROR);
    if (tpl_expand(set, STR("en"), d, LIMIT, &out, &err) != RC_OK)
        fail_msg("%s", err.text);
    return out;
}

static struct str
golden_name(enum tpl_file file, const char *data)
{
    struct str path = str_of(tpl_file_name(file));
    char *name = arena_copy(&arena, path.p, path.n - 4);
    *strchr(name, '/') = '-';
    return str_fmt(&arena, "%s-%s.html", name, data);
}

static void
test_full(void **state)
{
    (void)state;
    for (int f = 0; f < TPL__MAX; f++)
        golden_compare(&golden, golden_name((enum tpl_file)f, "full"),
                       expand((enum tpl_file)f, NULL, false));
}

static void
test_empty(void **state)
{
    (void)state;
    for (int f = 0; f < TPL__MAX; f++)
        golden_compare(&golden, golden_name((enum tpl_file)f, "empty"),
                       expand((enum tpl_file)f, NULL, true));
}

static void
test_hostile(void **state)
{
    (void)state;
    for (int f = 0; f < TPL__MAX; f++)
        golden_compare(&golden, golden_name((enum tpl_file)f, "hostile"),
                       expand((enum tpl_file)f, &hostile[0], false));
}

/* Where the values are makes the tags; what they are does not. */
static void
test_no_value_makes_a_tag(void **state)
{
    (void)state;
    for (int f = 0; f < TPL__MAX; f++) {
        struct hostile_tags plain, other;
        hostile_read(&arena, expand((enum tpl_file)f, NULL, false), &plain);
        for (size_t i = 0; i < N_ELEMENTS(hostile); i++) {
            hostile_read(&arena, expand((enum tpl_file)f, &hostile[i], false), &other);
            if (!str_eq(buf_str(&plain.outline), buf_str(&other.outline)))
                fail_msg("%s: value %zu makes <<%s>> of <<%s>>",
                         tpl_file_name((enum tpl_file)f), i, other.outline.p,
                         plain.outline.p);
        }
    }
}

static void
test_no_golden_file_is_left_over(void **state)
{
    (void)state;
    golden_end(&golden);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_no_value_makes_a_tag),
        cmocka_unit_test(test_no_golden_file_is_left_over),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
