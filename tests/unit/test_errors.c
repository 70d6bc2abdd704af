/* tests/unit/test_errors.c - every code has a status, every status a page in words of
 * every language. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "web/visit.h"

/* What our own code sends when something is wrong (RFC 9110 section 15). */
static const int sent[] = {301, 400, 404, 405, 410, 413, 414, 500, 503};

static void
test_every_code_has_a_status(void **state)
{
    (void)state;
    assert_int_equal(web_status_of(RC_OK), 200);
    for (int rc = RC_OK + 1; rc < RC__MAX; rc++) {
        int status = web_status_of((enum rc)rc);
        assert_in_range(status, 400, 599);
        if (web_error_by_status(status)->status != status)
            fail_msg("%s: %d has no page", rc_name((enum rc)rc), status);
    }
    assert_int_equal(web_status_of(RC__MAX), 500);
    assert_int_equal(web_status_of((enum rc) - 1), 500);
}

/* What may not be known is not told from what is not there. */
static void
test_codes_mean(void **state)
{
    (void)state;
    assert_int_equal(web_status_of(RC_NOT_FOUND), 404);
    assert_int_equal(web_status_of(RC_DENIED), 404);
    assert_int_equal(web_status_of(RC_INVALID), 400);
    assert_int_equal(web_status_of(RC_BUSY), 503);
    assert_int_equal(web_status_of(RC_FAILED), 500);
}

static void
test_every_status_has_its_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(sent); i++) {
        assert_int_equal(web_error_by_status(sent[i])->status, sent[i]);
        assert_string_not_equal(http_status_text(sent[i]), "");
    }
    for (int i = 0; i < web_n_errors; i++)
        assert_ptr_equal(web_error_by_status(web_errors[i].status), &web_errors[i]);
    assert_int_equal(web_error_by_status(0)->status, 500);
    assert_int_equal(web_error_by_status(418)->status, 500);
}

/* "lang/ru.ini": "ru" */
static struct str
code_of(const char *file)
{
    struct str s = str_of(file);
    return str_sub(s, 5, s.n - 9);
}

static void
test_every_page_has_words_in_every_language(void **state)
{
    (void)state;
    assert_true(tpl_builtin_n_langs >= 2);
    for (uint64_t l = 0; l < tpl_builtin_n_langs; l++) {
        struct site site = {.url = STR_INIT("https://news.example"), .n_langs = 1};
        struct view view;
        struct err err;
        site.langs[0].code = code_of(tpl_builtin_langs[l].name);
        if (view_open(&site, (struct str){NULL, 0}, &view, &err) != RC_OK)
            fail_msg("%s: %s", tpl_builtin_langs[l].name, err.text);
        for (int i = 0; i < web_n_errors; i++) {
            struct str title = view_string(&view, 0, web_errors[i].title);
            struct str text = view_string(&view, 0, web_errors[i].text);
            assert_true(str_trim(title).n > 0 && str_trim(text).n > 0);
            assert_false(str_eq(title, text));
        }
        view_close(&view);
    }
}

/* Pages that mean different things to a reader have different words. */
static void
test_words_tell_statuses_apart(void **state)
{
    (void)state;
    static const int apart[] = {301, 400, 404, 405, 410, 414, 500, 503};
    for (size_t i = 0; i < N_ELEMENTS(apart); i++)
        for (size_t j = 0; j < i; j++)
            assert_true(web_error_by_status(apart[i])->text !=
                        web_error_by_status(apart[j])->text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_has_a_status),
        cmocka_unit_test(test_codes_mean),
        cmocka_unit_test(test_every_status_has_its_page),
        cmocka_unit_test(test_every_page_has_words_in_every_language),
        cmocka_unit_test(test_words_tell_statuses_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
