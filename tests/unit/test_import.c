/* test_import.c - which lines are the same item, and that nothing is lost on the way out
 * and in again. */
#include <fcntl.h>

#include <jansson.h>

#include "made.h"
#include "news/export.h"
#include "news/import.h"
#include "news/item.h"
#include "store/item.h"
#include "store/photo.h"
#include "store/revision.h"
#include "store/site.h"

#include "base/buf.h"

enum { EXPORT_MAX = 64 << 20, REFUSALS_MAX = 32 };

struct fixture {
    struct made m;
    struct import_options o;
    struct import_result result;
    struct {
        int64_t line;
        struct err err;
    } refused[REFUSALS_MAX];
    int n_refused;
};

static void
begin(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    made_site(&f->m);
    made_section(&f->m, "events", 0);
    made_section(&f->m, "speeches", 0);
    f->o = (struct import_options){
        .batch_items = 1000, .batch_ms = 250, .now = f->m.now, .by = STR("import")};
}

static int
set_up(void **state)
{
    static struct fixture f;
    begin(&f);
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    made_end(&((struct fixture *)*state)->m);
    return 0;
}

/* ---- the hooks: photos by their names alone ---- */

static enum rc
check_photo(void *ctx, struct arena *a, struct photo *p, struct err *err)
{
    (void)ctx;
    if (str_starts(p->file, STR("missing")))
        return err_field(err, "photos", "%.*s: no such file", STR_ARG(p->file));
    if (p->sha256.n == 0)
        p->sha256 = hash_sha256(a, p->file);
    if (str_starts(p->file, STR("by-")))
        p->found = str_from(p->file, 3); /* "by-Anna.jpg" says who took it */
    p->ext = STR("jpg");
    p->width_px = 40;
    p->height_px = 30;
    p->bytes = 1000;
    return RC_OK;
}

static enum rc
fill_photo(void *ctx, struct arena *a, struct photo *p, struct err *err)
{
    (void)ctx;
    (void)a;
    (void)err;
    if (p->credit.n == 0)
        p->credit = str_sub(p->found, 0, str_find(p->found, '.'));
    return RC_OK;
}

static enum rc
place_photo(void *ctx, struct arena *a, const struct photo *p, struct err *err)
{
    (void)ctx;
    (void)a;
    if (p->sha256.n == 0)
        return err_set(err, RC_FAILED, "a photo that was not checked");
    return RC_OK;
}

static void
note_refused(void *ctx, int64_t line, const struct err *err)
{
    struct fixture *f = ctx;
    if (f->n_refused == REFUSALS_MAX)
        return;
    f->refused[f->n_refused].line = line;
    f->refused[f->n_refused++].err = *err;
}

