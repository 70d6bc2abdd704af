/* tests/unit/test_pages.c - whole pages of every kind as the view makes them: with
 * everything there is, with nothing, and with texts that want out of their place. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <jansson.h>

#include "golden.h"
#include "hostile.h"
#include "model/page.h"
#include "news/body.h"
#include "view/view.h"

#include "base/utf8.h"

#define SHA    "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"
#define DIGEST "f9e8d7c6b5a4938271605f4e3d2c1b0a"
#define IPTC   "http://cv.iptc.org/newscodes/digitalsourcetype/"

enum { N_CARDS = 3, N_PHOTOS = 7, T0 = 1684368000 /* 2023-05-18 */ };

static struct arena arena;
static struct golden golden = {.folder = "pages", .a = &arena};

static int
set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

/* ---- facts ---- */

/* What stands for all texts at once; absent: each its own, or none. */
struct mould {
    const char *name;
    bool is_empty;
    struct str all;
};

static struct str
text(const struct mould *m, const char *full)
{
    return m->all.p != NULL ? m->all : m->is_empty ? (struct str){NULL, 0} : str_of(full);
}

/* One that no item lacks. */
static struct str
needed(const struct mould *m, const char *full)
{
    return m->all.p != NULL ? m->all : str_of(full);
}

struct facts {
    struct site site;
    struct view view;
    struct section section_array[3];
    const struct section *children[1];
    struct sections sections;
    struct card card_array[N_CARDS];
    struct cards cards;
    struct photo photos[N_PHOTOS];
    struct block block;
    struct view_frame frame;
    struct page_home home;
    struct page_listing listing;
    struct page_article article;
    struct correction correction_array[2];
    struct correction_line lines[2];
    struct page_corrections corrections;
    struct view_error_page error;
};

static void
make_site(struct facts *f, const struct mould *m)
{
    struct err err;
    f->site = (struct site){.url = STR_INIT("https://news.example"), .n_langs = 2};
    f->site.langs[0] = (struct site_lang){STR("en"), needed(m, "Office for “Rivers”"),
                                          text(m, "News & statements")};
    f->site.langs[1] =
        (struct site_lang){STR("ru"), needed(m, "Бюро рек"), text(m, "Новости")};
    if (view_open(&f->site, (struct str){NULL, 0}, &f->view, &err) != RC_OK)
        fail_msg("%s", err.text);
}

static void
make_sections(struct facts *f, const struct mould *m)
{
    static const char *const slugs[] = {"statements", "speeches", "remarks"};
    static const char *const names[] = {"Statements", "Speeches <&>", "Remarks"};
    for (int i = 0; i < 3; i++)
        f->section_array[i] = (struct section){.id = i + 1,
                                               .parent_id = i == 2 ? 1 : 0,
                                               .slug = str_of(slugs[i]),
                                               .names = {text(m, names[i])}};
    f->children[0] = &f->section_array[2];
    f->sections = (struct sections){f->section_array, m->is_empty ? 1 : 3};
}

static const char *const source_types[N_PHOTOS] = {
    IPTC "digitalCapture",
    "",
    "",
    "",
    "",
    IPTC "trainedAlgorithmicMedia",
    IPTC "compositeWithTrainedAlgorithmicMedia"};

static struct photo
make_photo(const struct mould *m, int i)
{
    return (struct photo){
        .sha256 = STR_INIT(SHA),
        .ext = STR_INIT("jpg"),
        .rendition = STR_INIT(DIGEST),
        .width_px = 1200 + i,
        .height_px = i == 6 ? 1800 : 800,
        .credit = needed(m, "Ministry of “Water” & Sons"),
        .credit_url =
            i % 2 == 0 ? text(m, "https://x.example/?a=1&b=2") : (struct str){NULL, 0},
        .caption = i != 1 ? text(m, "The dam <today>") : (struct str){NULL, 0},
        .creator = text(m, i == 0 ? "Ann <Lee>" : "Sons"),
        .copyright = text(m, "© 2023 Sons"),
        .licence = i != 1 ? text(m, "CC BY 4.0") : (struct str){NULL, 0},
        .licence_url =
            i < 2 ? text(m, "https://x.example/by/4.0/") : (struct str){NULL, 0},
        .acquire_url = text(m, "https://x.example/buy?a&b"),
        .organisation = text(m, "Agency"),
        .usage = i == 0 ? text(m, "Press use <only>") : (struct str){NULL, 0},
        .source_type = text(m, source_types[i]),
        .alt = text(m, "A \"dam\""),
        .expires_at = TIME_NONE};
}

