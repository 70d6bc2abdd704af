/* test_listing.c - walking listings, archives, and what is visible when. */
#include "made.h"
#include "model/photo.h"
#include "model/url.h"
#include "news/page.h"

enum { PAGE = 5 };

struct fixture {
    struct made m;
    struct news n;
    int64_t events, visits, speeches; /* visits are inside events */
};

static int
set_up(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof f);
    made_site(&f.m);
    OK(&f.m, time_set_zone("Europe/Moscow", &f.m.err));
    f.events = made_section(&f.m, "events", 0);
    f.visits = made_section(&f.m, "visits", f.events);
    f.speeches = made_section(&f.m, "speeches", 0);
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

static void
add(struct fixture *f, int64_t section_id, const char *slug, int64_t at)
{
    struct item it = made_item(section_id, slug, at);
    assert_int_equal(made_save(&f->m, &it), SAVE_ADDED);
}

/* The page a place shows at now. */
static struct page_listing
look(struct fixture *f, struct listing_place place, int64_t now)
{
    struct page_listing page;
    OK(&f->m, store_read_begin(f->m.st, &f->m.err));
    OK(&f->m, news_refresh(&f->n, now, &f->m.err));
    OK(&f->m, news_listing(&f->n, &place, &f->m.a, &page, &f->m.err));
    store_read_end(f->m.st);
    return page;
}

static struct listing_place
place_in(struct fixture *f, const char *section)
{
    struct listing_place place = {0};
    OK(&f->m, store_read_begin(f->m.st, &f->m.err));
    OK(&f->m, news_refresh(&f->n, f->m.now, &f->m.err));
    store_read_end(f->m.st);
    if (section != NULL)
        place.section = sections_by_slug(&f->n.sections, str_of(section));
    return place;
}

/* All slugs a walk meets, each page in its order: "a b c ". */
struct met {
    struct str slugs;
    int n, n_pages;
};

static void
meet(struct fixture *f, struct met *met, const struct cards *cards)
{
    assert_true(cards->n <= PAGE);
    for (int i = 0; i < cards->n; i++)
        met->slugs = str_fmt(&f->m.a, "%.*s%.*s ", STR_ARG(met->slugs),
                             STR_ARG(cards->all[i].slug));
    met->n += cards->n;
    met->n_pages++;
}

static struct met
walk_older(struct fixture *f, struct listing_place place, struct page_listing *last)
{
    struct met met = {.slugs = STR("")};
    *last = look(f, place, f->m.now);
    meet(f, &met, &last->cards);
    assert_false(last->has_newer);
    while (last->has_older) {
        assert_true(met.n_pages < 100);
        place.has_before = true;
        place.before = last->older;
        *last = look(f, place, f->m.now);
        assert_true(last->cards.n > 0);
        assert_true(last->has_newer);
        meet(f, &met, &last->cards);
    }
    return met;
}

/* From a listing's last page back to its first; the slugs in the order of walk_older. */
static struct met
walk_newer(struct fixture *f, struct listing_place place, struct page_listing page)
{
    struct met met = {.slugs = STR("")};
    meet(f, &met, &page.cards);
    while (page.has_newer) {
        assert_true(met.n_pages < 100);
        struct met one = {.slugs = STR("")};
        bool is_first = page.newer_is_first;
        place.has_after = true;
        place.after = page.newer;
        page = look(f, place, f->m.now);
        meet(f, &one, &page.cards);
        assert_true(page.has_older);
        met.slugs = str_fmt(&f->m.a, "%.*s%.*s", STR_ARG(one.slugs), STR_ARG(met.slugs));
        met.n += one.n;
        met.n_pages++;
        assert_int_equal(page.has_newer, !is_first);
    }
    return met;
}

/* How often a word is among words that end in a blank each. */
static int
count(struct str words, struct str word)
{
    int n = 0;
    while (words.p != NULL)
        n += str_eq(str_cut(&words, ' '), word);
    return n;
}