static void
import(struct fixture *f, struct str lines)
{
    struct made *m = &f->m;
    const char *path = made_path(m, "in.jsonl");
    struct import_hooks hooks = {f,           check_photo, fill_photo,
                                 place_photo, NULL,        note_refused};
    f->n_refused = 0;
    OK(m, file_write(path, lines, 0600, &m->err));
    f->o.fd = open(path, O_RDONLY | O_CLOEXEC);
    f->o.spool_fd = open(m->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    OK(m, news_import(m->st, &m->site, &f->o, &hooks, &f->result, &m->err));
    close(f->o.spool_fd);
    close(f->o.fd);
}

/* Added, changed, unchanged, refused. */
static void
counts(const struct fixture *f, int added, int changed, int unchanged, int refused)
{
    if (f->n_refused > refused)
        fail_msg("line %d: %s: %s", (int)f->refused[0].line, f->refused[0].err.field,
                 f->refused[0].err.text);
    assert_int_equal(f->result.added, added);
    assert_int_equal(f->result.changed, changed);
    assert_int_equal(f->result.unchanged, unchanged);
    assert_int_equal(f->result.refused, refused);
}

static enum rc
take_line(void *ctx, struct str line, struct err *err)
{
    buf_add(ctx, line);
    return buf_ok(ctx) ? RC_OK : err_set(err, RC_LIMIT, "the export is too long");
}

static struct str export(struct made *m)
{
    struct buf *out = arena_new(&m->a, struct buf);
    struct export_hooks hooks = {.ctx = out, .line = take_line};
    int64_t n = 0;
    buf_init(out, &m->a, EXPORT_MAX);
    OK(m, news_export(m->st, &m->site, &hooks, &n, &m->err));
    return buf_str(out);
}

static int64_t
version(struct made *m)
{
    struct site_state site;
    OK(m, store_site_state(m->st, &site, &m->err));
    return site.version;
}

/* The same lines again write nothing: no revision, no new data version. */
static void
twice(struct fixture *f, struct str lines, int n_items)
{
    struct str first = export(&f->m);
    int64_t before = version(&f->m);
    f->o.now += 1000;
    import(f, lines);
    counts(f, 0, 0, n_items, 0);
    assert_int_equal(version(&f->m), before);
    assert_true(str_eq(export(&f->m), first));
}

/* ---- the same item? ---- */

#define BASE "\"lang\":\"en\",\"section\":\"events\",\"title\":\"T\",\"body\":\"x\","
#define DAY1 "\"published_at\":\"2024-01-01\""
#define DAY2 "\"published_at\":\"2024-01-02\""

/* Two imports, one line each. The second makes another item, or changes the first's. */
static const struct {
    const char *first, *second;
    bool is_same;
    const char *slug; /* of the item the second became */
} identities[] = {
    /* equal id */
    {"{\"id\":\"a\"," BASE DAY1 "}",
     "{\"id\":\"a\",\"lang\":\"ru\",\"section\":\"speeches\",\"title\":\"U\"," DAY2 "}",
     true, "u"},
    /* a shared old address, one of them without an id */
    {"{\"old_urls\":[\"/o/1/\"]," BASE DAY1 "}",
     "{\"old_urls\":[\"/o/2/\",\"/o/1/\"],\"lang\":\"en\",\"section\":\"events\","
     "\"title\":\"U\"," DAY2 "}",
     true, "t"},
    {"{\"id\":\"a\",\"old_urls\":[\"/o/1/\"]," BASE DAY1 "}",
     "{\"old_urls\":[\"/o/1/\"],\"lang\":\"en\",\"section\":\"events\",\"title\":\"U\"," DAY2
     "}",
     true, "t"},
    {"{\"old_urls\":[\"/o/1/\"]," BASE DAY1 "}",
     "{\"id\":\"a\",\"old_urls\":[\"/o/1/\"],\"lang\":\"en\",\"section\":\"events\","
     "\"title\":\"U\"," DAY2 "}",
     true, "t"},
    /* language, section and slug */
    {"{\"slug\":\"s\"," BASE DAY1 "}", "{\"slug\":\"s\"," BASE DAY2 "}", true, "s"},
    {"{\"slug\":\"s\"," BASE DAY1 "}",
     "{\"slug\":\"s\",\"lang\":\"ru\",\"section\":\"events\",\"title\":\"T\"," DAY1 "}",
     false, "s"},
    {"{\"slug\":\"s\"," BASE DAY1 "}",
     "{\"slug\":\"s\",\"lang\":\"en\",\"section\":\"speeches\",\"title\":\"T\"," DAY1 "}",
     false, "s"},
    {"{\"slug\":\"s\"," BASE DAY1 "}", "{\"slug\":\"r\"," BASE DAY1 "}", false, "r"},
    {"{\"id\":\"a\",\"slug\":\"s\"," BASE DAY1 "}", "{\"slug\":\"s\"," BASE DAY2 "}",
     true, "s"},
    /* two ids of their own: never the same; a taken slug gets a number */
    {"{\"id\":\"a\",\"slug\":\"s\"," BASE DAY1 "}",
     "{\"id\":\"b\",\"slug\":\"s\"," BASE DAY1 "}", false, "s-2"},
    {"{\"id\":\"a\"," BASE DAY1 "}", "{\"id\":\"b\"," BASE DAY1 "}", false, "t-2"},
    /* language, section, date and title */
    {"{" BASE DAY1 "}", "{\"lead\":\"new\"," BASE DAY1 "}", true, "t"},
    {"{" BASE DAY1 "}", "{" BASE DAY2 "}", false, "t-2"},
    {"{" BASE DAY1 "}", "{\"id\":\"b\"," BASE DAY1 "}", true, "t"},
    {"{\"id\":\"a\"," BASE DAY1 "}", "{\"lead\":\"new\"," BASE DAY1 "}", true, "t"},
    /* drafts: their time is only in their revision */
    {"{\"state\":\"draft\"," BASE DAY1 "}",
     "{\"state\":\"draft\",\"lead\":\"l\"," BASE DAY1 "}", true, "t"},
    {"{\"state\":\"draft\"," BASE DAY1 "}", "{\"state\":\"draft\"," BASE DAY2 "}", false,
     "t-2"},
    {"{\"state\":\"draft\"," BASE DAY1 "}", "{" BASE DAY1 "}", true, "t"},
    {"{\"state\":\"draft\"," BASE DAY1 "}", "{" BASE DAY2 "}", false, "t-2"},
    {"{\"state\":\"draft\",\"lang\":\"en\",\"section\":\"events\",\"title\":\"T\"}",
     "{\"state\":\"review\",\"lang\":\"en\",\"section\":\"events\",\"title\":\"T\"}",
     true, "t"},
    {"{" BASE DAY1 "}", "{\"state\":\"draft\",\"lead\":\"l\"," BASE DAY1 "}", true, "t"},
};

static void
check_identity(size_t i)
{
    struct fixture own, *f = &own;
    struct made *m = &f->m;
    begin(f);
    struct str first = str_of(identities[i].first), second = str_of(identities[i].second);
    int64_t id = 2;
    struct item it;
    import(f, first);
    counts(f, 1, 0, 0, 0);
    twice(f, first, 1);
    import(f, second);
    if (f->result.changed != identities[i].is_same ||
        f->result.added != !identities[i].is_same)
        fail_msg("%s then %s: %d changed, %d added, %d refused", identities[i].first,
                 identities[i].second, (int)f->result.changed, (int)f->result.added,
                 (int)f->result.refused);
    id = identities[i].is_same ? 1 : 2;
    OK(m, news_item_read(m->st, id, &m->a, &it, &m->err));
    SAME(it.slug, identities[i].slug);
    twice(f, second, 1);
    made_end(m);
}

static void
test_identity(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(identities); i++)
        check_identity(i);
}