static void
make_cards(struct facts *f, const struct mould *m)
{
    for (int i = 0; i < N_CARDS; i++)
        f->card_array[i] =
            (struct card){.id = i + 1,
                          .lang = STR_INIT("en"),
                          .slug = STR_INIT("a-visit"),
                          .title = needed(m, "ХI visit to <Minsk> – “on\" time"),
                          .lead = i != 1 ? text(m, "Lead\nof two lines") : STR(""),
                          .section_id = i + 1,
                          .published_at = T0 - i * 86400,
                          .is_date_only = i == 0,
                          .has_photo = i != 2,
                          .photo = make_photo(m, i)};
    f->card_array[1].photo.source_type = text(m, IPTC "trainedAlgorithmicMedia");
    f->cards = (struct cards){f->card_array, m->is_empty ? 0 : N_CARDS};
}

static void
make_home(struct facts *f)
{
    f->block = (struct block){&f->section_array[1], f->cards};
    f->home = (struct page_home){.has_lead = f->cards.n > 0,
                                 .lead = f->card_array[0],
                                 .latest = f->cards,
                                 .blocks = &f->block,
                                 .n_blocks = f->cards.n > 0 ? 1 : 0};
}

static void
make_listing(struct facts *f, const struct mould *m)
{
    f->listing = (struct page_listing){.cards = f->cards};
    if (m->is_empty)
        return;
    f->listing.years = (struct years){.all = {2023, 2022, 1999}, .n = 3};
    f->listing.months[1] = f->listing.months[5] = true;
}

/* Body with a photo placed in it; one photo whose rights have ended, one whose files are
 * not made yet. */
static void
make_article(struct facts *f, const struct mould *m)
{
    struct str html;
    struct err err;
    struct item *it = &f->article.item;
    bool is_text = m->all.p != NULL && utf8_check(m->all) == m->all.n;
    for (int i = 0; i < N_PHOTOS; i++)
        f->photos[i] = make_photo(m, i);
    f->photos[2].expires_at = f->frame.now;
    f->photos[4].rendition = (struct str){NULL, 0};
    *it = (struct item){.title = needed(m, "ХI visit to <Minsk> – “on\" time"),
                        .lead = text(m, "Lead\nof two lines"),
                        .body = text(m, "From <Minsk>.\n\n![](photo:4)\n\n# A\n\n- b"),
                        .published_at = T0,
                        .is_date_only = m->is_empty,
                        .updated_at = T0 + 90061,
                        .photo_credit = text(m, "Press service & co"),
                        .photos = f->photos,
                        .n_photos = m->is_empty ? 0 : N_PHOTOS,
                        .body_format = is_text ? BODY_TEXT : BODY_MARKDOWN};
    f->article.section = &f->section_array[m->is_empty ? 0 : 2];
    f->article.is_updated = !m->is_empty;
    f->article.back = STR("/news/remarks/");
    if (news_body_render(it, &arena, &html, &err) == RC_OK)
        f->article.parts = news_body_parts(html, &arena, &f->article.n_parts);
    else /* only what is no text is refused */
        assert_true(m->all.p != NULL);
}

static void
make_corrections(struct facts *f, const struct mould *m)
{
    for (int i = 0; i < 2; i++) {
        f->correction_array[i] = (struct correction){
            T0 + i, needed(m, "It was <12>,\nnot \"21\"."), needed(m, "Bob")};
        f->lines[i] = (struct correction_line){.correction = f->correction_array[i],
                                               .lang = STR_INIT("en"),
                                               .slug = STR_INIT("a-visit"),
                                               .title = needed(m, "A visit to <Minsk>"),
                                               .section_id = 1};
    }
    if (m->is_empty)
        return;
    f->article.corrections = (struct corrections){f->correction_array, 2};
    f->corrections = (struct page_corrections){.all = f->lines, .n = 2};
}