/* 47 items, up to seven of them in the same second, over all sections. */
static void
add_many(struct fixture *f)
{
    int64_t sections[] = {f->events, f->visits, f->speeches};
    for (int i = 0; i < 47; i++)
        add(f, sections[i % 3], str_fmt(&f->m.a, "item-%d", i).p, 1000 + i / 7 * 60);
}

static void
check_walk(struct fixture *f, const char *section, int n_wanted)
{
    struct listing_place place = place_in(f, section);
    struct page_listing last;
    struct met older = walk_older(f, place, &last);
    assert_int_equal(older.n, n_wanted);
    struct str rest = older.slugs;
    for (int i = 0; i < older.n; i++)
        assert_int_equal(count(older.slugs, str_cut(&rest, ' ')), 1);
    struct met newer = walk_newer(f, place, last);
    assert_true(str_eq(newer.slugs, older.slugs));
}

static void
test_a_walk_meets_every_item_once(void **state)
{
    struct fixture *f = *state;
    add_many(f);
    check_walk(f, NULL, 47);
    check_walk(f, "events", 32); /* with those of visits */
    check_walk(f, "visits", 16);
    check_walk(f, "speeches", 15);
}

/* The pages of a walk, as far as there are more than two, lie as they did on the way
 * there: an item that comes in at the top moves none of them. */
static void
test_new_items_move_no_page(void **state)
{
    struct fixture *f = *state;
    add_many(f);
    struct listing_place place = place_in(f, NULL);
    place.has_before = true;
    place.before = look(f, place_in(f, NULL), f->m.now).older;
    struct page_listing before = look(f, place, f->m.now);
    add(f, f->events, "brand-new", 2000);
    struct page_listing after = look(f, place, f->m.now);
    assert_int_equal(after.cards.n, before.cards.n);
    for (int i = 0; i < after.cards.n; i++)
        assert_int_equal(after.cards.all[i].id, before.cards.all[i].id);
}

static void
test_order_is_newest_first(void **state)
{
    struct fixture *f = *state;
    add(f, f->events, "old", 1000);
    add(f, f->speeches, "new", 3000);
    add(f, f->visits, "middle", 2000);
    struct page_listing last;
    SAME(walk_older(f, place_in(f, NULL), &last).slugs, "new middle old ");
    SAME(walk_older(f, place_in(f, "events"), &last).slugs, "middle old ");
    assert_int_equal(last.n_children, 1);
    SAME(last.children[0]->slug, "visits");
}

static void
test_empty_ones(void **state)
{
    struct fixture *f = *state;
    struct page_listing page = look(f, place_in(f, NULL), f->m.now);
    assert_int_equal(page.cards.n, 0);
    assert_false(page.has_older || page.has_newer);
    add(f, f->events, "only", 1000);
    page = look(f, place_in(f, "speeches"), f->m.now);
    assert_int_equal(page.cards.n, 0);
    assert_false(page.has_older || page.has_newer);
    struct listing_place month = {.year = 1999, .month = 2};
    page = look(f, month, f->m.now);
    assert_int_equal(page.cards.n, 0);
    assert_false(page.has_older || page.has_newer);
    /* Beyond both ends there is a way back. */
    struct listing_place beyond = {.has_before = true, .before = {10, 0}};
    page = look(f, beyond, f->m.now);
    assert_int_equal(page.cards.n, 0);
    assert_true(page.has_newer && page.newer_is_first && !page.has_older);
    beyond = (struct listing_place){.has_after = true, .after = {5000, 0}};
    page = look(f, beyond, f->m.now);
    assert_int_equal(page.cards.n, 0);
    assert_true(page.has_newer && page.newer_is_first);
}

/* ---- visible when ---- */

static int
n_shown(struct fixture *f, int64_t now)
{
    return look(f, place_in(f, NULL), now).cards.n;
}

