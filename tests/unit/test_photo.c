/* test_photo.c - the photo library, and how the uses of a photo follow it. */
#include "desk_made.h"
#include "model/rendition.h"
#include "news/photo.h"
#include "store/audit.h"
#include "store/item.h"
#include "store/revision.h"
#include "store/site.h"

/* A number for each text of a photo. */
enum text_number {
#define PHOTO_TEXT(member, key, column, most, inside) TEXT_##member,
#include "model/photo.def"
#undef PHOTO_TEXT
    TEXTS
};

static void
list_texts(struct photo *p, struct str *out[TEXTS])
{
#define PHOTO_TEXT(member, key, column, most, inside) out[TEXT_##member] = &p->member;
#include "model/photo.def"
#undef PHOTO_TEXT
}

/* ---- following ---- */

static struct library_photo
full_library(struct made *m)
{
    struct library_photo l = {.confirmed_at = TIME_NONE, .withdrawn_at = TIME_NONE};
    struct str *texts[TEXTS];
    l.photo = made_photo(m, 'a', "Library");
    list_texts(&l.photo, texts);
    for (int i = 0; i < TEXTS; i++)
        *texts[i] = str_fmt(&m->a, "https://l.example/%d", i);
    l.photo.focal = STR("10,20");
    l.photo.expires_at = 1000;
    return l;
}

/* Each text follows where the use is silent, and says its own where it is not. */
static void
test_each_text_follows(void **state)
{
    struct made *m = &((struct fixture *)*state)->m;
    struct library_photo l = full_library(m);
    struct str *librarys[TEXTS], *texts[TEXTS];
    list_texts(&l.photo, librarys);
    for (int i = 0; i < TEXTS; i++) {
        struct photo use = {.library = &l, .expires_at = TIME_NONE}, shown;
        list_texts(&use, texts);
        *texts[i] = STR("own");
        use.has_own_credit = i == TEXT_credit;
        shown = use;
        photo_follow(&shown, STR("Item"));
        list_texts(&shown, texts);
        for (int k = 0; k < TEXTS; k++) {
            bool is_own = k == i;
            /* Where the library's credit leads goes with the library's credit. */
            bool is_none = i == TEXT_credit && k == TEXT_credit_url;
            struct str wanted = is_own ? STR("own") : is_none ? STR("") : *librarys[k];
            assert_true(str_eq(*texts[k], wanted));
        }
        assert_true(shown.has_own_credit);
        SAME(shown.focal, "10,20");
        photo_keep_own(&shown, &l);
        list_texts(&shown, texts);
        for (int k = 0; k < TEXTS; k++)
            assert_true(str_eq(*texts[k], k == i ? STR("own") : STR("")));
        assert_int_equal(shown.has_own_credit, i == TEXT_credit);
        assert_int_equal(shown.expires_at, TIME_NONE);
    }
}

static void
test_whose_credit(void **state)
{
    struct made *m = &((struct fixture *)*state)->m;
    struct library_photo l = full_library(m);
    struct photo use = {.library = &l, .expires_at = TIME_NONE};
    photo_follow_credit(&use, STR("Item"));
    assert_true(str_eq(use.credit, l.photo.credit));
    l.photo.credit = STR(" ");
    photo_follow_credit(&use, STR("Item"));
    SAME(use.credit, "Item");
    photo_follow(&use, STR("Item"));
    assert_false(use.has_own_credit);
    assert_int_equal(use.credit_url.n, 0);
    use = (struct photo){.credit = STR("Own"), .has_own_credit = true};
    photo_follow(&use, STR("Item")); /* nothing is known of it */
    SAME(use.credit, "Own");
}

static void
test_decorative_or_described(void **state)
{
    struct made *m = &((struct fixture *)*state)->m;
    struct library_photo l = full_library(m);
    struct photo use = {.library = &l, .is_decorative = true};
    photo_follow(&use, STR(""));
    assert_true(use.is_decorative && use.alt.n == 0);
    photo_keep_own(&use, &l);
    assert_true(use.is_decorative);
    l.photo.alt = STR("");
    l.photo.is_decorative = true;
    photo_keep_own(&use, &l);
    assert_false(use.is_decorative); /* it is said once */
    photo_follow(&use, STR(""));
    assert_true(use.is_decorative);
}