static void
make_frame(struct facts *f, const struct mould *m)
{
    f->frame = (struct view_frame){.lang = m->is_empty ? 1 : 0,
                                   .now = T0 + 86400,
                                   .sections = &f->sections,
                                   .strip = &f->cards,
                                   .current = 3,
                                   .title = text(m, "Title of the “page”"),
                                   .description = text(m, "What it is <about>")};
    if (m->is_empty)
        return;
    f->frame.path = STR("/news/");
    f->frame.alternates[f->frame.n_alternates++] =
        (struct view_alternate){1, STR("/ru/news/"), true};
    f->frame.prev = STR("/news/?after=x");
    f->frame.next = STR("/news/?before=x");
}

static struct facts *
facts_of(const struct mould *m)
{
    struct facts *f = arena_new(&arena, struct facts);
    make_site(f, m);
    make_sections(f, m);
    make_cards(f, m);
    make_home(f);
    make_listing(f, m);
    make_frame(f, m);
    make_article(f, m);
    make_corrections(f, m);
    f->error = (struct view_error_page){.status = m->is_empty ? 0 : 503,
                                        .heading = needed(m, "Gone <now>"),
                                        .text = needed(m, "It was here."),
                                        .notice = text(m, "Reason: “x”"),
                                        .request_id = text(m, "0a1b")};
    return f;
}

/* ---- pages ---- */

static struct str
page(struct facts *f, const struct view_kind *kind, const void *facts)
{
    struct str out;
    struct err err;
    f->frame.epoch++; /* header and strip of these facts, not of others */
    struct view_content content = {kind, facts};
    if (view_page(&f->view, &f->frame, content, &arena, &out, &err) != RC_OK)
        fail_msg("%s", err.text);
    return out;
}

static struct str
home(struct facts *f)
{
    return page(f, &view_home, &f->home);
}

static struct str
all_news(struct facts *f)
{
    f->listing.place = (struct listing_place){.lang = f->frame.lang};
    return page(f, &view_listing, &f->listing);
}

static struct str
section(struct facts *f)
{
    f->listing.place = (struct listing_place){.section = &f->section_array[0]};
    f->listing.children = f->children;
    f->listing.n_children = f->sections.n == 3 ? 1 : 0;
    return page(f, &view_listing, &f->listing);
}

static struct str
year(struct facts *f)
{
    f->listing.place = (struct listing_place){.year = 2023};
    return page(f, &view_listing, &f->listing);
}

static struct str
month(struct facts *f)
{
    f->listing.place = (struct listing_place){.year = 2023, .month = 5};
    return page(f, &view_listing, &f->listing);
}

static struct str
article(struct facts *f)
{
    return page(f, &view_article, &f->article);
}

static struct str
corrections(struct facts *f)
{
    return page(f, &view_correction_list, &f->corrections);
}

static struct str
error(struct facts *f)
{
    f->frame.is_noindex = true;
    if (f->error.status == 0) { /* as without a database */
        f->frame.sections = NULL;
        f->frame.strip = NULL;
    }
    return page(f, &view_error, &f->error);
}

static struct str
static_error(struct facts *f)
{
    struct str out;
    struct err err;
    if (view_static_error(&f->view, f->frame.lang, &f->error, &arena, &out, &err) !=
        RC_OK)
        fail_msg("%s", err.text);
    return out;
}

static const struct {
    const char *name;
    struct str (*make)(struct facts *f);
    int n_images; /* with all facts: each photo that is to be seen */
} kinds[] = {
    {"home", home, 5},
    {"all", all_news, 2},
    {"section", section, 2},
    {"year", year, 2},
    {"month", month, 2},
    {"article", article, 5},
    {"error", error, 0},
    {"static_error", static_error, 0},
    {"corrections", corrections, 0},
};

/* Names of static files hold a digest of what they hold; their change is not ours. */
static struct str
without_digests(struct str html)
{
    static const struct {
        const char *name;
        struct str url;
    } statics[] = {
#define STATIC(name, url) {name, STR_INIT(url)},
#include "static.def"
#undef STATIC
    };
    for (size_t i = 0; i < N_ELEMENTS(statics); i++) {
        struct buf b;
        size_t at;
        buf_init(&b, &arena, 1 << 24);
        while ((at = str_find_str(html, statics[i].url)) < html.n) {
            buf_add(&b, str_sub(html, 0, at));
            buf_fmt(&b, "/static/%s", statics[i].name);
            html = str_from(html, at + statics[i].url.n);
        }
        buf_add(&b, html);
        html = buf_str(&b);
    }
    return html;
}

