/* test_store_item.c - items, photos, tags, old addresses and sections as remembered. */
#include "made.h"
#include "model/rendition.h"
#include "store/item.h"
#include "store/photo.h"
#include "store/query.h"
#include "store/revision.h"
#include "store/site.h"

/* A site with one section. */
struct fixture {
    struct made m;
    int64_t events;
};

static int
set_up(void **state)
{
    static struct fixture f;
    made_site(&f.m);
    f.events = made_section(&f.m, "events", 0);
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    made_end(&((struct fixture *)*state)->m);
    return 0;
}

static struct item
with_id(struct item it, const char *id)
{
    it.public_id = str_of(id);
    return it;
}

/* A photo of the library about which nothing is said; once. */
static enum rc
add_photo(struct made *m, const struct photo *p)
{
    struct library_photo l = {.confirmed_at = TIME_NONE,
                              .withdrawn_at = TIME_NONE,
                              .photo = *p},
                         there;
    int64_t id = 0;
#define PHOTO_TEXT(member, key, column, most, inside) l.photo.member = STR("");
#include "model/photo.def"
#undef PHOTO_TEXT
    l.photo.is_decorative = false;
    l.photo.focal = STR("");
    l.photo.expires_at = TIME_NONE;
    enum rc rc = store_photo_by_sha256(m->st, p->sha256, &m->a, &there, &m->err);
    return rc == RC_NOT_FOUND ? store_photo_add(m->st, &l, &id, &m->err) : rc;
}

/* Adds what the store asks its callers for: photos before the item that uses them. */
static enum rc
add(struct made *m, struct item *it)
{
    made_begin(m);
    enum rc rc = RC_OK;
    for (int i = 0; rc == RC_OK && i < it->n_photos; i++)
        rc = add_photo(m, &it->photos[i]);
    if (rc == RC_OK)
        rc = store_item_add(m->st, it, &m->err);
    if (rc == RC_OK)
        rc = store_write_commit(m->st, true, m->now, &m->err);
    store_write_rollback(m->st);
    return rc;
}

static enum rc
add_revision(struct made *m, const struct revision *r, struct str previous)
{
    struct revision_add add = {.previous_sha256 = previous};
    return store_revision_add(m->st, r, &add, &m->err);
}

static void
add_draft_revision(struct made *m, int64_t id)
{
    struct revision r = {.item_id = id,
                         .number = 1,
                         .state = STATE_REVIEW,
                         .saved_at = m->now,
                         .saved_by = STR("test"),
                         .content = STR("{}"),
                         .sha256 = hash_sha256(&m->a, STR("{}"))};
    made_begin(m);
    OK(m, add_revision(m, &r, STR("")));
    made_commit(m);
}

/* Every member has a value of its own, so that two that are mixed up are seen. */
static struct item
full_item(struct made *m, int64_t section_id)
{
    struct item it = with_id(made_item(section_id, "full", 1000), "full-id");
    it.has_source_id = true;
    it.group = STR("full-group");
    it.lang = STR("ru");
    it.title = STR("Заголовок");
    it.lead = STR("Лид");
    it.body = STR("Текст");
    it.body_html = STR("<p>Текст</p>");
    it.body_format = BODY_TEXT;
    it.is_date_only = true;
    it.updated_at = 1001;
    it.embargo_until = 1002;
    it.pinned_until = 1003;
    it.expires_at = 1005;
    it.withdrawn_at = 1004;
    it.withdrawn_reason = STR("Error");
    it.photo_credit = STR("Ministry");
    it.n_photos = 2;
    it.photos = arena_array(&m->a, struct photo, 2);
    it.photos[0] = made_photo(m, 'a', "Ministry");
    it.photos[0].has_own_credit = false;
    it.photos[1] = made_photo(m, 'b', "Agency");
    it.photos[1].credit_url = STR("https://agency.example/");
    it.photos[1].caption = STR("Caption");
    it.photos[1].alt = STR("");
    it.photos[1].is_decorative = true;
    it.photos[1].creator = STR("Creator");
    it.photos[1].licence = STR("Licence");
    it.photos[1].usage = STR("Usage");
    it.photos[1].focal = STR("50,33.3");
    it.photos[1].expires_at = 2000;
    it.n_tags = 2;
    it.tags = arena_array(&m->a, struct str, 2);
    it.tags[0] = STR("Youth");
    it.tags[1] = STR("youth");
    it.n_old_urls = 2;
    it.old_urls = arena_array(&m->a, struct str, 2);
    it.old_urls[0] = STR("/news/?ID=12");
    it.old_urls[1] = STR("/old/place/");
    return it;
}