/* Lines of one input that are one item are refused, before anything is stored where that
 * can be known then. */
static const struct {
    const char *lines, *field, *words;
    bool is_known_before;
} doubles[] = {
    {"{\"id\":\"a\"," BASE DAY1 "}\n{\"id\":\"a\"," BASE DAY2 "}\n", "id", "line 1",
     true},
    {"{\"slug\":\"s\"," BASE DAY1 "}\n{\"slug\":\"s\"," BASE DAY2 "}\n", "slug", "line 1",
     true},
    {"{" BASE DAY1 "}\n{" BASE DAY1 "}\n", "title", "line 1", true},
    {"{\"slug\":\"r\",\"old_urls\":[\"/o/\"]," BASE DAY1
     "}\n{\"slug\":\"s\",\"old_urls\":[\"/o/\"]," BASE DAY2 "}\n",
     "old_urls", "line 1", true},
    {"{\"id\":\"a\",\"slug\":\"s\"," BASE DAY1 "}\n{\"slug\":\"s\"," BASE DAY2 "}\n", "",
     "earlier line", false},
    {"{" BASE DAY1 "}\n{\"slug\":\"t\"," BASE DAY2 "}\n", "", "earlier line", false},
};

static void
test_one_item_on_two_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(doubles); i++) {
        struct fixture own, *f = &own;
        begin(f);
        import(f, str_of(doubles[i].lines));
        assert_int_equal(f->n_refused, 1);
        assert_int_equal(f->refused[0].line, 2);
        assert_string_equal(f->refused[0].err.field, doubles[i].field);
        assert_non_null(strstr(f->refused[0].err.text, doubles[i].words));
        assert_int_equal(f->result.added, !doubles[i].is_known_before);
        struct str first = export(&f->m);
        import(f, str_of(doubles[i].lines)); /* as it was: it does not go to and fro */
        assert_true(str_eq(export(&f->m), first));
        made_end(&f->m);
    }
}

