/* test_save.c - saving items: revisions, slugs, old addresses, drafts, publishing; and
 * what may be done to sections. */
#include "made.h"
#include "news/exchange.h"
#include "news/item.h"
#include "news/section.h"
#include "store/item.h"
#include "store/query.h"
#include "store/revision.h"
#include "store/site.h"

struct fixture {
    struct made m;
    int64_t events, speeches;
};

static int
set_up(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof f);
    made_site(&f.m);
    f.events = made_section(&f.m, "events", 0);
    f.speeches = made_section(&f.m, "speeches", 0);
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    made_end(&((struct fixture *)*state)->m);
    return 0;
}

static int64_t
version(struct made *m)
{
    struct site_state site;
    OK(m, store_site_state(m->st, &site, &m->err));
    return site.version;
}

static struct item
read_item(struct made *m, int64_t id)
{
    struct item it;
    OK(m, news_item_read(m->st, id, &m->a, &it, &m->err));
    return it;
}

static struct revision
last_revision(struct made *m, int64_t id)
{
    struct revision r;
    OK(m, store_revision_last(m->st, id, &m->a, &r, &m->err));
    return r;
}

static enum rc
try_save(struct made *m, struct item *it)
{
    struct save s = {.st = m->st,
                     .site = &m->site,
                     .sections = &m->sections,
                     .now = m->now,
                     .by = STR("test")};
    enum save_result result;
    made_begin(m);
    enum rc rc = news_save(&s, it, &result, &m->err);
    store_write_rollback(m->st);
    return rc;
}

/* ---- revisions ---- */

static void
test_every_save_is_a_revision(void **state)
{
    struct made *m = &((struct fixture *)*state)->m;
    struct item it = made_item(m->sections.all[0].id, "a", 100);
    assert_int_equal(made_save(m, &it), SAVE_ADDED);
    struct revision first = last_revision(m, it.id);
    assert_int_equal(first.number, 1);
    SAME(first.saved_by, "test");
    assert_int_equal(first.saved_at, m->now);
    assert_true(str_eq(first.sha256, hash_sha256(&m->a, first.content)));
    it.title = STR("Changed");
    assert_int_equal(made_save(m, &it), SAVE_CHANGED);
    struct revision second = last_revision(m, it.id);
    assert_int_equal(second.number, 2);
    OK(m, store_revision_check(m->st, it.id, &m->err));
    struct exchange x;
    struct str why;
    OK(m, exchange_read_revision(second.content, &m->a, &x, &why, &m->err));
    SAME(x.item.title, "Changed");
    SAME(x.section, "events");
}

static void
test_the_same_again_writes_nothing(void **state)
{
    struct made *m = &((struct fixture *)*state)->m;
    struct item it = made_item(m->sections.all[0].id, "a", 100);
    made_save(m, &it);
    int64_t before = version(m);
    m->now += 1000;
    for (int i = 0; i < 3; i++)
        assert_int_equal(made_save(m, &it), SAVE_UNCHANGED);
    assert_int_equal(version(m), before);
    assert_int_equal(last_revision(m, it.id).number, 1);
}

/* Every change of anything counts as one, however small. */
static void
test_any_difference_is_a_change(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = made_item(f->events, "a", 100);
    struct str tag = STR("Tag"), url = STR("/old/");
    struct photo p = made_photo(m, 'a', "X");
    made_save(m, &it);
    int64_t number = 1;
#define CHANGES(member, value)                                      \
    do {                                                            \
        it.member = (value);                                        \
        assert_int_equal(made_save(m, &it), SAVE_CHANGED);          \
        assert_int_equal(made_save(m, &it), SAVE_UNCHANGED);        \
        assert_int_equal(last_revision(m, it.id).number, ++number); \
    } while (0)
    CHANGES(title, STR("B"));
    CHANGES(lead, STR("Lead"));
    CHANGES(body, STR("Text. "));
    CHANGES(body_format, BODY_TEXT);
    CHANGES(group, STR("g"));
    CHANGES(published_at, 101);
    CHANGES(updated_at, 200);
    CHANGES(embargo_until, 300);
    CHANGES(expires_at, 400);
    CHANGES(pinned_until, 500);
    CHANGES(photo_credit, STR("Ministry"));
    CHANGES(section_id, f->speeches);
    CHANGES(slug, STR("b"));
    it.tags = &tag;
    CHANGES(n_tags, 1);
    it.old_urls = &url;
    CHANGES(n_old_urls, 1);
    it.photos = &p;
    CHANGES(n_photos, 1);
    p.caption = STR("Caption");
    CHANGES(n_photos, 1);
    it.withdrawn_reason = STR("x");
    CHANGES(withdrawn_at, 600);
    CHANGES(withdrawn_reason, STR("y"));
#undef CHANGES
    OK(m, store_revision_check(m->st, it.id, &m->err));
}

