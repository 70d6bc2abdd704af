/* test_article.c - what is at an address: shown, gone, moved or unknown; and epochs. */
#include "made.h"
#include "model/photo.h"
#include "model/url.h"
#include "news/page.h"
#include "news/section.h"

enum { PAGE = 5 };

struct fixture {
    struct made m;
    struct news n;
    int64_t events;
};

static int
set_up(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof f);
    made_site(&f.m);
    f.events = made_section(&f.m, "events", 0);
    news_open(&f.n, f.m.st, &f.m.site, (struct news_config){PAGE, 6, 4});
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

static struct page_article
look(struct fixture *f, const char *section, const char *slug, int64_t now)
{
    struct page_article page;
    OK(&f->m, store_read_begin(f->m.st, &f->m.err));
    OK(&f->m, news_refresh(&f->n, now, &f->m.err));
    struct article_place place = {0, str_of(section), str_of(slug)};
    OK(&f->m, news_article(&f->n, &place, &f->m.a, &page, &f->m.err));
    store_read_end(f->m.st);
    return page;
}

static enum page_found
found(struct fixture *f, const char *slug, int64_t now)
{
    return look(f, "events", slug, now).found;
}

static enum page_found
found_old(struct fixture *f, const char *address, int64_t now, struct str *to)
{
    enum page_found out;
    OK(&f->m, store_read_begin(f->m.st, &f->m.err));
    OK(&f->m, news_refresh(&f->n, now, &f->m.err));
    OK(&f->m, news_old_address(&f->n, str_of(address), &f->m.a, to, &out, &f->m.err));
    store_read_end(f->m.st);
    return out;
}

/* An address says nothing of what was never visible, and not before it is. */
static void
test_shown_gone_unknown(void **state)
{
    struct fixture *f = *state;
    struct item it = made_item(f->events, "a", 100);
    it.withdrawn_at = 200;
    it.withdrawn_reason = STR("Wrong figures");
    made_save(&f->m, &it);
    assert_int_equal(found(f, "a", 99), PAGE_UNKNOWN);
    assert_int_equal(found(f, "a", 100), PAGE_SHOWN);
    assert_int_equal(found(f, "a", 199), PAGE_SHOWN);
    struct page_article page = look(f, "events", "a", 200);
    assert_int_equal(page.found, PAGE_GONE);
    SAME(page.item.withdrawn_reason, "Wrong figures");

    struct item early = made_item(f->events, "b", 300);
    early.withdrawn_at = 250; /* before it would have gone out */
    early.withdrawn_reason = STR("x");
    made_save(&f->m, &early);
    assert_int_equal(found(f, "b", 400), PAGE_UNKNOWN);

    struct item draft = made_item(f->events, "c", 100);
    draft.state = STATE_REVIEW;
    made_save(&f->m, &draft);
    assert_int_equal(found(f, "c", 400), PAGE_UNKNOWN);
    assert_int_equal(found(f, "none", 400), PAGE_UNKNOWN);
    assert_int_equal(look(f, "nowhere", "a", 150).found, PAGE_UNKNOWN);

    struct item ended = made_item(f->events, "d", 100);
    ended.expires_at = 500;
    made_save(&f->m, &ended);
    assert_int_equal(found(f, "d", 499), PAGE_SHOWN);
    assert_int_equal(found(f, "d", 500), PAGE_GONE);
}

static void
test_old_addresses(void **state)
{
    struct fixture *f = *state;
    struct str address = STR("/old/?ID=7"), to = STR("");
    struct item it = made_item(f->events, "a", 100);
    it.withdrawn_at = 200;
    it.withdrawn_reason = STR("x");
    it.old_urls = &address;
    it.n_old_urls = 1;
    made_save(&f->m, &it);
    assert_int_equal(found_old(f, "/old/?ID=7", 99, &to), PAGE_UNKNOWN);
    assert_int_equal(found_old(f, "/old/?ID=7", 100, &to), PAGE_MOVED);
    SAME(to, "/news/events/a/");
    assert_int_equal(found_old(f, "/old/?ID=7", 200, &to), PAGE_MOVED); /* to a 410 */
    assert_int_equal(found_old(f, "/old/?ID=70", 100, &to), PAGE_UNKNOWN);
    struct str other = STR("/old/draft/");
    struct item draft = made_item(f->events, "b", 100);
    draft.state = STATE_DRAFT;
    draft.old_urls = &other;
    draft.n_old_urls = 1;
    made_save(&f->m, &draft);
    assert_int_equal(found_old(f, "/old/draft/", 1000, &to), PAGE_UNKNOWN);
}