/* A use may show none, which is not the same as saying nothing. */
static void
test_no_caption(void **state)
{
    struct made *m = &((struct fixture *)*state)->m;
    struct library_photo l = full_library(m);
    struct photo use = {.library = &l, .has_no_caption = true};
    photo_follow(&use, STR(""));
    assert_int_equal(use.caption.n, 0);
    assert_true(use.headline.n > 0);
    photo_keep_own(&use, &l);
    assert_true(use.has_no_caption);
    l.photo.caption = STR("");
    photo_keep_own(&use, &l);
    assert_false(use.has_no_caption); /* there is none to leave out */
    use = (struct photo){.caption = STR("A"), .has_no_caption = true};
    REFUSED(m, RC_INVALID, "caption", photo_check(&use, &m->err));
}

/* The earliest end counts; one that is not before the photo's says nothing. */
static void
test_the_earliest_end(void **state)
{
    struct made *m = &((struct fixture *)*state)->m;
    static const struct {
        int64_t own, photos, withdrawn, shown, kept;
    } rows[] = {
        {TIME_NONE, TIME_NONE, TIME_NONE, TIME_NONE, TIME_NONE},
        {5, TIME_NONE, TIME_NONE, 5, 5},
        {TIME_NONE, 7, TIME_NONE, 7, TIME_NONE},
        {5, 7, TIME_NONE, 5, 5},
        {9, 7, TIME_NONE, 7, TIME_NONE},
        {5, 7, 3, 3, TIME_NONE},
        {2, 7, 3, 2, 2},
        {TIME_NONE, TIME_NONE, 3, 3, TIME_NONE},
    };
    struct library_photo l = full_library(m);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct photo use = {.library = &l, .expires_at = rows[i].own}, own = use;
        l.photo.expires_at = rows[i].photos;
        l.withdrawn_at = rows[i].withdrawn;
        photo_follow(&use, STR(""));
        assert_int_equal(use.expires_at, rows[i].shown);
        photo_keep_own(&own, &l);
        assert_int_equal(own.expires_at, rows[i].kept);
        assert_int_equal(photo_is_shown(&use, 4),
                         rows[i].shown == TIME_NONE || rows[i].shown > 4);
    }
}

static void
test_what_may_be_said(void **state)
{
    struct made *m = &((struct fixture *)*state)->m;
    struct photo p = {0};
    struct str *texts[TEXTS];
    char *much = arena_alloc(&m->a, ITEM_CAPTION_MAX + 1);
    memset(much, 'x', ITEM_CAPTION_MAX + 1);
    OK(m, photo_check(&p, &m->err));
    list_texts(&p, texts);
    static const char *const bad[] = {"two\nlines", "tab\there", "\x01", "\xff"};
    for (int i = 0; i < TEXTS; i++) {
        for (size_t k = 0; k < N_ELEMENTS(bad); k++) {
            *texts[i] = str_of(bad[k]);
            assert_int_equal(photo_check(&p, &m->err), RC_INVALID);
        }
        *texts[i] = (struct str){much, ITEM_CAPTION_MAX + 1};
        assert_int_equal(photo_check(&p, &m->err), RC_INVALID);
        *texts[i] = STR("");
    }
    p.licence_url = STR("javascript:alert(1)");
    REFUSED(m, RC_INVALID, "https://", photo_check(&p, &m->err));
    assert_string_equal(m->err.field, "licence_url");
    p = (struct photo){.alt = STR("A"), .is_decorative = true};
    REFUSED(m, RC_INVALID, "decorative", photo_check(&p, &m->err));
    p = (struct photo){.focal = STR("50")};
    REFUSED(m, RC_INVALID, "percent", photo_check(&p, &m->err));
}

/* ---- the library ---- */

static struct library_photo
new_photo(struct made *m, char digit, const char *credit)
{
    struct library_photo p = {.photo = made_photo(m, digit, credit),
                              .file_name = STR("IMG_1.jpg"),
                              .found = STR("{}"),
                              .confirmed_at = TIME_NONE};
    return p;
}

static int64_t
add(struct fixture *f, int who, char digit, const char *credit)
{
    struct library_photo p = new_photo(&f->m, digit, credit);
    int64_t id = 0;
    bool is_known = true;
    OK(&f->m, news_photo_add(as(f, who), &p, &id, &is_known, &f->m.err));
    assert_false(is_known);
    return id;
}