/* ---- slugs and addresses ---- */

static void
test_slugs_are_numbered(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    static const char *const wanted[] = {"same", "same-2", "same-3"};
    for (int i = 0; i < 3; i++) {
        struct item it = made_item(f->events, "same", 100 + i);
        made_save(m, &it);
        SAME(read_item(m, it.id).slug, wanted[i]);
    }
    struct item elsewhere = made_item(f->speeches, "same", 100);
    made_save(m, &elsewhere);
    SAME(read_item(m, elsewhere.id).slug, "same");
    /* Without one it is made from the title; an item keeps the one it has. */
    struct item it = made_item(f->events, NULL, 200);
    it.title = STR("Жуков и Щука");
    it.lang = STR("ru");
    made_save(m, &it);
    SAME(read_item(m, it.id).slug, "zhukov-i-shchuka");
    it.title = STR("Другой");
    assert_int_equal(made_save(m, &it), SAVE_CHANGED);
    SAME(read_item(m, it.id).slug, "zhukov-i-shchuka");
}

/* A number makes no slug longer than one may be, and cuts no hyphen in two. */
static void
test_the_longest_slug_is_numbered(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    char slug[SLUG_MAX + 1];
    memset(slug, 'a', SLUG_MAX);
    slug[SLUG_MAX] = '\0';
    slug[SLUG_MAX - 3] = '-';
    for (int i = 0; i < 12; i++) {
        struct item it = made_item(f->events, slug, 100 + i);
        made_save(m, &it);
        struct str got = read_item(m, it.id).slug;
        assert_true(slug_is_valid(got));
        assert_true(str_starts(got, str_sub(str_of(slug), 0, SLUG_MAX - 4)));
    }
}

static void
test_an_address_given_up_stays(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = made_item(f->events, "one", 100);
    struct item_place p;
    made_save(m, &it);
    it.slug = STR("two");
    made_save(m, &it);
    it.section_id = f->speeches;
    made_save(m, &it);
    it = read_item(m, it.id);
    assert_int_equal(it.n_old_urls, 2);
    SAME(it.old_urls[0], "/news/events/one/");
    SAME(it.old_urls[1], "/news/events/two/");
    /* Another one may take the place, and go on; the old address stays the first's. */
    struct item next = made_item(f->events, "one", 200);
    made_save(m, &next);
    SAME(read_item(m, next.id).slug, "one");
    next.slug = STR("three");
    assert_int_equal(made_save(m, &next), SAVE_CHANGED);
    OK(m, store_item_by_old_address(m->st, STR("/news/events/one/"), &m->a, &p, &m->err));
    assert_int_equal(p.id, it.id);
}

static void
test_old_addresses_have_an_owner_and_an_end(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct str address = STR("/old/"), many[ITEM_OLD_URLS_MAX];
    struct item it = made_item(f->events, "a", 100),
                other = made_item(f->events, "b", 100);
    it.old_urls = other.old_urls = &address;
    it.n_old_urls = other.n_old_urls = 1;
    made_save(m, &it);
    REFUSED(m, RC_CONFLICT, "another item", try_save(m, &other));
    for (int i = 0; i < ITEM_OLD_URLS_MAX; i++)
        many[i] = str_fmt(&m->a, "/many/%d/", i);
    other.old_urls = many;
    other.n_old_urls = ITEM_OLD_URLS_MAX;
    made_save(m, &other);
    assert_int_equal(read_item(m, other.id).n_old_urls, ITEM_OLD_URLS_MAX);
    other.slug = STR("c");
    REFUSED(m, RC_INVALID, "at most", try_save(m, &other));
}

