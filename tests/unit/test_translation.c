/* test_translation.c - items that say the same in other languages: linking, making one,
 * what visitors are led to, and what became stale. */
#include "made.h"
#include "model/person.h"
#include "news/page.h"
#include "news/translation.h"
#include "store/item.h"
#include "store/site.h"

enum { ANN, BOB, CAT, N_PEOPLE };

struct fixture {
    struct made m;
    struct news n;
    int64_t events;
    struct person people[N_PEOPLE]; /* two authors, CAT an editor of the section */
    struct actor who;
    struct desk desk;
};

static int
set_up(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof f);
    made_site(&f.m);
    f.m.site.n_langs = 3;
    f.m.site.langs[2] = (struct site_lang){STR("be"), STR("Бюро"), STR("")};
    f.events = made_section(&f.m, "events", 0);
    news_open(&f.n, f.m.st, &f.m.site, (struct news_config){5, 6, 4});
    static const char *const names[] = {"Ann", "Bob", "Cat"};
    for (int i = 0; i < N_PEOPLE; i++)
        f.people[i] = (struct person){.id = i + 1,
                                      .name = str_of(names[i]),
                                      .role = i == CAT ? ROLE_EDITOR : ROLE_AUTHOR,
                                      .sections = &f.events,
                                      .n_sections = 1};
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    news_close(&f->n);
    made_end(&f->m);
    return 0;
}

static const struct desk *
as(struct fixture *f, int who)
{
    const struct person *p = &f->people[who];
    f->who = (struct actor){p, p->id, p->name, STR("127.0.0.1")};
    f->desk = (struct desk){f->m.st, &f->m.site, &f->who, f->m.now};
    return &f->desk;
}

/* A draft with everything the checklist wants; its public id. */
static struct str
draft(struct fixture *f, int who, const char *lang, const char *title)
{
    struct desk_saved saved;
    struct merge unused;
    struct item it = made_item(f->events, NULL, TIME_NONE);
    it.lang = str_of(lang);
    it.title = str_of(title);
    it.lead = STR("Lead.");
    struct desk_save s = {.item = &it};
    OK(&f->m, news_desk_save(as(f, who), &s, &f->m.a, &saved, &unused, &f->m.err));
    return saved.public_id;
}

static enum rc
try_step(struct fixture *f, struct str name, enum desk_step step,
         struct shortcomings *shorts)
{
    struct desk_order o = {
        .name = name, .step = step, .reason = STR("why"), .at = TIME_NONE};
    return news_desk_step(as(f, CAT), &o, shorts, &f->m.err);
}

static void
step(struct fixture *f, struct str name, enum desk_step s)
{
    struct shortcomings shorts;
    OK(&f->m, try_step(f, name, s, &shorts));
}

static struct desk_item
look(struct fixture *f, struct str name)
{
    struct desk_item out;
    OK(&f->m, news_desk_read(as(f, CAT), name, &f->m.a, &out, &f->m.err));
    return out;
}

/* Another body, saved and, if wanted, approved. */
static void
rewrite(struct fixture *f, struct str name, const char *body, bool is_approved)
{
    struct desk_saved saved;
    struct merge unused;
    struct desk_item now = look(f, name);
    now.item.body = str_of(body);
    struct desk_save s = {.item = &now.item, .based_on = now.version};
    OK(&f->m, news_desk_save(as(f, CAT), &s, &f->m.a, &saved, &unused, &f->m.err));
    if (is_approved)
        step(f, name, STEP_APPROVE);
}

static struct desk_translations
list(struct fixture *f, int who, struct str name)
{
    struct desk_translations out;
    OK(&f->m, news_translation_list(as(f, who), name, &f->m.a, &out, &f->m.err));
    return out;
}

static enum rc
try_make(struct fixture *f, int who, struct str name, const char *lang,
         struct desk_saved *saved)
{
    return news_translation_make(as(f, who), name, str_of(lang), &f->m.a, saved,
                                 &f->m.err);
}

static struct str
make(struct fixture *f, int who, struct str name, const char *lang)
{
    struct desk_saved saved;
    OK(&f->m, try_make(f, who, name, lang, &saved));
    return saved.public_id;
}

static void
link_to(struct fixture *f, struct str name, struct str other)
{
    enum translation_refusal why;
    OK(&f->m, news_translation_link(as(f, CAT), name, other, &why, &f->m.err));
}

#define NOT_LINKED(f, who, name, other, code, words) \
    REFUSED(&(f)->m, code, words,                    \
            news_translation_link(as(f, who), name, other, &why, &(f)->m.err))