static struct library_photo
there(struct fixture *f, int64_t id)
{
    struct library_photo out;
    OK(&f->m, news_photo(as(f, ROOT), id, &f->m.a, &out, &f->m.err));
    return out;
}

static enum rc
try_change(struct fixture *f, int who, int64_t id, const char *credit)
{
    struct library_photo l = there(f, id);
    l.photo.credit = str_of(credit);
    return news_photo_change(as(f, who), id, l.version, &l.photo, &f->m.err);
}

static struct audit_line
last_line(struct fixture *f)
{
    struct audit_search s = {
        .since = INT64_MIN, .when = INT64_MAX, .id = INT64_MAX, .limit = 1};
    struct audit_line line;
    int n = 0;
    OK(&f->m, store_audit_search(f->m.st, &s, &f->m.a, &line, &n, &f->m.err));
    assert_int_equal(n, 1);
    return line;
}

static void
test_the_same_file_twice(void **state)
{
    struct fixture *f = *state;
    int64_t id = add(f, ANN, 'a', "Agency"), again = 0;
    struct library_photo p = new_photo(&f->m, 'a', "Somebody else"), back = there(f, id);
    bool is_known = false;
    SAME(back.added_by, "Ann");
    SAME(back.file_name, "IMG_1.jpg");
    assert_int_equal(back.person_id, 1);
    assert_int_equal(back.added_at, f->m.now);
    assert_int_equal(back.version, 1);
    assert_int_equal(back.confirmed_at, TIME_NONE);
    SAME(last_line(f).action, "photo add");
    OK(&f->m, news_photo_add(as(f, BOB), &p, &again, &is_known, &f->m.err));
    assert_true(is_known);
    assert_int_equal(again, id);
    SAME(there(f, id).photo.credit, "Agency");
    OK(&f->m,
       news_photo_by_sha256(as(f, ANN), p.photo.sha256, &f->m.a, &back, &f->m.err));
    assert_int_equal(back.id, id);
    p.photo.credit_url = STR("x");
    p.photo.sha256 = made_photo(&f->m, 'b', "").sha256;
    assert_int_equal(news_photo_add(as(f, BOB), &p, &again, &is_known, &f->m.err),
                     RC_INVALID);
}

/* ---- in items ---- */

/* A draft of Ann's that names photos by their digits and says nothing of them. */
static struct item
with_photos(struct fixture *f, const char *title, const char *digits)
{
    struct item it = text(f, title);
    it.n_photos = (int)strlen(digits);
    it.photos = arena_array(&f->m.a, struct photo, it.n_photos);
    for (int i = 0; i < it.n_photos; i++)
        it.photos[i] = (struct photo){.sha256 = made_photo(&f->m, digits[i], "").sha256,
                                      .expires_at = TIME_NONE};
    return it;
}

static struct str
publish(struct fixture *f, struct item *it)
{
    struct str name = save(f, ANN, it, 0).public_id;
    step(f, BOB, name, STEP_APPROVE, NULL);
    return name;
}

/* What visitors have of an item. */
static struct photo
shown(struct fixture *f, int64_t item_id, int i)
{
    struct item it;
    OK(&f->m, store_item_whole(f->m.st, item_id, &f->m.a, &it, &f->m.err));
    return it.photos[i];
}

static int64_t
version_of(struct fixture *f)
{
    struct site_state s;
    OK(&f->m, store_site_state(f->m.st, &s, &f->m.err));
    return s.version;
}

static void
test_a_corrected_credit_is_everywhere(void **state)
{
    struct fixture *f = *state;
    int64_t id = add(f, ANN, 'a', "Agnecy");
    struct item follows = with_photos(f, "Follows", "a"),
                own = with_photos(f, "Own", "a");
    own.photos[0].credit = STR("Own");
    own.photos[0].has_own_credit = true;
    struct str name = publish(f, &follows);
    publish(f, &own);
    SAME(shown(f, follows.id, 0).credit, "Agnecy");
    int64_t before = version_of(f);
    OK(&f->m, try_change(f, BOB, id, "Agency"));
    assert_true(version_of(f) > before);
    SAME(shown(f, follows.id, 0).credit, "Agency");
    SAME(shown(f, own.id, 0).credit, "Own");
    SAME(look(f, name).item.photos[0].credit, "Agency");
    struct audit_line line = last_line(f);
    SAME(line.action, "photo change");
    SAME(line.detail, "credit: \"Agnecy\" > \"Agency\"");
    struct library_photo now = there(f, id);
    assert_true(str_eq(line.about, now.photo.sha256));
    assert_int_equal(now.version, 2);
    assert_int_equal(now.confirmed_at, f->m.now);
    /* It is still one text of the item, and saving it anew brings nothing back. */
    struct desk_item d = look(f, name);
    assert_false(save(f, ANN, &d.item, d.version).is_changed);
    assert_int_equal(news_photo_change(as(f, BOB), id, 1, &now.photo, &f->m.err),
                     RC_CONFLICT);
    REFUSED(&f->m, RC_INVALID, "no other credit", try_change(f, BOB, id, ""));
    assert_string_equal(f->m.err.field, "credit");
    SAME(shown(f, follows.id, 0).credit, "Agency");
}

