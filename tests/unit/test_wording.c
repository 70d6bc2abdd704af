/* test_wording.c - changed words of the site over those of the language files. */
#include "made.h"
#include "model/person.h"
#include "news/news.h"
#include "news/wording.h"
#include "tpl/names.h"
#include "view/wording.h"

struct fixture {
    struct made m;
    struct view view;
};

static int
set_up(void **state)
{
    static struct fixture f;
    made_site(&f.m);
    OK(&f.m, view_open(&f.m.site, (struct str){NULL, 0}, &f.view, &f.m.err));
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    view_close(&f->view);
    made_end(&f->m);
    return 0;
}

static void
show(struct fixture *f, struct wording *all, int n)
{
    struct wordings w = {all, n};
    OK(&f->m, view_set_wordings(&f->view, &w, &f->m.err));
}

/* The strip of a page that has no item: {{S_LATEST}} in a template. */
static const char *
strip(struct fixture *f, const char *lang)
{
    struct tpl_html out;
    struct tpl_dict *d = tpl_dict_new(&f->m.a, TPL_SITE_STRIP);
    OK(&f->m, tpl_expand_html(f->view.set, str_of(lang), d, 100000, &out, &f->m.err));
    return str_z(&f->m.a, out.s);
}

static void
has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("no %s in %s", part, text);
}

static void
test_words_go_over_the_files(void **state)
{
    struct fixture *f = *state;
    struct wording all[] = {
        {STR("en"), STR("latest"), STR("<b> & {{X}}")},
        {STR("en"), STR("staff_save"), STR("never")}, /* not to be changed */
        {STR("fr"), STR("latest"), STR("no language of the site")},
        {STR("en"), STR("gone_with_an_older_program"), STR("no word")},
        {STR("ru"), STR("home"), STR("Домой")},
    };
    has(strip(f, "en"), "Latest");
    show(f, all, N_ELEMENTS(all));
    has(strip(f, "en"), "&lt;b&gt; &amp; ");
    assert_null(strstr(strip(f, "en"), "Latest"));
    SAME(view_string(&f->view, 1, S_HOME), "Домой");
    SAME(view_string(&f->view, 0, S_STAFF_SAVE), "Save");
    SAME(view_word_of_file(&f->view, 0, S_LATEST), "Latest");
    show(f, all + 4, 1);
    has(strip(f, "en"), "Latest");
    show(f, NULL, 0);
    assert_false(str_eq_z(view_string(&f->view, 1, S_HOME), "Домой"));
}

/* As often as somebody may try texts on one day; under the sanitizers nothing is lost. */
static void
test_again_and_again(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 20; i++) {
        struct str text = str_fmt(&f->m.a, "Text %d", i);
        struct wording w = {STR("en"), STR("latest"), text};
        show(f, &w, 1);
        has(strip(f, "en"), str_z(&f->m.a, text));
    }
}

static void
test_every_word_is_listed_once(void **state)
{
    (void)state;
    for (int i = 0; i < view_n_words; i++) {
        struct str key = str_of(tpl_string_key(view_words[i].word));
        assert_int_equal(view_word_find(key), view_words[i].word);
        assert_false(str_starts(key, STR("staff_")));
        for (int j = 0; j < i; j++)
            assert_int_not_equal(view_words[i].word, view_words[j].word);
        bool is_new = i > 0 && view_words[i].group != view_words[i - 1].group;
        for (int j = 0; is_new && j < i; j++)
            assert_int_not_equal(view_words[i].group, view_words[j].group);
    }
    assert_int_equal(view_word_find(STR("staff_save")), S__MAX);
    assert_int_equal(view_word_find(STR("")), S__MAX);
}

static void
test_which_texts_are_fine(void **state)
{
    struct fixture *f = *state;
    struct str long_one = str_of(arena_zalloc(&f->m.a, WORDING_MAX + 2));
    memset((char *)(uintptr_t)long_one.p, 'x', WORDING_MAX + 1);
    long_one.n = WORDING_MAX;
    OK(&f->m, wording_check(long_one, &f->m.err));
    OK(&f->m, wording_check(STR("\"<&> – {{X}}"), &f->m.err));
    long_one.n++;
    static const char *const bad[] = {"", " ", "a\nb", "a\tb", "\xff", "a\x01"};
    REFUSED(&f->m, RC_INVALID, "300", wording_check(long_one, &f->m.err));
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        assert_int_equal(wording_check(str_of(bad[i]), &f->m.err), RC_INVALID);
}

static void
test_kept_with_the_epoch(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct news n = {0};
    struct wording w = {STR("ru"), STR("home"), STR("Домой")};
    news_open(&n, m->st, &m->site, (struct news_config){5, 5, 5});
    OK(m, news_refresh(&n, m->now, &m->err));
    assert_int_equal(n.wordings.n, 0);
    OK(m, news_wording_set(made_desk(m), &w, &m->err));
    w.text = STR("В начало");
    OK(m, news_wording_set(made_desk(m), &w, &m->err));
    OK(m, news_refresh(&n, m->now, &m->err));
    assert_int_equal(n.wordings.n, 1);
    SAME(n.wordings.all[0].text, "В начало");
    for (int i = 0; i < 40; i++) {
        w.key = str_fmt(&m->a, "key_%02d", i);
        OK(m, news_wording_set(made_desk(m), &w, &m->err));
    }
    OK(m, news_refresh(&n, m->now, &m->err));
    assert_int_equal(n.wordings.n, 41);
    SAME(n.wordings.all[40].key, "key_39");
    OK(m, news_wording_reset(made_desk(m), STR("ru"), STR("home"), &m->err));
    REFUSED(m, RC_NOT_FOUND, "was not changed",
            news_wording_reset(made_desk(m), STR("ru"), STR("home"), &m->err));
    struct person author = {.role = ROLE_EDITOR};
    struct actor who = {.person = &author, .name = STR("Mara")};
    struct desk d = {m->st, &m->site, &who, m->now};
    REFUSED(m, RC_DENIED, "Mara", news_wording_set(&d, &w, &m->err));
    REFUSED(m, RC_DENIED, "Mara", news_wording_reset(&d, w.lang, w.key, &m->err));
    news_close(&n);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_words_go_over_the_files),   T(test_again_and_again),
        T(test_every_word_is_listed_once), T(test_which_texts_are_fine),
        T(test_kept_with_the_epoch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