static void
same_photo(const struct photo *a, const struct photo *b)
{
    assert_true(str_eq(a->sha256, b->sha256) && str_eq(a->ext, b->ext));
    assert_true(str_eq(a->credit, b->credit) && str_eq(a->credit_url, b->credit_url));
    assert_true(str_eq(a->caption, b->caption) && str_eq(a->alt, b->alt));
    assert_true(str_eq(a->creator, b->creator) && str_eq(a->licence, b->licence));
    assert_true(str_eq(a->usage, b->usage) && str_eq(a->focal, b->focal));
    assert_int_equal(a->has_own_credit, b->has_own_credit);
    assert_int_equal(a->is_decorative, b->is_decorative);
    assert_int_equal(a->expires_at, b->expires_at);
    assert_int_equal(a->width_px, b->width_px);
    assert_int_equal(a->height_px, b->height_px);
    assert_int_equal(a->bytes, b->bytes);
}

static void
same_item(const struct item *a, const struct item *b)
{
    assert_true(str_eq(a->public_id, b->public_id) && str_eq(a->group, b->group));
    assert_true(str_eq(a->lang, b->lang) && str_eq(a->slug, b->slug));
    assert_true(str_eq(a->title, b->title) && str_eq(a->lead, b->lead));
    assert_true(str_eq(a->body, b->body) && str_eq(a->body_html, b->body_html));
    assert_true(str_eq(a->withdrawn_reason, b->withdrawn_reason));
    assert_true(str_eq(a->photo_credit, b->photo_credit));
    assert_int_equal(a->has_source_id, b->has_source_id);
    assert_int_equal(a->section_id, b->section_id);
    assert_int_equal(a->body_format, b->body_format);
    assert_int_equal(a->state, b->state);
    assert_int_equal(a->published_at, b->published_at);
    assert_int_equal(a->is_date_only, b->is_date_only);
    assert_int_equal(a->updated_at, b->updated_at);
    assert_int_equal(a->embargo_until, b->embargo_until);
    assert_int_equal(a->expires_at, b->expires_at);
    assert_int_equal(a->pinned_until, b->pinned_until);
    assert_int_equal(a->withdrawn_at, b->withdrawn_at);
    assert_int_equal(a->n_photos, b->n_photos);
    for (int i = 0; i < a->n_photos; i++)
        same_photo(&a->photos[i], &b->photos[i]);
    assert_int_equal(a->n_tags, b->n_tags);
    for (int i = 0; i < a->n_tags; i++)
        assert_true(str_eq(a->tags[i], b->tags[i]));
    assert_int_equal(a->n_old_urls, b->n_old_urls);
    for (int i = 0; i < a->n_old_urls; i++)
        assert_true(str_eq(a->old_urls[i], b->old_urls[i]));
}

static void
test_everything_comes_back(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = full_item(m, f->events), back;
    OK(m, add(m, &it));
    add_draft_revision(m, it.id);
    OK(m, store_item_whole(m->st, it.id, &m->a, &back, &m->err));
    same_item(&back, &it);
    struct item_page page;
    OK(m, store_item_page(m->st,
                          &(struct item_place){.section_id = f->events,
                                               .lang = STR("ru"),
                                               .slug = STR("full")},
                          &m->a, &page, &m->err));
    assert_int_equal(page.visible_from, 1002);
    assert_int_equal(page.visible_until, 1004);
    assert_int_equal(page.tie, cursor_tie(STR("full-id")));
    same_photo(&page.item.photos[1], &it.photos[1]);
}

/* Setting replaces all but the old addresses, of which none is ever dropped. */
static void
test_set_replaces(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = full_item(m, f->events), back;
    OK(m, add(m, &it));
    add_draft_revision(m, it.id);
    struct item bare = with_id(made_item(f->events, "bare", 3000), "bare-id");
    struct str address = STR("/another/");
    bare.id = it.id;
    bare.old_urls = &address;
    bare.n_old_urls = 1;
    made_begin(m);
    OK(m, store_item_set(m->st, &bare, &m->err));
    made_commit(m);
    OK(m, store_item_whole(m->st, it.id, &m->a, &back, &m->err));
    struct str all[] = {STR("/another/"), STR("/news/?ID=12"), STR("/old/place/")};
    bare.old_urls = all;
    bare.n_old_urls = 3;
    same_item(&back, &bare);
}