/* An address that belongs to another item is found out before anything is stored. */
static void
test_addresses_of_others(void **state)
{
    static const char *const bad[] = {
        "{\"id\":\"c\",\"slug\":\"c\",\"old_urls\":[\"/o/a/\"]," BASE DAY1 "}\n",
        "{\"id\":\"a\",\"slug\":\"a\",\"old_urls\":[\"/o/b/\"]," BASE DAY1 "}\n",
        "{\"slug\":\"a\",\"old_urls\":[\"/o/a/\",\"/o/b/\"]," BASE DAY1 "}\n",
    };
    struct fixture *f = *state;
    import(f,
           STR("{\"id\":\"a\",\"slug\":\"a\",\"old_urls\":[\"/o/a/\"]," BASE DAY1 "}\n"
               "{\"id\":\"b\",\"slug\":\"b\",\"old_urls\":[\"/o/b/\"]," BASE DAY1 "}\n"));
    counts(f, 2, 0, 0, 0);
    struct str before = export(&f->m);
    for (size_t i = 0; i < N_ELEMENTS(bad); i++) {
        struct str lines =
            str_fmt(&f->m.a, "{\"slug\":\"fine\"," BASE DAY2 "}\n%s", bad[i]);
        import(f, lines);
        counts(f, 0, 0, 0, 1);
        assert_int_equal(f->refused[0].line, 2);
        assert_string_equal(f->refused[0].err.field, "old_urls");
        assert_true(str_eq(export(&f->m), before));
    }
}

/* ---- the rest of the options ---- */

static void
test_all_or_nothing(void **state)
{
    struct fixture *f = *state;
    struct str lines = STR("{\"slug\":\"a\"," BASE DAY1 "}\n\nnonsense\r\n"
                           "{\"slug\":\"b\"," BASE DAY1 "}");
    import(f, lines);
    counts(f, 0, 0, 0, 1);
    assert_int_equal(f->refused[0].line, 3);
    assert_false(f->result.is_stored);
    assert_int_equal(export(&f->m).n, 0);
    f->o.keep_going = true;
    import(f, lines);
    counts(f, 2, 0, 0, 1);
    assert_true(f->result.is_stored);
}

static void
test_sections_on_the_way(void **state)
{
    struct fixture *f = *state;
    struct str lines =
        STR("{\"lang\":\"en\",\"section\":\"new\",\"title\":\"a\"," DAY1 "}\n"
            "{\"lang\":\"en\",\"section\":\"new\",\"title\":\"b\"," DAY1 "}\n"
            "{\"lang\":\"en\",\"section\":\"newer\",\"title\":\"c\"," DAY1 "}\n");
    import(f, lines);
    counts(f, 0, 0, 0, 3);
    f->o.create_sections = true;
    import(f, lines);
    counts(f, 3, 0, 0, 0);
    assert_int_equal(f->result.sections_made, 2);
    import(f, STR("{\"lang\":\"en\",\"section\":\"2024\",\"title\":\"a\"," DAY1 "}\n"));
    counts(f, 0, 0, 0, 1);
    twice(f, lines, 3);
}

