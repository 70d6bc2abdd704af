/* made.h - a site made for one test: a folder, a database, sections and items.
 *
 * Everything fails the test at once when it does not work, with the program's own text.
 */
#ifndef MADE_H
#define MADE_H

/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/actor.h"
#include "model/cursor.h"
#include "model/item.h"
#include "news/desk.h"
#include "news/save.h"
#include "store/query.h"
#include "store/section.h"
#include "store/store.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/slug.h"
#include "base/time.h"

struct made {
    struct arena a;
    struct err err;
    char dir[40];
    const char *db; /* path of the database */
    struct store *st;
    struct site site;
    struct sections sections;
    int64_t now; /* when made_save says it is */
};

#define OK(m, expr)                                              \
    do {                                                         \
        enum rc ok_rc_ = (expr);                                 \
        if (ok_rc_ != RC_OK)                                     \
            fail_msg("%s: %s: %s", #expr, rc_name(ok_rc_),       \
                     (m)->err.rc != RC_OK ? (m)->err.text : ""); \
    } while (0)

/* The call is refused with this code and a text that holds these words. */
#define REFUSED(m, code, words, expr)                                 \
    do {                                                              \
        (m)->err = (struct err){0};                                   \
        assert_int_equal((expr), (code));                             \
        if (strstr((m)->err.text, (words)) == NULL)                   \
            fail_msg("\"%s\" is not in: %s", (words), (m)->err.text); \
    } while (0)

/* What a command does there now. */
static inline const struct desk *
made_desk(struct made *m)
{
    static const struct actor who = {.name = STR_INIT("test"),
                                     .origin = STR_INIT("command line")};
    static struct desk d;
    d = (struct desk){m->st, &m->site, &who, m->now};
    return &d;
}

#define SAME(s, z)                                                           \
    do {                                                                     \
        struct str same_ = (s);                                              \
        if (!str_eq_z(same_, (z)))                                           \
            fail_msg("%s is \"%.*s\", not \"%s\"", #s, STR_ARG(same_), (z)); \
    } while (0)

static inline const char *
made_path(struct made *m, const char *name)
{
    return file_join(&m->a, str_of(m->dir), str_of(name));
}

/* An empty folder and the names of a site in English and Russian; no database yet. */
static inline void
made_folder(struct made *m)
{
    *m = (struct made){.dir = "/tmp/byline-made-XXXXXX"};
    m->site = (struct site){.url = STR("https://news.example"), .n_langs = 2};
    m->site.langs[0] = (struct site_lang){STR("en"), STR("Office"), STR("")};
    m->site.langs[1] = (struct site_lang){STR("ru"), STR("Бюро"), STR("")};
    arena_init(&m->a);
    OK(m, hash_init(&m->err));
    assert_non_null(mkdtemp(m->dir));
    m->db = made_path(m, "news.db");
    m->now = INT64_C(1700000000);
}

static inline void
made_site(struct made *m)
{
    made_folder(m);
    OK(m, store_create(m->db, &m->err));
    OK(m, store_open(m->db, STORE_WRITE, &m->st, &m->err));
}

static inline int
made_remove(const char *path, const struct stat *info, int type, struct FTW *at)
{
    (void)info;
    (void)type;
    (void)at;
    return remove(path);
}

static inline void
made_end(struct made *m)
{
    store_close(m->st);
    nftw(m->dir, made_remove, 16, FTW_DEPTH | FTW_PHYS);
    arena_done(&m->a);
}

static inline void
made_begin(struct made *m)
{
    OK(m, store_write_begin(m->st, &m->err));
}

static inline void
made_commit(struct made *m)
{
    OK(m, store_write_commit(m->st, true, m->now, &m->err));
}

static inline void
made_read_sections(struct made *m)
{
    OK(m, store_section_all(m->st, &m->site, &m->a, &m->sections, &m->err));
}

/* Adds a section below another (0: at the top) and gives its number. */
static inline int64_t
made_section(struct made *m, const char *slug, int64_t parent_id)
{
    struct section s = {.slug = str_of(slug),
                        .parent_id = parent_id,
                        .position = m->sections.n + 1,
                        .names = {str_of(slug)}};
    made_begin(m);
    OK(m, store_section_add(m->st, &m->site, &s, &m->err));
    made_commit(m);
    made_read_sections(m);
    return s.id;
}

/* An approved item that has only what it needs. */
static inline struct item
made_item(int64_t section_id, const char *slug, int64_t published_at)
{
    return (struct item){.section_id = section_id,
                         .lang = STR("en"),
                         .slug = str_of(slug),
                         .title = str_of(slug),
                         .body = STR("Text."),
                         .state = STATE_APPROVED,
                         .published_at = published_at,
                         .updated_at = TIME_NONE,
                         .embargo_until = TIME_NONE,
                         .expires_at = TIME_NONE,
                         .pinned_until = TIME_NONE,
                         .withdrawn_at = TIME_NONE};
}

/* Saves it as a command would, in a transaction of its own. */
static inline enum save_result
made_save(struct made *m, struct item *it)
{
    struct save s = {.st = m->st,
                     .site = &m->site,
                     .sections = &m->sections,
                     .now = m->now,
                     .by = STR("test")};
    enum save_result result = SAVE_UNCHANGED;
    made_begin(m);
    OK(m, news_save(&s, it, &result, &m->err));
    OK(m, store_write_commit(m->st, result != SAVE_UNCHANGED, m->now, &m->err));
    return result;
}

/* A photo that is known to be in its place: all its digits are this one. */
static inline struct photo
made_photo(struct made *m, char digit, const char *credit)
{
    char *hex = arena_alloc(&m->a, HASH_HEX_SIZE);
    memset(hex, digit, HASH_HEX_SIZE);
    return (struct photo){.sha256 = {hex, HASH_HEX_SIZE},
                          .ext = STR("jpg"),
                          .width_px = 40,
                          .height_px = 30,
                          .bytes = 1000,
                          .credit = str_of(credit),
                          .has_own_credit = true,
                          .alt = STR("Alt"),
                          .expires_at = TIME_NONE};
}

/* What no function of ours does, in a transaction of its own. */
static inline void
made_sql(struct made *m, const char *sql)
{
    made_begin(m);
    if (sqlite3_exec(m->st->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(m->st->db));
    made_commit(m);
}

/* As if the files of all photos had been made: the first digits of each name its set. */
static inline void
made_renditions(struct made *m)
{
    made_sql(m, "INSERT INTO rendition (photo_id, digest, made_at)"
                " SELECT id, substr(sha256, 1, 32), 0 FROM photo;"
                "UPDATE photo SET rendition_id ="
                " (SELECT r.id FROM rendition r WHERE r.photo_id = photo.id)");
}

#endif