/* ---- updates, drafts, publishing ---- */

static void
test_a_visible_text_that_changes_says_so(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = made_item(f->events, "a", m->now + 100);
    made_save(m, &it);
    it.title = STR("Not out yet");
    made_save(m, &it);
    assert_int_equal(read_item(m, it.id).updated_at, TIME_NONE);
    m->now += 200;
    it.group = STR("no text");
    made_save(m, &it);
    assert_int_equal(read_item(m, it.id).updated_at, TIME_NONE);
    it.lead = STR("New lead");
    made_save(m, &it);
    assert_int_equal(read_item(m, it.id).updated_at, m->now);
    int64_t then = m->now;
    m->now += 50;
    assert_int_equal(made_save(m, &it), SAVE_UNCHANGED);
    it.pinned_until = m->now + 1000;
    made_save(m, &it);
    assert_int_equal(read_item(m, it.id).updated_at, then); /* it stays */
}

static struct item_change
change_of(struct made *m, const char *name)
{
    return (struct item_change){.site = &m->site,
                                .name = str_of(name),
                                .at = m->now,
                                .reason = STR("Error"),
                                .by = STR("operator"),
                                .now = m->now};
}

static void
test_a_draft_waits_for_its_approval(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = made_item(f->events, "a", 100);
    it.public_id = STR("id-a");
    made_save(m, &it);
    struct item draft = it;
    draft.state = STATE_DRAFT;
    draft.title = STR("Draft");
    draft.body = STR("Draft.");
    assert_int_equal(made_save(m, &draft), SAVE_CHANGED);
    assert_int_equal(made_save(m, &draft), SAVE_UNCHANGED);
    SAME(read_item(m, it.id).title, "a"); /* what visitors see has not changed */
    SAME(last_revision(m, it.id).saved_by, "test");
    struct item_change c = change_of(m, "id-a");
    OK(m, news_item_publish(m->st, &c, &m->err));
    struct item now = read_item(m, it.id);
    SAME(now.title, "Draft"); /* the newest text is the one approved */
    SAME(now.body, "Draft.");
    assert_int_equal(now.published_at, m->now);
    OK(m, store_revision_check(m->st, it.id, &m->err));
}

static void
test_publish_and_withdraw(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = made_item(f->events, "a", TIME_NONE);
    struct photo p = made_photo(m, 'a', "Agency");
    it.state = STATE_REVIEW;
    it.photos = &p;
    it.n_photos = 1;
    made_save(m, &it);
    struct item_change c = change_of(m, "/news/events/a/");
    REFUSED(m, RC_CONFLICT, "never published", news_item_withdraw(m->st, &c, &m->err));
    c.at = m->now + 60;
    OK(m, news_item_publish(m->st, &c, &m->err));
    struct item now = read_item(m, it.id);
    assert_int_equal(now.state, STATE_APPROVED);
    assert_int_equal(now.published_at, m->now + 60);
    assert_int_equal(now.n_photos, 1);
    SAME(now.photos[0].credit, "Agency");
    assert_false(now.has_source_id);
    c.reason = STR("  ");
    REFUSED(m, RC_INVALID, "needs a reason", news_item_withdraw(m->st, &c, &m->err));
    c.reason = STR("Wrong figures");
    OK(m, news_item_withdraw(m->st, &c, &m->err));
    now = read_item(m, it.id);
    assert_int_equal(now.withdrawn_at, m->now + 60);
    SAME(now.withdrawn_reason, "Wrong figures");
    REFUSED(m, RC_CONFLICT, "withdrawn already", news_item_withdraw(m->st, &c, &m->err));
    REFUSED(m, RC_CONFLICT, "is withdrawn", news_item_publish(m->st, &c, &m->err));
    assert_int_equal(last_revision(m, it.id).number, 3);
    SAME(last_revision(m, it.id).saved_by, "operator");
}