static void
test_credit_lines(void **state)
{
    static const struct {
        const char *end, *credit;
    } ends[] = {{"Photo: X", "X"},        {"Фото: Х «Y»", "Х «Y»"},
                {"Photo credit: Z", "Z"}, {"Photo: X\\n\\n", "X"},
                {"Photo:", NULL},         {"photo: x", NULL},
                {"Photo: X\\nmore", NULL}};
    struct fixture *f = *state;
    struct made *m = &f->m;
    for (size_t i = 0; i < N_ELEMENTS(ends); i++) {
        struct item it;
        int64_t id = 0;
        f->o.credit_lines = true;
        import(f, str_fmt(&m->a,
                          "{\"id\":\"%zu\",\"lang\":\"en\",\"section\":\"events\","
                          "\"title\":\"T\"," DAY1 ",\"body\":\"One.\\n\\n%s\"}\n",
                          i, ends[i].end));
        counts(f, 1, 0, 0, 0);
        OK(m, store_item_id_by_public_id(m->st, str_fmt(&m->a, "%zu", i), &id, &m->err));
        OK(m, news_item_read(m->st, id, &m->a, &it, &m->err));
        if (ends[i].credit != NULL) {
            SAME(it.photo_credit, ends[i].credit);
            SAME(it.body, "One.");
        } else {
            assert_int_equal(it.photo_credit.n, 0);
        }
    }
}

/* The credit line counts for photos without a credit of their own. */
static void
test_a_credit_line_is_the_photos_credit(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it;
    struct str line = STR("{\"lang\":\"en\",\"section\":\"events\",\"title\":\"T\"," DAY1
                          ",\"body\":\"One.\\n\\nPhoto: Ministry\","
                          "\"photos\":[{\"file\":\"a.jpg\",\"alt\":\"A\"}]}\n");
    import(f, line);
    counts(f, 0, 0, 0, 1);
    assert_string_equal(f->refused[0].err.field, "photos");
    f->o.credit_lines = true;
    import(f, line);
    counts(f, 1, 0, 0, 0);
    OK(m, news_item_read(m->st, 1, &m->a, &it, &m->err));
    SAME(it.photos[0].credit, "Ministry");
    assert_false(it.photos[0].has_own_credit);
}

/* A credit is the line's, else the library's, else the file's, else the item's; what is
 * once in the library is followed. */
static void
test_a_missing_credit_is_filled_from_the_file(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct item it;
    struct library_photo l;
    import(f, STR("{\"slug\":\"s-1\"," BASE DAY1 ",\"photo_credit\":\"Item\",\"photos\":["
                  "{\"file\":\"by-Anna.jpg\",\"alt\":\"A\"},"
                  "{\"file\":\"by-Boris.jpg\",\"alt\":\"A\",\"credit\":\"Line\"},"
                  "{\"file\":\"plain.jpg\",\"alt\":\"A\"}]}\n"
                  "{\"slug\":\"s-2\"," BASE DAY1 ",\"photos\":["
                  "{\"file\":\"by-Boris.jpg\",\"alt\":\"A\"}]}\n"));
    counts(f, 2, 0, 0, 0);
    OK(m, news_item_read(m->st, 1, &m->a, &it, &m->err));
    SAME(it.photos[0].credit, "Anna");
    SAME(it.photos[1].credit, "Line");
    SAME(it.photos[2].credit, "Item");
    OK(m, news_item_read(m->st, 2, &m->a, &it, &m->err));
    SAME(it.photos[0].credit, "Line");
    OK(m, store_photo_by_sha256(m->st, hash_sha256(&m->a, STR("by-Anna.jpg")), &m->a, &l,
                                &m->err));
    SAME(l.photo.credit, "Anna");
    SAME(l.found, "Anna.jpg");
    SAME(l.file_name, "by-Anna.jpg");
    assert_int_equal(l.confirmed_at, TIME_NONE); /* nobody looked at it yet */
    import(f, STR("{\"slug\":\"s-3\"," BASE DAY1
                  ",\"photos\":[{\"file\":\"none.jpg\",\"alt\":\"A\"}]}\n"));
    counts(f, 0, 0, 0, 1);
    assert_string_equal(f->refused[0].err.field, "photos");
}