static void
test_visible_to_the_second(void **state)
{
    struct fixture *f = *state;
    struct item it = made_item(f->events, "a", 100);
    it.embargo_until = 200;
    it.expires_at = 300;
    made_save(&f->m, &it);
    assert_int_equal(n_shown(f, 199), 0);
    assert_int_equal(n_shown(f, 200), 1);
    assert_int_equal(n_shown(f, 299), 1);
    assert_int_equal(n_shown(f, 300), 0);
    struct item scheduled = made_item(f->events, "b", 400);
    made_save(&f->m, &scheduled);
    assert_int_equal(n_shown(f, 399), 0);
    assert_int_equal(n_shown(f, 400), 1);
    struct item withdrawn = made_item(f->events, "c", 500);
    withdrawn.withdrawn_at = 600;
    withdrawn.withdrawn_reason = STR("Error");
    made_save(&f->m, &withdrawn);
    assert_int_equal(n_shown(f, 599), 2);
    assert_int_equal(n_shown(f, 600), 1);
    struct item draft = made_item(f->events, "d", 100);
    draft.state = STATE_DRAFT;
    made_save(&f->m, &draft);
    struct item russian = made_item(f->events, "e", 100);
    russian.lang = STR("ru");
    made_save(&f->m, &russian);
    assert_int_equal(n_shown(f, 700), 1);
}