/* What the article page links to, by the item's slug. */
static int
n_public(struct fixture *f, int lang, struct str slug)
{
    struct page_article page;
    struct article_place place = {lang, STR("events"), slug};
    OK(&f->m, store_read_begin(f->m.st, &f->m.err));
    OK(&f->m, news_refresh(&f->n, f->m.now, &f->m.err));
    OK(&f->m, news_article(&f->n, &place, &f->m.a, &page, &f->m.err));
    store_read_end(f->m.st);
    assert_int_equal(page.found, PAGE_SHOWN);
    return page.translations.n;
}

/* ---- making one ---- */

static void
test_a_draft_in_another_language(void **state)
{
    struct fixture *f = *state;
    struct str en = draft(f, BOB, "en", "Visit");
    step(f, en, STEP_APPROVE);
    int64_t version = look(f, en).version;
    struct str ru = make(f, ANN, en, "ru");
    struct desk_item made = look(f, ru);
    struct desk_item source = look(f, en);
    assert_int_equal(source.version, version); /* its text and history are as they were */
    assert_int_equal(made.state, DESK_DRAFT);
    SAME(made.item.lang, "ru");
    SAME(made.item.title, "Visit");
    SAME(made.item.slug, "visit");
    SAME(made.author, "Ann");
    assert_int_equal(made.item.published_at, source.item.published_at);
    assert_true(made.item.group.n > 0 && str_eq(made.item.group, source.item.group));
    struct desk_translations all = list(f, ANN, ru);
    assert_int_equal(all.n, 2);
    SAME(all.all[0].line.lang, "en");
    SAME(all.all[1].line.lang, "ru");
    assert_true(all.has_source && !all.item.is_stale);
    assert_int_equal(all.translation.reflects, version);
    SAME(all.source_title, "Visit");
    assert_false(list(f, BOB, en).may_view[1]); /* Ann's draft */
    assert_int_equal(n_public(f, 0, STR("visit")), 0);
}

static void
test_who_may_make_one_and_of_what(void **state)
{
    struct fixture *f = *state;
    struct desk_saved saved;
    struct str en = draft(f, BOB, "en", "Visit");
    REFUSED(&f->m, RC_DENIED, "Ann may not", try_make(f, ANN, en, "ru", &saved));
    REFUSED(&f->m, RC_INVALID, "this language itself",
            try_make(f, BOB, en, "en", &saved));
    REFUSED(&f->m, RC_INVALID, "no language", try_make(f, BOB, en, "xx", &saved));
    REFUSED(&f->m, RC_NOT_FOUND, "no item", try_make(f, BOB, STR("x"), "ru", &saved));
    assert_int_equal(look(f, en).item.group.n, 0); /* nothing half done */
    make(f, BOB, en, "ru");
    REFUSED(&f->m, RC_INVALID, "already", try_make(f, BOB, en, "ru", &saved));
    assert_string_equal(f->m.err.field, "lang");
    step(f, en, STEP_APPROVE);
    step(f, en, STEP_WITHDRAW);
    REFUSED(&f->m, RC_CONFLICT, "is withdrawn", try_make(f, BOB, en, "be", &saved));
    struct str gone = draft(f, BOB, "en", "Gone");
    step(f, gone, STEP_DISCARD);
    REFUSED(&f->m, RC_CONFLICT, "is discarded", try_make(f, BOB, gone, "be", &saved));
}

/* What was not translated does not go out by mistake. */
static void
test_an_untouched_text_is_not_approved(void **state)
{
    struct fixture *f = *state;
    struct shortcomings shorts;
    struct str en = draft(f, BOB, "en", "Visit");
    struct str ru = make(f, BOB, en, "ru");
    REFUSED(&f->m, RC_INVALID, "still the one to be translated",
            try_step(f, ru, STEP_APPROVE, &shorts));
    assert_int_equal(shorts.n, 1);
    assert_int_equal(shorts.all[0].kind, SHORT_UNTRANSLATED);
    rewrite(f, ru, "Текст.", true);
    step(f, en, STEP_APPROVE);
    assert_int_equal(n_public(f, 0, STR("visit")), 1);
    assert_int_equal(n_public(f, 1, STR("visit")), 1);
    step(f, ru, STEP_WITHDRAW);
    assert_int_equal(n_public(f, 0, STR("visit")), 0);
}

/* ---- linking ---- */