static void
test_a_draft_takes_no_place(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = with_id(made_item(f->events, "draft", 1000), "d"), back;
    it.state = STATE_REVIEW;
    OK(m, add(m, &it));
    add_draft_revision(m, it.id);
    struct item_page page;
    OK(m, store_item_page(m->st,
                          &(struct item_place){.section_id = f->events,
                                               .lang = STR("en"),
                                               .slug = STR("draft")},
                          &m->a, &page, &m->err));
    assert_int_equal(page.visible_from, VISIBLE_NEVER);
    OK(m, store_item_whole(m->st, it.id, &m->a, &back, &m->err));
    assert_int_equal(back.state, STATE_REVIEW);
    assert_int_equal(back.published_at, TIME_NONE);
}

static void
test_conflicts(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item first = with_id(made_item(f->events, "same", 1), "one");
    struct item slug = with_id(made_item(f->events, "same", 2), "two");
    struct item id = with_id(made_item(f->events, "other", 3), "one");
    struct item lang = with_id(made_item(f->events, "same", 4), "three");
    OK(m, add(m, &first));
    assert_int_equal(add(m, &slug), RC_CONFLICT);
    assert_int_equal(add(m, &id), RC_CONFLICT);
    lang.lang = STR("ru"); /* a slug is taken within section and language */
    OK(m, add(m, &lang));
    slug.id = lang.id;
    made_begin(m);
    assert_int_equal(store_item_set(m->st, &slug, &m->err), RC_CONFLICT);
    store_write_rollback(m->st);
    int64_t found = 0;
    OK(m,
       store_item_id_by_slug(m->st, STR("en"), f->events, STR("same"), &found, &m->err));
    assert_int_equal(found, first.id);
}

static void
test_finding(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = with_id(made_item(f->events, "slug", 7), "id"), other = it;
    int64_t id = 0;
    it.title = STR("Title");
    OK(m, add(m, &it));
    OK(m, store_item_id_by_public_id(m->st, STR("id"), &id, &m->err));
    assert_int_equal(id, it.id);
    OK(m, store_item_id_by_title(m->st, &it, &id, &m->err));
    assert_int_equal(id, it.id);
    other.title = STR("Title");
    other.published_at = 8;
    assert_int_equal(store_item_id_by_title(m->st, &other, &id, &m->err), RC_NOT_FOUND);
    assert_int_equal(store_item_id_by_public_id(m->st, STR("ID"), &id, &m->err),
                     RC_NOT_FOUND);
    assert_int_equal(
        store_item_id_by_slug(m->st, STR("ru"), f->events, STR("slug"), &id, &m->err),
        RC_NOT_FOUND);
    struct item_page page;
    assert_int_equal(store_item_page(m->st,
                                     &(struct item_place){.section_id = f->events,
                                                          .lang = STR("en"),
                                                          .slug = STR("none")},
                                     &m->a, &page, &m->err),
                     RC_NOT_FOUND);
    assert_int_equal(store_item_whole(m->st, 999, &m->a, &other, &m->err), RC_NOT_FOUND);
}

static void
test_lists_of_all(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    int64_t ids[3];
    int n = 0;
    for (int i = 0; i < 5; i++) {
        const char *name = str_fmt(&m->a, "item-%d", i).p;
        struct item it = with_id(made_item(f->events, name, 100 - i), name);
        OK(m, add(m, &it));
    }
    OK(m, store_item_ids(m->st, 0, 3, ids, &n, &m->err));
    assert_int_equal(n, 3);
    OK(m, store_item_ids(m->st, ids[2], 3, ids, &n, &m->err));
    assert_int_equal(n, 2);
    struct item_lines lines;
    OK(m, store_item_lines(m->st, INT64_MAX, 3, &m->a, &lines, &m->err));
    assert_int_equal(lines.n, 3);
    SAME(lines.all[0].item.slug, "item-4"); /* the last made comes first */
    OK(m, store_item_lines(m->st, lines.all[2].item.id, 3, &m->a, &lines, &m->err));
    assert_int_equal(lines.n, 2);
    SAME(lines.all[1].item.slug, "item-0");
}