/* A draft that was written before or after does not undo a withdrawal. */
static void
test_withdrawn_stays_withdrawn(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = made_item(f->events, "a", 100);
    made_save(m, &it);
    struct item_change c = change_of(m, "/news/events/a/");
    OK(m, news_item_withdraw(m->st, &c, &m->err));
    struct item draft = it;
    draft.state = STATE_DRAFT;
    draft.title = STR("Draft");
    made_save(m, &draft);
    REFUSED(m, RC_CONFLICT, "is withdrawn", news_item_publish(m->st, &c, &m->err));
}

static void
test_finding_by_name(void **state)
{
    static const char *const unknown[] = {"none",
                                          "/",
                                          "/news/",
                                          "/news/events/",
                                          "/news/nowhere/a/",
                                          "/news/events/a/b/",
                                          "/de/news/events/a/",
                                          "/ru/news/events/a/"};
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = made_item(f->events, "a", 100);
    int64_t id = 0;
    it.public_id = STR("the-id");
    made_save(m, &it);
    static const char *const known[] = {"the-id", "/news/events/a/", "/news/events/a",
                                        "/en/news/events/a/"};
    for (size_t i = 0; i < N_ELEMENTS(known); i++, id = 0) {
        OK(m,
           news_item_find(m->st, &m->site, &m->sections, str_of(known[i]), &id, &m->err));
        assert_int_equal(id, it.id);
    }
    for (size_t i = 0; i < N_ELEMENTS(unknown); i++)
        REFUSED(m, RC_NOT_FOUND, unknown[i],
                news_item_find(m->st, &m->site, &m->sections, str_of(unknown[i]), &id,
                               &m->err));
}

/* ---- sections ---- */

static enum rc
add_section(struct made *m, const char *slug, const char *parent)
{
    struct section s = {.slug = str_of(slug), .names = {STR("Name")}};
    return news_section_add(made_desk(m), &s, str_of(parent), &m->err);
}

static void
test_section_slugs_are_checked(void **state)
{
    struct made *m = &((struct fixture *)*state)->m;
    static const char *const bad[] = {"2023",  "0000", "en",    "ru",     "news",
                                      "admin", "api",  "media", "static", "Events",
                                      "a b",   "",     "-a",    "a--b"};
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        assert_int_equal(add_section(m, bad[i], NULL), RC_INVALID);
    OK(m, add_section(m, "20234", NULL));
    REFUSED(m, RC_CONFLICT, "already", add_section(m, "events", NULL));
    struct section nameless = {.slug = STR("nameless")};
    REFUSED(m, RC_INVALID, "a name in the language \"en\"",
            news_section_add(made_desk(m), &nameless, STR(""), &m->err));
}

static enum rc
move(struct made *m, const char *slug, struct section_spot to)
{
    struct section_change change = {.to = &to};
    return news_section_change(made_desk(m), str_of(slug), &change, &m->err);
}

static void
test_sections_have_two_levels(void **state)
{
    struct made *m = &((struct fixture *)*state)->m;
    const struct section_spot below = {STR("speeches"), 0};
    OK(m, add_section(m, "visits", "events"));
    REFUSED(m, RC_CONFLICT, "two levels", add_section(m, "deeper", "visits"));
    REFUSED(m, RC_NOT_FOUND, "nowhere", add_section(m, "deeper", "nowhere"));
    REFUSED(m, RC_CONFLICT, "inside itself", move(m, "speeches", below));
    REFUSED(m, RC_CONFLICT, "has sections inside", move(m, "events", below));
    OK(m, move(m, "visits", below));
    made_read_sections(m);
    assert_int_equal(sections_by_slug(&m->sections, STR("visits"))->parent_id,
                     sections_by_slug(&m->sections, STR("speeches"))->id);
}

static void
in_order(struct made *m, const char *slugs)
{
    struct str all = STR("");
    made_read_sections(m);
    for (int i = 0; i < m->sections.n; i++)
        all = str_fmt(&m->a, "%.*s%.*s ", STR_ARG(all), STR_ARG(m->sections.all[i].slug));
    SAME(all, slugs);
}