/* Several at once: all of them or none, and each that is refused says why. */
static void
test_changes_together(void **state)
{
    struct fixture *f = *state;
    const int64_t ids[] = {add(f, BOB, 'a', "Anna"), add(f, BOB, 'b', "Boris"),
                           add(f, ANN, 'c', "Vera"), add(f, BOB, 'd', "Olga")};
    struct photo_change all[N_ELEMENTS(ids)];
    for (size_t i = 0; i < N_ELEMENTS(ids); i++) {
        struct library_photo l = there(f, ids[i]);
        all[i] =
            (struct photo_change){.id = l.id, .version = l.version, .photo = l.photo};
        all[i].photo.caption = STR("Together");
    }
    all[1].photo.credit_url = STR("no address");
    all[3].version = 7;
    struct audit_line before = last_line(f);
    assert_int_equal(news_photos_change(as(f, ANN), all, 4, &f->m.err), RC_CONFLICT);
    assert_int_equal(all[0].refused.rc, RC_DENIED);
    assert_int_equal(all[1].refused.rc, RC_INVALID);
    assert_string_equal(all[1].refused.field, "credit_url");
    assert_int_equal(all[2].refused.rc, RC_OK);
    assert_int_equal(all[3].refused.rc, RC_DENIED);
    assert_int_equal(news_photos_change(as(f, BOB), all, 4, &f->m.err), RC_CONFLICT);
    assert_int_equal(all[0].refused.rc, RC_OK);
    assert_int_equal(all[3].refused.rc, RC_CONFLICT);
    assert_int_equal(last_line(f).id, before.id);
    for (size_t i = 0; i < N_ELEMENTS(ids); i++)
        SAME(there(f, ids[i]).photo.caption, "");
    all[1].photo.credit_url = STR("https://boris.example/");
    all[3].version = 1;
    OK(&f->m, news_photos_change(as(f, BOB), all, 4, &f->m.err));
    for (size_t i = 0; i < N_ELEMENTS(ids); i++)
        SAME(there(f, ids[i]).photo.caption, "Together");
    assert_int_equal(last_line(f).id, before.id + 4);
}

/* What the library says as well is not stored with the item, whoever said it. */
static void
test_a_revision_holds_own_texts_only(void **state)
{
    struct fixture *f = *state;
    add(f, ANN, 'a', "Agency");
    struct item it = with_photos(f, "A", "a");
    it.photos[0].credit = STR("Agency");
    it.photos[0].has_own_credit = true;
    it.photos[0].alt = STR("Alt");
    it.photos[0].caption = STR("Caption of this item");
    it.photos[0].copyright = STR("\xc2\xa9 here");
    struct str name = publish(f, &it);
    struct desk_item d = look(f, name);
    assert_false(d.item.photos[0].has_own_credit);
    assert_int_equal(d.item.photos[0].alt.n, 0);
    SAME(d.item.photos[0].copyright, "\xc2\xa9 here");
    struct photo p = shown(f, it.id, 0);
    SAME(p.credit, "Agency");
    SAME(p.alt, "Alt");
    SAME(p.caption, "Caption of this item");
    SAME(p.copyright, "\xc2\xa9 here");
}