static void
compare_all(const struct mould *m)
{
    for (size_t i = 0; i < N_ELEMENTS(kinds); i++) {
        struct facts *f = facts_of(m);
        struct hostile_tags tags;
        struct str html = kinds[i].make(f);
        hostile_read(&arena, html, &tags);
        assert_int_equal(tags.n_images, m->is_empty ? 0 : kinds[i].n_images);
        golden_compare(&golden, str_fmt(&arena, "%s-%s.html", kinds[i].name, m->name),
                       without_digests(html));
        view_close(&f->view);
    }
}

static void
test_full(void **state)
{
    (void)state;
    compare_all(&(struct mould){.name = "full"});
}

static void
test_empty(void **state)
{
    (void)state;
    compare_all(&(struct mould){.name = "empty", .is_empty = true});
}

static void
test_hostile(void **state)
{
    (void)state;
    compare_all(&(struct mould){.name = "hostile", .all = hostile[0]});
}

/* Whatever the texts are, the tags of a page are those that harmless texts have. The
 * body's own are left out: test_body is about them. */
static void
test_no_text_makes_a_tag(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(kinds); i++) {
        struct str want = {NULL, 0};
        for (size_t j = 0; j <= N_ELEMENTS(hostile); j++) {
            struct mould m = {.all = j == 0 ? STR("x") : hostile[j - 1]};
            struct facts *f = facts_of(&m);
            struct hostile_tags tags;
            f->article.n_parts = 0;
            hostile_read(&arena, kinds[i].make(f), &tags);
            want = j == 0 ? buf_str(&tags.outline) : want;
            if (!str_eq(buf_str(&tags.outline), want))
                fail_msg("%s: text %zu makes <<%s>>", kinds[i].name, j, tags.outline.p);
            assert_int_equal(tags.n_images, kinds[i].n_images);
            view_close(&f->view);
        }
    }
}

/* A credit that is white space only is none: what shows a photo must have been given
 * one. That the reader of these tests would see it is shown here. */
static void
test_a_photo_without_credit_would_be_found(void **state)
{
    (void)state;
    struct facts *f = facts_of(&(struct mould){.name = "full"});
    struct hostile_tags t = {.fault = NULL};
    struct html_reader r = {&t, hostile_on_tag, hostile_on_text};
    f->card_array[0].photo.credit = STR(" ");
    struct str html = all_news(f);
    buf_init(&t.outline, &arena, 1 << 20);
    assert_null(html_read(&arena, str_trim(html), &r));
    assert_string_equal(t.fault, "a figure without a credit");
    view_close(&f->view);
}

static void
test_manifest(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(hostile); i++) {
        if (utf8_check(hostile[i]) < hostile[i].n)
            continue; /* settings are UTF-8 */
        struct facts *f = facts_of(&(struct mould){.all = hostile[i]});
        struct str out = view_manifest(&f->view, 1, &arena);
        json_t *m = json_loadb(out.p, out.n, JSON_REJECT_DUPLICATES, NULL);
        const json_t *name = json_object_get(m, "name");
        assert_non_null(m);
        assert_true(str_eq(
            (struct str){json_string_value(name), json_string_length(name)}, hostile[i]));
        assert_string_equal(json_string_value(json_object_get(m, "start_url")), "/ru/");
        json_decref(m);
        view_close(&f->view);
    }
}

/* ---- for programs ---- */

/* The JSON that a page holds. */
static json_t *
linked_of(struct str html)
{
    static const char before[] = "<script type=\"application/ld+json\">";
    size_t at = str_find_str(html, str_of(before));
    struct str json = str_from(html, at + sizeof before - 1);
    json = str_sub(json, 0, str_find(json, '<'));
    assert_true(
        str_starts(str_from(html, (size_t)(json.p - html.p) + json.n), STR("</script>")));
    json_t *o = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(o);
    return o;
}

static struct str
member(const json_t *o, const char *key)
{
    const json_t *s = json_object_get(o, key);
    return (struct str){json_string_value(s), json_string_length(s)};
}

static void
assert_member(const json_t *o, const char *key, struct str want)
{
    struct str have = member(o, key);
    if (!str_eq(have, want))
        fail_msg("%s: %.*s", key, STR_ARG(have));
}