static void
test_old_addresses(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct str address = STR("/news/?ID=12");
    struct item first = with_id(made_item(f->events, "first", 10), "one");
    struct item second = with_id(made_item(f->events, "second", 20), "two");
    struct item_place p;
    first.old_urls = second.old_urls = &address;
    first.n_old_urls = second.n_old_urls = 1;
    OK(m, add(m, &first));
    OK(m, add(m, &second)); /* an address leads for ever where it led first */
    OK(m, store_item_by_old_address(m->st, address, &m->a, &p, &m->err));
    assert_int_equal(p.id, first.id);
    SAME(p.slug, "first");
    assert_int_equal(p.visible_from, 10);
    assert_int_equal(
        store_item_by_old_address(m->st, STR("/news/?id=12"), &m->a, &p, &m->err),
        RC_NOT_FOUND);
}

/* ---- photos ---- */

static void
test_photo_needs_a_credit(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = with_id(made_item(f->events, "bare", 10), "bare");
    struct photo p = made_photo(m, 'c', "");
    int64_t id;
    it.photos = &p;
    it.n_photos = 1;
    assert_int_equal(add(m, &it), RC_CONFLICT);
    assert_int_equal(store_item_id_by_public_id(m->st, STR("bare"), &id, &m->err),
                     RC_NOT_FOUND);
}

static void
test_photo_files(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct photo p = made_photo(m, 'a', "X"), q = made_photo(m, 'b', "X");
    struct library_photo back;
    struct photo_files files;
    made_begin(m);
    OK(m, add_photo(m, &p));
    OK(m, add_photo(m, &q));
    made_commit(m);
    OK(m, store_photo_by_sha256(m->st, q.sha256, &m->a, &back, &m->err));
    assert_int_equal(back.photo.bytes, 1000);
    SAME(back.photo.ext, "jpg");
    OK(m, store_photo_files(m->st, 0, 2, &m->a, &files, &m->err));
    assert_int_equal(files.n, 2);
    OK(m, store_photo_files(m->st, files.all[0].id, 2, &m->a, &files, &m->err));
    assert_int_equal(files.n, 1);
    assert_true(str_eq(files.all[0].photo.sha256, q.sha256));
    p = made_photo(m, 'c', "X");
    assert_int_equal(store_photo_by_sha256(m->st, p.sha256, &m->a, &back, &m->err),
                     RC_NOT_FOUND);
}

/* Are the files that 32 of this digit name shown? */
static bool
is_shown(struct made *m, char digit, int64_t now)
{
    char digest[RENDITION_DIGEST_SIZE];
    bool out = false;
    memset(digest, digit, sizeof digest);
    OK(m, store_photo_is_shown(m->st, (struct str){digest, sizeof digest}, now, now - 600,
                               &out, &m->err));
    return out;
}

/* Files open with the item that shows a photo by them and close with it, or with its own
 * rights. */
static void
test_photo_is_shown(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = with_id(made_item(f->events, "shown", 100), "s");
    struct photo both[] = {made_photo(m, 'a', "X"), made_photo(m, 'b', "X")};
    it.photos = both;
    it.n_photos = 2;
    it.expires_at = 300;
    both[1].expires_at = 200;
    OK(m, add(m, &it));
    assert_false(is_shown(m, 'a', 150)); /* not made yet */
    made_renditions(m);
    assert_false(is_shown(m, 'a', 99));
    assert_true(is_shown(m, 'a', 100));
    assert_true(is_shown(m, 'a', 299));
    assert_false(is_shown(m, 'a', 300));
    assert_true(is_shown(m, 'b', 199));
    assert_false(is_shown(m, 'b', 200));
    assert_false(is_shown(m, 'c', 150));
}

/* A use shows its own files, and the photo's until there are some; those it showed before
 * stay a while. What another item shows, which nobody sees yet, is closed. */