static void
test_a_renamed_section(void **state)
{
    struct fixture *f = *state;
    struct item it = made_item(f->events, "a", 100),
                future = made_item(f->events, "b", 900);
    struct section_change to = {.slug = STR("meetings")};
    made_save(&f->m, &it);
    made_save(&f->m, &future);
    OK(&f->m, news_section_change(made_desk(&f->m), STR("events"), &to, &f->m.err));
    struct page_article page = look(f, "events", "a", 500);
    assert_int_equal(page.found, PAGE_MOVED);
    SAME(page.address, "/news/meetings/a/");
    assert_int_equal(look(f, "meetings", "a", 500).found, PAGE_SHOWN);
    assert_int_equal(look(f, "events", "b", 899).found, PAGE_UNKNOWN); /* not out yet */
    assert_int_equal(look(f, "events", "b", 900).found, PAGE_MOVED);
    assert_int_equal(look(f, "events", "none", 500).found, PAGE_UNKNOWN);
    struct section_found at;
    OK(&f->m, news_section_at(&f->n, 1, STR("events"), &f->m.a, &at, &f->m.err));
    assert_int_equal(at.found, PAGE_MOVED);
    SAME(at.address, "/ru/news/meetings/");
}

static void
test_a_renamed_item(void **state)
{
    struct fixture *f = *state;
    struct item it = made_item(f->events, "before", 100);
    struct str to;
    made_save(&f->m, &it);
    it.slug = STR("after");
    assert_int_equal(made_save(&f->m, &it), SAVE_CHANGED);
    assert_int_equal(found(f, "after", 500), PAGE_SHOWN);
    assert_int_equal(found(f, "before", 500), PAGE_UNKNOWN); /* so it is asked for: */
    assert_int_equal(found_old(f, "/news/events/before/", 500, &to), PAGE_MOVED);
    SAME(to, "/news/events/after/");
}

static void
test_updated_line(void **state)
{
    struct fixture *f = *state;
    struct item it = made_item(f->events, "a", 100);
    it.updated_at = 200;
    made_save(&f->m, &it);
    assert_false(look(f, "events", "a", 199).is_updated); /* it lies ahead */
    assert_true(look(f, "events", "a", 200).is_updated);
    it.updated_at = 100; /* no later than the publishing */
    made_save(&f->m, &it);
    assert_false(look(f, "events", "a", 500).is_updated);
}

static void
test_translations(void **state)
{
    struct fixture *f = *state;
    struct item en = made_item(f->events, "en", 100),
                ru = made_item(f->events, "ru", 100);
    struct item other = made_item(f->events, "other", 100);
    en.group = ru.group = STR("together");
    ru.lang = other.lang = STR("ru");
    ru.embargo_until = 300;
    other.group = STR("apart");
    made_save(&f->m, &en);
    made_save(&f->m, &ru);
    made_save(&f->m, &other);
    assert_int_equal(look(f, "events", "en", 299).translations.n, 0);
    struct item_places places = look(f, "events", "en", 300).translations;
    assert_int_equal(places.n, 1);
    SAME(places.all[0].slug, "ru");
    SAME(places.all[0].lang, "ru");
}

/* "Go back" leads to the listing page that shows the item. */
static void
test_back(void **state)
{
    struct fixture *f = *state;
    int64_t visits = made_section(&f->m, "visits", f->events);
    for (int i = 0; i < 12; i++) {
        struct item it = made_item(i % 2 ? visits : f->events,
                                   str_fmt(&f->m.a, "i-%d", i).p, 1000 + i);
        made_save(&f->m, &it);
    }
    SAME(look(f, "events", "i-10", 2000).back, "/news/events/"); /* second of twelve */
    SAME(look(f, "events", "i-8", 2000).back, "/news/events/");  /* fourth */
    struct str back = look(f, "events", "i-6", 2000).back;       /* sixth: next page */
    struct listing_place place = {.has_before = true};
    assert_true(str_starts(back, STR("/news/events/?before=")));
    assert_true(
        cursor_read(str_from(back, strlen("/news/events/?before=")), &place.before));
    struct page_listing page;
    place.section = sections_by_slug(&f->n.sections, STR("events"));
    OK(&f->m, news_listing(&f->n, &place, &f->m.a, &page, &f->m.err));
    SAME(page.cards.all[0].slug, "i-6");
}