/* A card has its item's first photo, as it is shown, for as long as its rights go. */
static void
test_photo_of_a_card(void **state)
{
    struct fixture *f = *state;
    struct item it = made_item(f->events, "a", 100);
    struct photo photos[] = {made_photo(&f->m, 'a', "X"), made_photo(&f->m, 'b', "Y")};
    photos[0].source_type = STR("https://vocabulary.example/made-up");
    photos[0].expires_at = 300;
    it.photos = photos;
    it.n_photos = 2;
    made_save(&f->m, &it);
    made_renditions(&f->m);
    struct card *c = look(f, place_in(f, NULL), 299).cards.all;
    assert_true(c->has_photo);
    assert_true(photo_is_shown(&c->photo, 299));
    SAME(c->photo.credit, "X");
    SAME(c->photo.source_type, "https://vocabulary.example/made-up");
    SAME(c->photo.rendition, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    assert_int_equal(c->photo.width_px, 40);
    assert_false(look(f, place_in(f, NULL), 300).cards.all->has_photo);
}

/* ---- the archive, at the borders of the office's days ---- */

static const char moscow_new_year[] = "2023-12-31T21:00:00Z";

static int64_t
at(struct fixture *f, const char *text)
{
    int64_t t = 0;
    bool is_date_only;
    OK(&f->m, time_read(str_of(text), &t, &is_date_only, &f->m.err));
    return t;
}

static void
only(struct fixture *f, int year, int month, const char *slugs)
{
    struct page_listing last;
    struct listing_place place = {.year = year, .month = month};
    SAME(walk_older(f, place, &last).slugs, slugs);
}

static void
test_archive_borders(void **state)
{
    struct fixture *f = *state;
    int64_t new_year = at(f, moscow_new_year);
    add(f, f->events, "last-of-2023", new_year - 1);
    add(f, f->visits, "first-of-2024", new_year);
    add(f, f->events, "leap-day", at(f, "2024-02-29T20:59:59Z"));
    add(f, f->events, "march", at(f, "2024-02-29T21:00:00Z"));
    f->m.now = at(f, "2024-06-01");
    only(f, 2023, 0, "last-of-2023 ");
    only(f, 2023, 12, "last-of-2023 ");
    only(f, 2024, 0, "march leap-day first-of-2024 ");
    only(f, 2024, 1, "first-of-2024 ");
    only(f, 2024, 2, "leap-day ");
    only(f, 2024, 3, "march ");
    only(f, 2022, 0, "");
    only(f, 2030, 0, "");
}

static void
test_archive_years_and_months(void **state)
{
    struct fixture *f = *state;
    int64_t new_year = at(f, moscow_new_year);
    add(f, f->events, "a", new_year - 1);
    add(f, f->events, "b", new_year);
    add(f, f->events, "c", at(f, "2019-07-01"));
    f->m.now = new_year;
    struct listing_place year = {.year = 2024};
    struct page_listing page = look(f, year, f->m.now);
    static const int years[] = {2024, 2023, 2019};
    assert_int_equal(page.years.n, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(page.years.all[i], years[i]);
    for (int month = 1; month <= 12; month++)
        assert_int_equal(page.months[month], month == 1);
    page = look(f, year, new_year - 1); /* it is still 2023 */
    assert_int_equal(page.years.n, 2);
    assert_int_equal(page.cards.n, 0);
    year.year = 2023;
    page = look(f, year, f->m.now);
    for (int month = 1; month <= 12; month++)
        assert_int_equal(page.months[month], month == 12);
}

/* Cursors of an archive page stay inside its time, both ways. */
static void
test_archive_walk(void **state)
{
    struct fixture *f = *state;
    int64_t new_year = at(f, moscow_new_year);
    for (int i = 0; i < 36; i++)
        add(f, f->events, str_fmt(&f->m.a, "i-%d", i).p, new_year + (i - 12) * 7200);
    f->m.now = at(f, "2025-01-01");
    struct listing_place place = {.year = 2024};
    struct page_listing last;
    struct met older = walk_older(f, place, &last);
    assert_int_equal(older.n, 24);
    assert_true(str_eq(walk_newer(f, place, last).slugs, older.slugs));
    place.month = 1;
    assert_true(str_eq(walk_older(f, place, &last).slugs, older.slugs));
    place = (struct listing_place){.year = 2023, .month = 12};
    older = walk_older(f, place, &last);
    assert_int_equal(older.n, 12);
    assert_true(str_eq(walk_newer(f, place, last).slugs, older.slugs));
}

/* ---- the home page ---- */

static struct page_home
look_home(struct fixture *f, int64_t now)
{
    struct page_home page;
    OK(&f->m, store_read_begin(f->m.st, &f->m.err));
    OK(&f->m, news_refresh(&f->n, now, &f->m.err));
    OK(&f->m, news_home(&f->n, 0, &f->m.a, &page, &f->m.err));
    store_read_end(f->m.st);
    return page;
}

static void
test_home(void **state)
{
    struct fixture *f = *state;
    assert_false(look_home(f, 100).has_lead);
    for (int i = 0; i < 9; i++)
        add(f, f->visits, str_fmt(&f->m.a, "v-%d", i).p, 1000 + i);
    struct item pinned = made_item(f->speeches, "pinned", 900);
    pinned.pinned_until = 5000;
    made_save(&f->m, &pinned);
    struct page_home page = look_home(f, 4999);
    SAME(page.lead.slug, "pinned");
    assert_int_equal(page.latest.n, 6);
    SAME(page.latest.all[0].slug, "v-8");
    page = look_home(f, 5000); /* not pinned any more */
    SAME(page.lead.slug, "v-8");
    SAME(page.latest.all[0].slug, "v-7"); /* the lead is not shown twice */
    assert_int_equal(page.latest.n, 6);
    assert_int_equal(page.n_blocks, 2); /* a block of events, by its child's items */
    SAME(page.blocks[0].section->slug, "events");
    assert_int_equal(page.blocks[0].cards.n, 4);
    assert_int_equal(page.blocks[1].cards.n, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_walk_meets_every_item_once),
        TEST(test_new_items_move_no_page),
        TEST(test_order_is_newest_first),
        TEST(test_empty_ones),
        TEST(test_visible_to_the_second),
        TEST(test_photo_of_a_card),
        TEST(test_archive_borders),
        TEST(test_archive_years_and_months),
        TEST(test_archive_walk),
        TEST(test_home),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