static void
test_link_and_unlink(void **state)
{
    struct fixture *f = *state;
    struct site_state before, after;
    struct str en = draft(f, BOB, "en", "Visit"), ru = draft(f, BOB, "ru", "Vizit"),
               be = draft(f, BOB, "be", "Vizyt");
    step(f, en, STEP_APPROVE);
    step(f, ru, STEP_APPROVE);
    OK(&f->m, store_site_state(f->m.st, &before, &f->m.err));
    link_to(f, ru, STR("/news/events/visit/"));
    OK(&f->m, store_site_state(f->m.st, &after, &f->m.err));
    assert_true(after.version > before.version);
    assert_int_equal(n_public(f, 0, STR("visit")), 1);
    link_to(f, be, ru);
    assert_int_equal(list(f, CAT, en).n, 3);
    assert_int_equal(n_public(f, 0, STR("visit")), 1); /* the third is a draft */
    link_to(f, be, en); /* another source, the same group */
    assert_int_equal(list(f, CAT, be).translation.source_id, look(f, en).item.id);
    OK(&f->m, news_translation_unlink(as(f, CAT), en, &f->m.err));
    assert_int_equal(list(f, CAT, en).n, 0);
    assert_int_equal(list(f, CAT, ru).n, 2);
    assert_false(list(f, CAT, ru).has_source);
    assert_int_equal(n_public(f, 0, STR("visit")), 0);
    REFUSED(&f->m, RC_CONFLICT, "has no translations",
            news_translation_unlink(as(f, CAT), en, &f->m.err));
}

static void
test_links_that_are_refused(void **state)
{
    struct fixture *f = *state;
    enum translation_refusal why;
    struct str en = draft(f, BOB, "en", "Visit"), ru = draft(f, BOB, "ru", "Vizit"),
               ru2 = draft(f, BOB, "ru", "Poezdka"), be = draft(f, BOB, "be", "Vizyt"),
               anns = draft(f, ANN, "be", "Hers");
    NOT_LINKED(f, CAT, en, STR("nothing"), RC_INVALID, "no such item");
    assert_string_equal(f->m.err.field, "other");
    NOT_LINKED(f, CAT, ru, ru2, RC_INVALID, "same language");
    NOT_LINKED(f, CAT, ru, ru, RC_INVALID, "same language");
    NOT_LINKED(f, ANN, ru, en, RC_DENIED, "Ann may not");
    NOT_LINKED(f, ANN, anns, en, RC_INVALID, "may not be seen");
    assert_int_equal(why, LINK_UNKNOWN);
    link_to(f, ru, en);
    NOT_LINKED(f, CAT, en, ru, RC_INVALID, "translation of this item itself");
    NOT_LINKED(f, CAT, ru2, en, RC_INVALID, "already");
    assert_string_equal(f->m.err.field, "other");
    assert_int_equal(look(f, ru2).item.group.n, 0);
    link_to(f, be, ru);
    NOT_LINKED(f, CAT, en, be, RC_INVALID, "translation of this item itself");
    link_to(f, ru2, anns);
    NOT_LINKED(f, CAT, ru2, en, RC_INVALID, "both have translations");
    /* An author's own draft joins what is out; it cannot move what is not theirs. */
    step(f, en, STEP_APPROVE);
    OK(&f->m, news_translation_unlink(as(f, CAT), be, &f->m.err));
    OK(&f->m, news_translation_unlink(as(f, ANN), anns, &f->m.err));
    OK(&f->m, news_translation_link(as(f, ANN), anns, en, &why, &f->m.err));
}

/* One item of a language, however it is saved. */
static void
test_one_of_a_language(void **state)
{
    struct fixture *f = *state;
    struct desk_saved saved;
    struct merge unused;
    struct str en = draft(f, BOB, "en", "Visit");
    struct str ru = make(f, BOB, en, "ru");
    struct desk_item now = look(f, ru);
    now.item.lang = STR("en");
    struct desk_save s = {.item = &now.item, .based_on = now.version};
    REFUSED(&f->m, RC_INVALID, "already",
            news_desk_save(as(f, CAT), &s, &f->m.a, &saved, &unused, &f->m.err));
    now.item.lang = STR("ru");
    now.item.group = STR("another");
    REFUSED(&f->m, RC_INVALID, "by themselves",
            news_desk_save(as(f, CAT), &s, &f->m.a, &saved, &unused, &f->m.err));
    struct item third = made_item(f->events, "third", 100);
    third.group = look(f, en).item.group;
    third.lang = STR("ru");
    struct save import = {.st = f->m.st,
                          .site = &f->m.site,
                          .sections = &f->m.sections,
                          .now = f->m.now,
                          .by = STR("import")};
    enum save_result result;
    made_begin(&f->m);
    REFUSED(&f->m, RC_INVALID, "already", news_save(&import, &third, &result, &f->m.err));
    store_write_rollback(f->m.st);
}

/* The group is the item's: an earlier text that is restored keeps it, and an import of
 * what was exported is no change. */