static void
test_photos_whose_rights_end(void **state)
{
    struct fixture *f = *state;
    struct item it = made_item(f->events, "a", 100);
    struct photo photos[] = {made_photo(&f->m, 'a', "X"), made_photo(&f->m, 'b', "X")};
    photos[0].expires_at = 300;
    it.photos = photos;
    it.n_photos = 2;
    made_save(&f->m, &it);
    struct page_article page = look(f, "events", "a", 299);
    assert_true(photo_is_shown(&page.item.photos[0], 299));
    assert_int_equal(page.item.photos[0].rendition.n, 0); /* not made yet */
    made_renditions(&f->m);
    page = look(f, "events", "a", 300);
    assert_int_equal(page.item.n_photos, 2);
    assert_false(photo_is_shown(&page.item.photos[0], 300));
    SAME(page.item.photos[0].credit, "X"); /* which stays */
    assert_true(photo_is_shown(&page.item.photos[1], 300));
    SAME(page.item.photos[1].rendition, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
}

/* ---- epochs ---- */

static int64_t
epoch_at(struct fixture *f, int64_t now)
{
    OK(&f->m, store_read_begin(f->m.st, &f->m.err));
    OK(&f->m, news_refresh(&f->n, now, &f->m.err));
    store_read_end(f->m.st);
    return f->n.epoch;
}

static void
test_epochs(void **state)
{
    struct fixture *f = *state;
    struct item it = made_item(f->events, "a", f->m.now + 50);
    it.expires_at = f->m.now + 60;
    made_save(&f->m, &it);
    int64_t first = epoch_at(f, f->m.now + 1);
    assert_int_equal(news_last_modified(&f->n), f->m.now);
    assert_int_equal(epoch_at(f, f->m.now + 49), first);
    assert_int_equal(epoch_at(f, f->m.now + 50), first + 1); /* it goes out */
    assert_int_equal(news_last_modified(&f->n), TIME_NONE);
    assert_int_equal(epoch_at(f, f->m.now + 51), first + 1);
    assert_int_equal(news_last_modified(&f->n), f->m.now + 50);
    assert_int_equal(epoch_at(f, f->m.now + 59), first + 1);
    assert_int_equal(epoch_at(f, f->m.now + 60), first + 2); /* it ends */
    made_begin(&f->m);
    made_commit(&f->m); /* somebody writes */
    assert_int_equal(epoch_at(f, f->m.now + 60), first + 3);
    made_save(&f->m, &it); /* nothing is written */
    assert_int_equal(epoch_at(f, f->m.now + 60), first + 3);
}

static void
test_strip(void **state)
{
    struct fixture *f = *state;
    const struct cards *strip = NULL;
    for (int i = 0; i < 6; i++) {
        struct item it = made_item(f->events, str_fmt(&f->m.a, "i-%d", i).p, 1000 + i);
        made_save(&f->m, &it);
    }
    epoch_at(f, 1004);
    OK(&f->m, news_strip(&f->n, 0, &strip, &f->m.err));
    assert_int_equal(strip->n, STRIP_ITEMS);
    SAME(strip->all[0].slug, "i-4"); /* the sixth is not out yet */
    OK(&f->m, news_strip(&f->n, 1, &strip, &f->m.err));
    assert_int_equal(strip->n, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_shown_gone_unknown),
        TEST(test_old_addresses),
        TEST(test_a_renamed_section),
        TEST(test_a_renamed_item),
        TEST(test_updated_line),
        TEST(test_translations),
        TEST(test_back),
        TEST(test_photos_whose_rights_end),
        TEST(test_epochs),
        TEST(test_strip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