static void
test_linked_data(void **state)
{
    (void)state;
    struct facts *f = facts_of(&(struct mould){.name = "full"});
    json_t *o = linked_of(article(f)), *list = json_object_get(o, "image");
    const json_t *image = json_array_get(list, 0);
    assert_member(o, "@type", STR("NewsArticle"));
    assert_member(o, "headline", f->article.item.title);
    assert_member(o, "url", STR("https://news.example/news/"));
    assert_member(o, "datePublished", STR("2023-05-18T00:00:00+00:00"));
    assert_member(o, "dateModified", STR("2023-05-19T01:01:01+00:00"));
    assert_member(json_object_get(o, "publisher"), "name", f->site.langs[0].name);
    assert_int_equal(json_array_size(list), 5); /* those that are to be seen */
    assert_member(image, "@type", STR("ImageObject"));
    assert_member(image, "contentUrl",
                  STR("https://news.example/media/f9/" DIGEST "/1200.jpg"));
    assert_member(image, "creditText", f->photos[0].credit);
    assert_member(image, "copyrightNotice", f->photos[0].copyright);
    assert_member(image, "license", f->photos[0].licence_url);
    assert_member(image, "acquireLicensePage", f->photos[0].acquire_url);
    assert_member(image, "caption", f->photos[0].caption);
    assert_member(json_object_get(image, "creator"), "@type", STR("Person"));
    assert_member(json_object_get(image, "creator"), "name", f->photos[0].creator);
    assert_member(json_object_get(image, "sourceOrganization"), "name", STR("Agency"));
    assert_member(json_object_get(image, "usageInfo"), "text", f->photos[0].usage);
    assert_int_equal(json_integer_value(json_object_get(image, "width")), 1200);
    assert_int_equal(json_integer_value(json_object_get(image, "height")), 800);
    assert_member(json_array_get(list, 3), "digitalSourceType",
                  STR(IPTC "trainedAlgorithmicMedia"));
    json_decref(o);
    view_close(&f->view);
}

/* Without a person the organisation made it; rights that end are told of. */
static void
test_linked_data_of_an_organisation(void **state)
{
    (void)state;
    struct facts *f = facts_of(&(struct mould){.name = "full"});
    f->photos[0].creator = STR("");
    f->photos[0].expires_at = T0 + 86400 * 365;
    json_t *o = linked_of(article(f));
    const json_t *image = json_array_get(json_object_get(o, "image"), 0);
    assert_member(json_object_get(image, "creator"), "@type", STR("Organization"));
    assert_member(json_object_get(image, "creator"), "name", STR("Agency"));
    assert_member(image, "expires", STR("2024-05-17T00:00:00+00:00"));
    json_decref(o);
    view_close(&f->view);
}

static void
test_linked_data_holds_texts_as_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(hostile); i++) {
        struct facts *f = facts_of(&(struct mould){.all = hostile[i]});
        bool is_text = utf8_check(hostile[i]) == hostile[i].n;
        json_t *o = linked_of(article(f));
        const json_t *image = json_array_get(json_object_get(o, "image"), 0);
        struct str want = is_text ? hostile[i] : (struct str){NULL, 0};
        assert_member(o, "headline", want);
        assert_member(image, "creditText", want);
        json_decref(o);
        view_close(&f->view);
    }
}

/* A page that only the newsroom sees says nothing to programs. */
static void
test_a_preview_says_nothing_to_programs(void **state)
{
    (void)state;
    struct facts *f = facts_of(&(struct mould){.name = "full"});
    f->frame.is_noindex = true;
    f->frame.photos = STR("/admin/items/1/revisions/2");
    struct str html = article(f);
    struct str here =
        STR("src=\"/admin/items/1/revisions/2/media/f9/" DIGEST "/960.jpg\"");
    assert_int_equal(str_find_str(html, STR("ld+json")), html.n);
    assert_int_equal(str_find_str(html, STR("og:")), html.n);
    assert_int_equal(str_find_str(html, STR("\"/media/")), html.n);
    assert_int_not_equal(str_find_str(html, here), html.n);
    view_close(&f->view);
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
        cmocka_unit_test(test_no_text_makes_a_tag),
        cmocka_unit_test(test_a_photo_without_credit_would_be_found),
        cmocka_unit_test(test_manifest),
        cmocka_unit_test(test_linked_data),
        cmocka_unit_test(test_linked_data_of_an_organisation),
        cmocka_unit_test(test_linked_data_holds_texts_as_they_are),
        cmocka_unit_test(test_a_preview_says_nothing_to_programs),
        cmocka_unit_test(test_no_golden_file_is_left_over),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