/* No caption in an item: through its revision, its row, and what programs read. */
static void
test_an_item_without_the_caption(void **state)
{
    struct fixture *f = *state;
    int64_t id = add(f, ANN, 'a', "Agency");
    struct library_photo l = there(f, id);
    l.photo.caption = STR("Of the library");
    OK(&f->m, news_photo_change(as(f, BOB), id, 1, &l.photo, &f->m.err));
    struct item none = with_photos(f, "None", "a"), follows = with_photos(f, "Some", "a");
    none.photos[0].has_no_caption = true;
    struct str name = publish(f, &none);
    publish(f, &follows);
    SAME(shown(f, none.id, 0).caption, "");
    assert_true(shown(f, none.id, 0).has_no_caption);
    SAME(shown(f, follows.id, 0).caption, "Of the library");
    struct desk_item d = look(f, name);
    assert_true(d.item.photos[0].has_no_caption);
    assert_false(save(f, ANN, &d.item, d.version).is_changed);
    struct item whole;
    OK(&f->m, store_item_whole(f->m.st, none.id, &f->m.a, &whole, &f->m.err));
    struct str json = exchange_write(&whole, STR("events"), &f->m.a);
    assert_true(str_find_str(json, STR("\"no_caption\":true")) < json.n);
}

/* Texts that the library took over from an item before there was one: its old revision
 * says them, and follows all the same. */
static void
test_texts_from_before_the_library_follow(void **state)
{
    struct fixture *f = *state;
    int64_t id = add(f, ANN, 'a', "Another");
    struct item it = with_photos(f, "Old", "a");
    it.photos[0].credit = STR("Agnecy");
    it.photos[0].has_own_credit = true;
    it.photos[0].caption = STR("Caption");
    it.photos[0].creator = STR("Of this item");
    struct str name = publish(f, &it);
    made_sql(
        &f->m,
        "UPDATE photo SET added_at = 0, credit = 'Agnecy', caption = 'Caption';"
        "INSERT INTO photo_before VALUES (1, 'Agnecy', '', '', '', '', 'Caption',"
        "                                 '', 0, '');"
        "UPDATE item_photo SET has_own_credit = 0, has_photo_credit = 1, caption = ''");
    OK(&f->m, try_change(f, BOB, id, "Agency"));
    SAME(shown(f, it.id, 0).credit, "Agency");
    struct desk_item d = look(f, name);
    assert_false(d.item.photos[0].has_own_credit);
    SAME(d.item.photos[0].credit, "Agency");
    SAME(d.item.photos[0].caption, "");
    SAME(d.item.photos[0].creator, "Of this item");
    assert_false(save(f, ANN, &d.item, d.version).is_changed);
    d.item.title = STR("New");
    save(f, ANN, &d.item, d.version);
    step(f, BOB, name, STEP_APPROVE, NULL);
    SAME(shown(f, it.id, 0).credit, "Agency");
    SAME(shown(f, it.id, 0).caption, "Caption");
    SAME(shown(f, it.id, 0).creator, "Of this item");
}

/* No credit, no photo: refused when it is to go out, and not before. */
static void
test_a_photo_without_credit_is_not_published(void **state)
{
    struct fixture *f = *state;
    struct shortcomings shorts;
    add(f, ANN, 'a', "Agency");
    int64_t id = add(f, ANN, 'b', "");
    struct item it = with_photos(f, "A", "ab");
    struct str name = save(f, ANN, &it, 0).public_id;
    step(f, ANN, name, STEP_SUBMIT, NULL);
    REFUSED(&f->m, RC_INVALID, "photo 2",
            try_step(f, BOB, name, STEP_APPROVE, NULL, &shorts));
    assert_int_equal(shorts.n, 1);
    assert_int_equal(shorts.all[0].kind, SHORT_CREDIT);
    assert_int_equal(shorts.all[0].photo, 2);
    /* Her own, and nobody sees it yet; but somebody may be reading it. */
    assert_int_equal(try_change(f, ANN, id, "Ann"), RC_DENIED);
    step(f, BOB, name, STEP_SEND_BACK, "No credit.");
    OK(&f->m, try_change(f, ANN, id, "Ann"));
    step(f, BOB, name, STEP_APPROVE, NULL);
    SAME(shown(f, it.id, 1).credit, "Ann");
    assert_int_equal(try_change(f, ANN, id, "Anna"), RC_DENIED);
    OK(&f->m, try_change(f, BOB, id, "Anna"));
    int64_t bobs = add(f, BOB, 'c', "Bob");
    assert_int_equal(try_change(f, ANN, bobs, "Ann"), RC_DENIED);
}