static void
test_which_files_are_shown(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct photo p = made_photo(m, 'a', "X");
    struct item seen = with_id(made_item(f->events, "seen", 100), "s");
    struct item later = with_id(made_item(f->events, "later", 90000), "l");
    seen.photos = later.photos = &p;
    seen.n_photos = later.n_photos = 1;
    OK(m, add(m, &seen));
    OK(m, add(m, &later));
    made_renditions(m);
    made_sql(m, "INSERT INTO rendition (photo_id, digest, made_at) SELECT id,"
                " '11111111111111111111111111111111', 0 FROM photo;"
                "INSERT INTO rendition (photo_id, digest, made_at) SELECT id,"
                " '22222222222222222222222222222222', 0 FROM photo;"
                "UPDATE item_photo SET rendition_id = (SELECT id FROM rendition WHERE"
                " digest LIKE '2%') WHERE item_id = (SELECT id FROM item WHERE"
                " slug = 'later')");
    assert_true(is_shown(m, 'a', 1000));
    assert_false(is_shown(m, '1', 1000));
    assert_false(is_shown(m, '2', 1000));
    made_sql(m, "UPDATE item_photo SET rendition_id = (SELECT id FROM rendition WHERE"
                " digest LIKE '1%') WHERE rendition_id IS NULL;"
                "UPDATE rendition SET retired_at = 1000 WHERE digest LIKE 'a%'");
    assert_true(is_shown(m, '1', 1000));
    assert_true(is_shown(m, 'a', 1599));
    assert_false(is_shown(m, 'a', 1600));
    assert_true(is_shown(m, '2', 90000));
    made_sql(m, "UPDATE item_photo SET expires_at = 1200");
    assert_false(is_shown(m, 'a', 1200));
    assert_false(is_shown(m, '1', 1200));
}

/* ---- sections ---- */

static void
test_sections_come_in_order(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    int64_t speeches = made_section(m, "speeches", 0);
    made_section(m, "addresses", speeches);
    made_section(m, "visits", f->events);
    made_begin(m);
    OK(m, store_section_set_place(m->st, speeches, 0, 0, &m->err));
    OK(m, store_section_set_name(m->st, speeches, STR("ru"), STR("Речи"), &m->err));
    OK(m,
       store_section_set_name(m->st, speeches, STR("ru"), STR("Выступления"), &m->err));
    made_commit(m);
    made_read_sections(m);
    static const char *const order[] = {"speeches", "events", "addresses", "visits"};
    assert_int_equal(m->sections.n, 4); /* parents first, each level by position */
    for (int i = 0; i < 4; i++)
        SAME(m->sections.all[i].slug, order[i]);
    SAME(m->sections.all[0].names[1], "Выступления");
    assert_int_equal(m->sections.all[2].parent_id, speeches);
}

static void
test_section_slugs(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    int64_t id = 0;
    made_begin(m);
    OK(m,
       store_section_set_slug(m->st, f->events, STR("events"), STR("meetings"), &m->err));
    made_commit(m);
    OK(m, store_section_by_alias(m->st, STR("events"), &id, &m->err));
    assert_int_equal(id, f->events);
    int64_t other = made_section(m, "events", 0); /* takes the former slug over */
    assert_int_equal(store_section_by_alias(m->st, STR("events"), &id, &m->err),
                     RC_NOT_FOUND);
    made_begin(m);
    assert_int_equal(
        store_section_set_slug(m->st, other, STR("events"), STR("meetings"), &m->err),
        RC_CONFLICT);
    store_write_rollback(m->st);
    struct section twice = {.slug = STR("meetings")};
    made_begin(m);
    assert_int_equal(store_section_add(m->st, &m->site, &twice, &m->err), RC_CONFLICT);
    store_write_rollback(m->st);
}

static void
test_section_removal(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = with_id(made_item(f->events, "a", 1), "a");
    bool is_used = true;
    int64_t parent = made_section(m, "speeches", 0);
    int64_t child = made_section(m, "addresses", parent);
    OK(m, store_section_in_use(m->st, f->events, &is_used, &m->err));
    assert_false(is_used);
    it.state = STATE_DRAFT;
    OK(m, add(m, &it));
    OK(m, store_section_in_use(m->st, f->events, &is_used, &m->err));
    assert_true(is_used); /* by a draft too */
    int64_t used[] = {f->events, parent};
    for (size_t i = 0; i < 2; i++) {
        made_begin(m);
        assert_int_equal(store_section_remove(m->st, used[i], &m->err), RC_CONFLICT);
        store_write_rollback(m->st);
    }
    made_begin(m);
    OK(m, store_section_remove(m->st, child, &m->err));
    OK(m, store_section_remove(m->st, parent, &m->err));
    made_commit(m);
    made_read_sections(m);
    assert_int_equal(m->sections.n, 1);
}

/* ---- when pages change by themselves ---- */

static int64_t
last_transition(struct made *m, int64_t now)
{
    int64_t t = 0;
    OK(m, store_site_last_transition(m->st, &m->site, now, &t, &m->err));
    return t;
}