/* Small batches give the same result, and the data version counts the batches. */
static void
test_batches(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    struct str lines = STR("");
    for (int i = 0; i < 25; i++)
        lines =
            str_fmt(&m->a, "%.*s{\"slug\":\"s-%d\"," BASE DAY1 "}\n", STR_ARG(lines), i);
    int64_t before = version(m);
    f->o.batch_items = 10;
    import(f, lines);
    counts(f, 25, 0, 0, 0);
    assert_int_equal(version(m), before + 3);
    twice(f, lines, 25);
}

/* ---- everything there can be, out and in again ---- */

static uint32_t seed;

static uint32_t
chance(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static const char *const pieces[] = {
    "word",    " ",
    "\"",      "'",
    "\\",      "“”„«»’",
    "\u00a0",  "Министр",
    "ХI",      "e\u0301",
    "😀",       "שלום",
    "مرحبا",   "\u202e",
    "<Minsk>", "</script>",
    "&amp;",   "{{X}}",
    "%s%n",    "\u2028",
    "\ufeff",  "\xc2\x80",
    "\ue000",  "\u200d",
    "-- ",     "1. ",
    "# ",      "* ",
    "a_b_c",   "`",
    "$1",      "\U0010fffd",
    "&#0;",    "https://x.example/?a=1&b",
};

/* Up to n pieces, never blank, with line ends where there may be some. */
static char *
nasty(struct made *m, uint32_t n, bool has_lines)
{
    struct str all = STR("x");
    for (uint32_t i = chance(n); i > 0; i--) {
        const char *piece = pieces[chance(N_ELEMENTS(pieces))];
        if (has_lines && chance(6) == 0)
            piece = chance(2) ? "\n" : "\r\n\t\n";
        all = str_fmt(&m->a, "%.*s%s", STR_ARG(all), piece);
    }
    return (char *)(uintptr_t)all.p;
}

static void
set_nasty(struct made *m, json_t *o, const char *key, uint32_t n, bool has_lines)
{
    if (chance(4) != 0)
        json_object_set_new(o, key, json_string(nasty(m, n, has_lines)));
}

static void
set_time(struct made *m, json_t *o, const char *key)
{
    static const char *const offsets[] = {"Z", "+03:00", "-11:30"};
    struct str t = str_fmt(&m->a, "%04u-%02u-%02uT%02u:%02u:%02u%s", 1900 + chance(200),
                           1 + chance(12), 1 + chance(28), chance(24), chance(60),
                           chance(60), offsets[chance(3)]);
    if (chance(2))
        t = str_sub(t, 0, strlen("2024-01-01"));
    if (chance(3) != 0)
        json_object_set_new(o, key, json_string(str_z(&m->a, t)));
}

static json_t *
any_photo(struct made *m, bool needs_credit)
{
    json_t *p = json_object();
    bool is_decorative = chance(4) == 0;
    json_object_set_new(p, "file", json_string(str_fmt(&m->a, "%u.jpg", chance(1000)).p));
    if (is_decorative || chance(2))
        json_object_set_new(p, "decorative", json_boolean(is_decorative));
    if (!is_decorative)
        set_nasty(m, p, "alt", 8, false);
    if (needs_credit || chance(2))
        json_object_set_new(p, "credit", json_string(nasty(m, 6, false)));
    if (chance(2))
        json_object_set_new(p, "credit_url", json_string("https://a.example/?x=%22&y=z"));
    set_nasty(m, p, "caption", 8, false);
    set_nasty(m, p, "creator", 4, false);
    set_nasty(m, p, "licence", 4, false);
    set_nasty(m, p, "usage", 8, false);
    if (chance(2))
        json_object_set_new(p, "focal", json_string(chance(2) ? "0,100" : "33.3,50"));
    set_time(m, p, "expires_at");
    return p;
}

static void
add_lists(struct made *m, json_t *o, int i)
{
    json_t *tags = json_array(), *urls = json_array(), *photos = json_array();
    bool has_credit = json_object_get(o, "photo_credit") != NULL;
    for (uint32_t k = chance(4); k > 0; k--)
        json_array_append_new(
            tags, json_string(str_fmt(&m->a, "%u%s", k, nasty(m, 3, false)).p));
    for (uint32_t k = chance(3); k > 0; k--)
        json_array_append_new(
            urls, json_string(str_fmt(&m->a, "/%d/%u/%s", i, k, nasty(m, 4, false)).p));
    for (uint32_t k = chance(4); k > 0; k--)
        json_array_append_new(photos, any_photo(m, !has_credit));
    json_object_set_new(o, "tags", tags);
    json_object_set_new(o, "old_urls", urls);
    json_object_set_new(o, "photos", photos);
}

/* Of what is approved alone. */
static void
add_corrections(struct made *m, json_t *o)
{
    const char *state = json_string_value(json_object_get(o, "state"));
    json_t *all = json_array();
    for (uint32_t k = strcmp(state, "approved") == 0 ? chance(3) : 0; k > 0; k--) {
        json_t *one = json_object();
        json_object_set_new(one, "at", json_string(str_fmt(&m->a, "2020-01-%02u", k).p));
        json_object_set_new(one, "text",
                            json_string(str_fmt(&m->a, "%u%s", k, nasty(m, 9, true)).p));
        set_nasty(m, one, "author", 3, false);
        json_array_append_new(all, one);
    }
    json_object_set_new(o, "corrections", all);
}

static json_t *
any_item(struct made *m, int i)
{
    static const char *const states[] = {"approved", "approved", "draft", "review"};
    json_t *o = json_object();
    json_object_set_new(o, "lang", json_string(chance(2) ? "en" : "ru"));
    json_object_set_new(o, "section", json_string(chance(2) ? "events" : "speeches"));
    json_object_set_new(o, "title", json_string(nasty(m, 12, false)));
    json_object_set_new(o, "id",
                        json_string(str_fmt(&m->a, "%s%d", nasty(m, 5, false), i).p));
    json_object_set_new(o, "state", json_string(states[chance(4)]));
    json_object_set_new(o, "body_format", json_string(chance(2) ? "text" : "markdown"));
    if (chance(2))
        json_object_set_new(o, "slug", json_string(str_fmt(&m->a, "s-%u", chance(40)).p));
    set_nasty(m, o, "lead", 20, true);
    set_nasty(m, o, "body", 60, true);
    if (chance(4) != 0) /* one item of a language in each */
        json_object_set_new(o, "group",
                            json_string(str_fmt(&m->a, "%s%d", nasty(m, 3, false), i).p));
    set_nasty(m, o, "photo_credit", 5, false);
    set_time(m, o, "published_at");
    if (json_object_get(o, "published_at") == NULL)
        json_object_set_new(o, "published_at", json_string("2024-02-29"));
    set_time(m, o, "updated_at");
    set_time(m, o, "embargo_until");
    set_time(m, o, "expires_at");
    set_time(m, o, "pinned_until");
    if (chance(5) == 0)
        json_object_set_new(o, "withdrawn",
                            json_pack("{s:s,s:s}", "at", "2024-05-01T10:00:00+03:00",
                                      "reason", nasty(m, 6, false)));
    add_lists(m, o, i);
    add_corrections(m, o);
    return o;
}

/* n items as lines, written with and without escapes. */
static struct str
any_items(struct made *m, int n)
{
    struct buf out;
    buf_init(&out, &m->a, EXPORT_MAX);
    for (int i = 0; i < n; i++) {
        json_t *o = any_item(m, i);
        char *text = json_dumps(o, chance(2) ? JSON_ENSURE_ASCII : JSON_COMPACT);
        buf_add_z(&out, text);
        buf_add_c(&out, '\n');
        free(text);
        json_decref(o);
    }
    return buf_str(&out);
}

/* Another site that imports them exports the very same bytes. */
static void
same_elsewhere(struct str lines, int n_items)
{
    struct fixture other;
    begin(&other);
    import(&other, lines);
    counts(&other, n_items, 0, 0, 0);
    assert_true(str_eq(export(&other.m), lines));
    twice(&other, lines, n_items);
    made_end(&other.m);
}

static void
test_nothing_is_lost_on_the_way(void **state)
{
    enum { ITEMS = 120 };
    (void)state;
    for (seed = 1; seed <= 3; seed++) {
        struct fixture f;
        uint32_t round = seed;
        begin(&f);
        struct str lines = any_items(&f.m, ITEMS);
        import(&f, lines);
        counts(&f, ITEMS, 0, 0, 0);
        twice(&f, lines, ITEMS);
        struct str first = export(&f.m);
        twice(&f, first, ITEMS); /* its own export is the same items */
        same_elsewhere(first, ITEMS);
        made_end(&f.m);
        seed = round;
    }
}

/* What an item may hold at most, every byte of it written as two, is still a line that
 * can be read again. */
static void
test_the_longest_item(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    char *quotes = arena_alloc(&m->a, ITEM_BODY_MAX + 1);
    memset(quotes, '"', ITEM_BODY_MAX);
    json_t *photos = json_array(), *urls = json_array();
    for (int i = 0; i < ITEM_PHOTOS_MAX; i++) {
        char file[20];
        snprintf(file, sizeof file, "%d.jpg", i);
        json_array_append_new(
            photos, json_pack("{s:s,s:s#,s:s#,s:s#,s:s#,s:s#,s:s#}", "file", file,
                              "caption", quotes, ITEM_CAPTION_MAX, "alt", quotes,
                              ITEM_CAPTION_MAX, "usage", quotes, ITEM_CAPTION_MAX,
                              "credit", quotes, ITEM_CREDIT_MAX, "creator", quotes,
                              ITEM_CREDIT_MAX, "licence", quotes, ITEM_CREDIT_MAX));
    }
    for (int i = 0; i < ITEM_OLD_URLS_MAX; i++)
        json_array_append_new(
            urls,
            json_pack(
                "o",
                json_string(str_fmt(&m->a, "/%d/%.*s", i, ITEM_URL_MAX - 6, quotes).p)));
    json_t *o = json_pack("{s:s,s:s,s:s,s:s#,s:s#,s:o,s:o,s:s}", "lang", "en", "section",
                          "events", "published_at", "2024-01-01", "title", quotes,
                          ITEM_TITLE_MAX, "body", quotes, ITEM_BODY_MAX, "photos", photos,
                          "old_urls", urls, "body_format", "text");
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    struct str line = str_copy(&m->a, str_of(text));
    free(text);
    import(f, line);
    counts(f, 1, 0, 0, 0);
    twice(f, line, 1);
    same_elsewhere(export(m), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identity),
        cmocka_unit_test(test_one_item_on_two_lines),
        TEST(test_addresses_of_others),
        TEST(test_all_or_nothing),
        TEST(test_sections_on_the_way),
        TEST(test_credit_lines),
        TEST(test_a_credit_line_is_the_photos_credit),
        TEST(test_a_missing_credit_is_filled_from_the_file),
        TEST(test_batches),
        cmocka_unit_test(test_nothing_is_lost_on_the_way),
        TEST(test_the_longest_item),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