/* Commands that skip the checklist cannot skip this. */
static void
test_no_way_around_the_credit(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it = made_item(f->events, "a", 100);
    struct photo p = made_photo(m, 'a', "");
    enum save_result result;
    struct save s = {.st = m->st,
                     .site = &m->site,
                     .sections = &m->sections,
                     .now = m->now,
                     .by = STR("test")};
    p.has_own_credit = false;
    it.photos = &p;
    it.n_photos = 1;
    made_begin(m);
    REFUSED(m, RC_INVALID, "photo 1", news_save(&s, &it, &result, &m->err));
    store_write_rollback(m->st);
    it.photo_credit = STR("Ministry");
    made_save(m, &it);
    SAME(shown(f, it.id, 0).credit, "Ministry");
}

static bool
is_shown(struct fixture *f, char digit, int64_t now)
{
    struct str sha256 = made_photo(&f->m, digit, "").sha256;
    bool out = false;
    OK(&f->m, store_photo_is_shown(f->m.st, str_sub(sha256, 0, RENDITION_DIGEST_SIZE),
                                   now, now, &out, &f->m.err));
    return out;
}

static void
test_withdrawn_everywhere(void **state)
{
    struct fixture *f = *state;
    int64_t id = add(f, BOB, 'a', "Agency"), now = f->m.now, changed = 0;
    struct item it = with_photos(f, "A", "a");
    struct str name = publish(f, &it);
    made_renditions(&f->m);
    assert_true(is_shown(f, 'a', now));
    REFUSED(&f->m, RC_DENIED, "Ann",
            news_photo_withdraw(as(f, ANN), id, STR("x"), &f->m.err));
    REFUSED(&f->m, RC_INVALID, "reason",
            news_photo_withdraw(as(f, BOB), id, STR(" "), &f->m.err));
    REFUSED(&f->m, RC_CONFLICT, "not withdrawn",
            news_photo_reinstate(as(f, BOB), id, &f->m.err));
    f->m.now = now + 10;
    OK(&f->m, news_photo_withdraw(as(f, BOB), id, STR("Not ours."), &f->m.err));
    SAME(last_line(f).detail, "Not ours.");
    assert_true(is_shown(f, 'a', now + 9));
    assert_false(is_shown(f, 'a', now + 10));
    assert_int_equal(shown(f, it.id, 0).expires_at, now + 10);
    REFUSED(&f->m, RC_CONFLICT, "already",
            news_photo_withdraw(as(f, BOB), id, STR("x"), &f->m.err));
    OK(&f->m,
       store_site_last_transition(f->m.st, &f->m.site, now + 20, &changed, &f->m.err));
    assert_int_equal(changed, now + 10);
    /* Approving the item anew does not bring it back; taking the withdrawal back does. */
    struct desk_item d = look(f, name);
    d.item.title = STR("B");
    save(f, ANN, &d.item, d.version);
    step(f, BOB, name, STEP_APPROVE, NULL);
    assert_false(is_shown(f, 'a', now + 30));
    OK(&f->m, news_photo_reinstate(as(f, BOB), id, &f->m.err));
    assert_true(is_shown(f, 'a', now + 30));
    assert_int_equal(shown(f, it.id, 0).expires_at, TIME_NONE);
    assert_int_equal(there(f, id).withdrawn_at, TIME_NONE);
}

/* Withdrawing an item and back leaves its photos what they were. */
static void
test_an_item_that_comes_back_still_follows(void **state)
{
    struct fixture *f = *state;
    int64_t id = add(f, BOB, 'a', "Agency");
    struct item it = with_photos(f, "A", "a");
    struct str name = publish(f, &it);
    step(f, BOB, name, STEP_WITHDRAW, "why");
    step(f, BOB, name, STEP_REINSTATE, "why");
    OK(&f->m, try_change(f, BOB, id, "New agency"));
    SAME(shown(f, it.id, 0).credit, "New agency");
}

/* ---- rights that end ---- */

static void
set_end(struct fixture *f, int64_t id, int64_t end)
{
    struct library_photo l = there(f, id);
    l.photo.expires_at = end;
    OK(&f->m, news_photo_change(as(f, BOB), id, l.version, &l.photo, &f->m.err));
}