static void
test_transitions(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct photo p = made_photo(m, 'a', "X");
    struct item it = with_id(made_item(f->events, "a", 100), "a");
    assert_int_equal(last_transition(m, 1000), TIME_NONE);
    it.lang = STR("ru");
    it.embargo_until = 200;
    it.pinned_until = 300;
    it.expires_at = 500;
    p.expires_at = 400;
    it.photos = &p;
    it.n_photos = 1;
    OK(m, add(m, &it));
    assert_int_equal(last_transition(m, 99), TIME_NONE);
    for (int64_t t = 100; t <= 500; t += 100) {
        assert_int_equal(last_transition(m, t), t);
        assert_int_equal(last_transition(m, t + 99), t);
    }
    assert_int_equal(last_transition(m, 100000), 500);
}

/* ---- revisions ---- */

static struct revision
revision(struct made *m, int64_t item_id, int64_t number, const char *content)
{
    return (struct revision){.item_id = item_id,
                             .number = number,
                             .state = STATE_APPROVED,
                             .saved_at = 5,
                             .saved_by = STR("somebody"),
                             .content = str_of(content),
                             .sha256 = hash_sha256(&m->a, str_of(content))};
}

static void
test_revisions(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = with_id(made_item(f->events, "a", 1), "a");
    struct revision back;
    OK(m, add(m, &it));
    assert_int_equal(store_revision_last(m->st, it.id, &m->a, &back, &m->err),
                     RC_NOT_FOUND);
    struct revision one = revision(m, it.id, 1, "{\"a\":1}");
    struct revision two = revision(m, it.id, 2, "{\"a\":2}");
    made_begin(m);
    OK(m, add_revision(m, &one, STR("")));
    OK(m, add_revision(m, &two, one.sha256));
    assert_int_equal(add_revision(m, &two, one.sha256), RC_CONFLICT);
    made_commit(m);
    OK(m, store_revision_last(m->st, it.id, &m->a, &back, &m->err));
    assert_int_equal(back.number, 2);
    SAME(back.content, "{\"a\":2}");
    SAME(back.saved_by, "somebody");
    OK(m, store_revision_check(m->st, it.id, &m->err));
}

static void
test_tampering_is_found(void **state)
{
    static const struct {
        const char *sql, *number;
    } tamperings[] = {
        {"UPDATE revision SET content = '{\"a\":9}' WHERE number = 2", "revision 2"},
        {"UPDATE revision SET content = '{}', sha256 = '44136fa355b3678a1146ad16f7e8649e"
         "94fb4fc21fe77e8310c060f61caaff8a' WHERE number = 2",
         "revision 3"},
        {"DELETE FROM revision WHERE number = 1", "revision 2"},
        {"UPDATE revision SET previous_sha256 = '' WHERE number = 3", "revision 3"},
    };
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = with_id(made_item(f->events, "a", 1), "a");
    OK(m, add(m, &it));
    struct str before = STR("");
    made_begin(m);
    for (int i = 1; i <= 3; i++) {
        struct revision r = revision(m, it.id, i, str_fmt(&m->a, "{\"number\":%d}", i).p);
        OK(m, add_revision(m, &r, before));
        before = r.sha256;
    }
    made_commit(m);
    OK(m, store_revision_check(m->st, it.id, &m->err));
    for (size_t i = 0; i < N_ELEMENTS(tamperings); i++) {
        made_begin(m);
        assert_int_equal(sqlite3_exec(m->st->db, tamperings[i].sql, NULL, NULL, NULL),
                         SQLITE_OK);
        REFUSED(m, RC_FAILED, tamperings[i].number,
                store_revision_check(m->st, it.id, &m->err));
        store_write_rollback(m->st);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_everything_comes_back),
        TEST(test_set_replaces),
        TEST(test_a_draft_takes_no_place),
        TEST(test_conflicts),
        TEST(test_finding),
        TEST(test_lists_of_all),
        TEST(test_old_addresses),
        TEST(test_photo_needs_a_credit),
        TEST(test_photo_files),
        TEST(test_photo_is_shown),
        TEST(test_which_files_are_shown),
        TEST(test_sections_come_in_order),
        TEST(test_section_slugs),
        TEST(test_section_removal),
        TEST(test_transitions),
        TEST(test_revisions),
        TEST(test_tampering_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