static void
test_sections_move(void **state)
{
    static const struct {
        const char *slug, *parent;
        int64_t place;
        const char *after;
    } moves[] = {
        {"speeches", NULL, 1, "speeches events third fourth "},
        {"speeches", NULL, 0, "events third fourth speeches "},
        {"third", NULL, 3, "events fourth third speeches "},
        {"third", NULL, 99, "events fourth speeches third "},
        {"fourth", "events", 0, "events speeches third fourth "},
        {"third", "events", 1, "events speeches third fourth "},
        {"fourth", NULL, 1, "events speeches fourth third "},
        {"fourth", "", 2, "events fourth speeches third "},
    };
    struct made *m = &((struct fixture *)*state)->m;
    OK(m, add_section(m, "third", NULL));
    OK(m, add_section(m, "fourth", NULL));
    in_order(m, "events speeches third fourth ");
    for (size_t i = 0; i < N_ELEMENTS(moves); i++) {
        struct section_spot to = {str_of(moves[i].parent), moves[i].place};
        OK(m, move(m, moves[i].slug, to));
        in_order(m, moves[i].after);
    }
}

static void
test_sections_rename_and_remove(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct section_change name = {.names = {{NULL, 0}, STR("События")}},
                          nameless = {.names = {STR("")}},
                          taken = {.slug = STR("speeches")};
    struct item it = made_item(f->events, "a", 100);
    int64_t id = 0;
    OK(m, news_section_change(made_desk(m), STR("events"), &name, &m->err));
    made_read_sections(m);
    SAME(sections_by_slug(&m->sections, STR("events"))->names[1], "События");
    SAME(sections_by_slug(&m->sections, STR("events"))->names[0], "events");
    name.names[1] = STR(""); /* none in that language from now on */
    OK(m, news_section_change(made_desk(m), STR("events"), &name, &m->err));
    made_read_sections(m);
    assert_int_equal(sections_by_slug(&m->sections, STR("events"))->names[1].n, 0);
    REFUSED(m, RC_INVALID, "a name in the language \"en\"",
            news_section_change(made_desk(m), STR("events"), &nameless, &m->err));
    REFUSED(m, RC_CONFLICT, "already",
            news_section_change(made_desk(m), STR("events"), &taken, &m->err));
    struct section_change slug = {.slug = STR("meetings")};
    OK(m, news_section_change(made_desk(m), STR("events"), &slug, &m->err));
    OK(m, store_section_by_alias(m->st, STR("events"), &id, &m->err));
    assert_int_equal(id, f->events);
    slug.slug = STR("events"); /* and back again */
    OK(m, news_section_change(made_desk(m), STR("meetings"), &slug, &m->err));
    assert_int_equal(store_section_by_alias(m->st, STR("events"), &id, &m->err),
                     RC_NOT_FOUND);

    made_save(m, &it);
    OK(m, add_section(m, "inside", "speeches"));
    REFUSED(m, RC_CONFLICT, "has items",
            news_section_remove(made_desk(m), STR("events"), &id, &m->err));
    REFUSED(m, RC_CONFLICT, "\"inside\" inside",
            news_section_remove(made_desk(m), STR("speeches"), &id, &m->err));
    int64_t before = version(m);
    REFUSED(m, RC_NOT_FOUND, "nowhere",
            news_section_remove(made_desk(m), STR("nowhere"), &id, &m->err));
    assert_int_equal(version(m), before); /* what is refused changes nothing */
    OK(m, news_section_remove(made_desk(m), STR("inside"), &id, &m->err));
    OK(m, news_section_remove(made_desk(m), STR("speeches"), &id, &m->err));
    in_order(m, "events ");
    assert_int_equal(version(m), before + 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_every_save_is_a_revision),
        TEST(test_the_same_again_writes_nothing),
        TEST(test_any_difference_is_a_change),
        TEST(test_slugs_are_numbered),
        TEST(test_the_longest_slug_is_numbered),
        TEST(test_an_address_given_up_stays),
        TEST(test_old_addresses_have_an_owner_and_an_end),
        TEST(test_a_visible_text_that_changes_says_so),
        TEST(test_a_draft_waits_for_its_approval),
        TEST(test_publish_and_withdraw),
        TEST(test_withdrawn_stays_withdrawn),
        TEST(test_finding_by_name),
        TEST(test_section_slugs_are_checked),
        TEST(test_sections_have_two_levels),
        TEST(test_sections_move),
        TEST(test_sections_rename_and_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