/* At that second it is gone, and the pages that are kept are, too. */
static void
test_rights_end(void **state)
{
    struct fixture *f = *state;
    int64_t id = add(f, BOB, 'a', "Agency"), other = add(f, BOB, 'b', "Agency"),
            now = f->m.now, changed = 0;
    struct item it = with_photos(f, "A", "ab"), ended = with_photos(f, "E", "a");
    it.photos[1].expires_at = now + 50;
    publish(f, &it);
    ended.expires_at = now + 60;
    publish(f, &ended);
    set_end(f, id, now + 100);
    set_end(f, other, now + 200);
    made_renditions(&f->m);
    assert_int_equal(shown(f, it.id, 1).expires_at, now + 50);
    assert_true(is_shown(f, 'a', now + 99));
    assert_false(is_shown(f, 'a', now + 100));
    OK(&f->m,
       store_site_last_transition(f->m.st, &f->m.site, now + 150, &changed, &f->m.err));
    assert_int_equal(changed, now + 100);
}

/* ---- where it is used ---- */

static void
test_uses(void **state)
{
    struct fixture *f = *state;
    struct photo_uses uses;
    int64_t id = add(f, BOB, 'a', "Agency"), free = add(f, BOB, 'b', "Agency");
    struct item out = with_photos(f, "Out", "a"), draft = with_photos(f, "Draft", "a");
    struct str name = publish(f, &out);
    save(f, ANN, &draft, 0);
    OK(&f->m, news_photo_uses(as(f, ANN), id, 10, &f->m.a, &uses, &f->m.err));
    assert_int_equal(uses.n, 2);
    assert_int_equal(uses.all[0].item.id, draft.id);
    assert_int_equal(uses.all[0].position, 0);
    assert_int_equal(uses.all[1].position, 1);
    SAME(uses.all[1].credit, "Agency");
    assert_false(uses.all[1].has_own_credit);
    /* A draft on top that has another photo: the one that is out is still used. */
    struct desk_item d = look(f, name);
    struct item next = with_photos(f, "Out", "b");
    next.id = out.id;
    save(f, ANN, &next, d.version);
    OK(&f->m, news_photo_uses(as(f, ANN), id, 10, &f->m.a, &uses, &f->m.err));
    assert_int_equal(uses.n, 2);
    OK(&f->m, news_photo_uses(as(f, ANN), free, 10, &f->m.a, &uses, &f->m.err));
    assert_int_equal(uses.n, 1);
    step(f, BOB, name, STEP_APPROVE, NULL);
    OK(&f->m, news_photo_uses(as(f, ANN), id, 10, &f->m.a, &uses, &f->m.err));
    assert_int_equal(uses.n, 1);
    assert_int_equal(uses.all[0].item.id, draft.id);
    /* Of what an author may not see of others they learn that it is there, no more. */
    struct item secret = with_photos(f, "Secret", "a");
    struct str of_bob = save(f, BOB, &secret, 0).public_id;
    OK(&f->m, news_photo_uses(as(f, ANN), id, 10, &f->m.a, &uses, &f->m.err));
    assert_int_equal(uses.n, 2);
    assert_int_equal(uses.all[0].item.id, 0);
    assert_int_equal(uses.all[0].item.title.n + uses.all[0].item.public_id.n, 0);
    OK(&f->m, news_photo_uses(as(f, BOB), id, 10, &f->m.a, &uses, &f->m.err));
    assert_int_equal(uses.all[0].item.id, secret.id);
    step(f, BOB, of_bob, STEP_APPROVE, NULL);
    OK(&f->m, news_photo_uses(as(f, ANN), id, 10, &f->m.a, &uses, &f->m.err));
    assert_int_equal(uses.all[0].item.id, secret.id);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_each_text_follows),
        TEST(test_whose_credit),
        TEST(test_decorative_or_described),
        TEST(test_no_caption),
        TEST(test_the_earliest_end),
        TEST(test_what_may_be_said),
        TEST(test_the_same_file_twice),
        TEST(test_a_corrected_credit_is_everywhere),
        TEST(test_changes_together),
        TEST(test_a_revision_holds_own_texts_only),
        TEST(test_an_item_without_the_caption),
        TEST(test_texts_from_before_the_library_follow),
        TEST(test_a_photo_without_credit_is_not_published),
        TEST(test_no_way_around_the_credit),
        TEST(test_withdrawn_everywhere),
        TEST(test_an_item_that_comes_back_still_follows),
        TEST(test_rights_end),
        TEST(test_uses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