static void
test_the_group_is_no_text(void **state)
{
    struct fixture *f = *state;
    struct str en = draft(f, BOB, "en", "Visit"), ru = draft(f, BOB, "ru", "Vizit");
    step(f, en, STEP_APPROVE);
    rewrite(f, en, "Other.", true);
    link_to(f, ru, en);
    struct item out;
    OK(&f->m, store_item_whole(f->m.st, look(f, en).item.id, &f->m.a, &out, &f->m.err));
    assert_int_equal(made_save(&f->m, &out), SAVE_UNCHANGED);
    OK(&f->m, news_desk_restore(as(f, CAT), en, 1, look(f, en).version, &f->m.err));
    step(f, en, STEP_APPROVE);
    SAME(look(f, en).item.body, "Text.");
    assert_int_equal(list(f, CAT, en).n, 2);
}

/* ---- stale ---- */

/* In the newsroom's list. */
static int
n_stale(struct fixture *f, int who)
{
    struct desk_filter filter = {.state = -1, .out = DESK_OUT_STALE};
    struct desk_page page;
    OK(&f->m, news_desk_list(as(f, who), &filter, 10, &f->m.a, &page, &f->m.err));
    return page.n;
}

static void
test_a_stale_one_shows_what_changed(void **state)
{
    struct fixture *f = *state;
    struct str en = draft(f, BOB, "en", "Visit");
    step(f, en, STEP_APPROVE);
    struct str ru = make(f, BOB, en, "ru");
    rewrite(f, ru, "Текст.", true);
    rewrite(f, en, "Text and more.", false);
    assert_false(look(f, ru).is_stale); /* nobody approved that yet */
    f->m.now += 10;
    step(f, en, STEP_APPROVE);
    assert_true(look(f, ru).is_stale);
    struct desk_translations all = list(f, BOB, ru);
    assert_int_equal(all.translation.stale_since, f->m.now);
    assert_int_equal(all.all[1].translation.stale_since, f->m.now);
    assert_int_equal(all.source_now, look(f, en).version);
    assert_int_equal(all.since.n, 1);
    assert_string_equal(all.since.fields[0].name, "body");
    /* Withdrawn and back is no other text; nor is a step of the workflow. */
    step(f, en, STEP_WITHDRAW);
    step(f, en, STEP_REINSTATE);
    assert_int_equal(list(f, BOB, ru).translation.stale_since, f->m.now);
    assert_int_equal(n_stale(f, CAT), 1);
    assert_int_equal(n_stale(f, ANN), 1);
    OK(&f->m,
       news_translation_reflects(as(f, CAT), ru, list(f, CAT, ru).source_now, &f->m.err));
    assert_int_equal(n_stale(f, CAT), 0);
    all = list(f, CAT, ru);
    assert_false(all.item.is_stale);
    assert_int_equal(all.since.n, 0);
    /* What is put back as it was before is not stale either. */
    rewrite(f, en, "Third.", true);
    assert_true(look(f, ru).is_stale);
    rewrite(f, en, "Text and more.", true);
    assert_false(look(f, ru).is_stale);
}

static void
test_what_can_be_reflected(void **state)
{
    struct fixture *f = *state;
    struct str en = draft(f, BOB, "en", "Visit");
    struct str ru = make(f, ANN + 1, en, "ru");
    rewrite(f, en, "Other.", false); /* never approved: the newest text counts */
    assert_true(look(f, ru).is_stale);
    REFUSED(&f->m, RC_INVALID, "no revision 9",
            news_translation_reflects(as(f, BOB), ru, 9, &f->m.err));
    assert_string_equal(f->m.err.field, "number");
    REFUSED(&f->m, RC_DENIED, "Ann may not",
            news_translation_reflects(as(f, ANN), ru, 2, &f->m.err));
    REFUSED(&f->m, RC_CONFLICT, "has no source",
            news_translation_reflects(as(f, BOB), en, 1, &f->m.err));
    OK(&f->m, news_translation_reflects(as(f, BOB), ru, 1, &f->m.err));
    assert_true(look(f, ru).is_stale);
    OK(&f->m, news_translation_reflects(as(f, BOB), ru, 2, &f->m.err));
    assert_false(look(f, ru).is_stale);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_a_draft_in_another_language),
        TEST(test_who_may_make_one_and_of_what),
        TEST(test_an_untouched_text_is_not_approved),
        TEST(test_link_and_unlink),
        TEST(test_links_that_are_refused),
        TEST(test_one_of_a_language),
        TEST(test_the_group_is_no_text),
        TEST(test_a_stale_one_shows_what_changed),
        TEST(test_what_can_be_reflected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
