/* store/library.c - the photo library as a list. */
#include "store/library.h"

#include "store/query.h"
#include "store/words.h"

#include "base/buf.h"

enum { MATCH_MAX = 16 * 1024 };

/* ---- marks ---- */

/* As the view photo_text makes them. */
static const char *const state_marks[LIBRARY__MAX] = {
    [LIBRARY_TO_CONFIRM] = "toconfirm", [LIBRARY_WITHOUT_CREDIT] = "withoutcredit",
    [LIBRARY_UNUSED] = "unused",        [LIBRARY_ENDING] = "ends",
    [LIBRARY_ENDED] = "ends",           [LIBRARY_WITHDRAWN] = "withdrawn",
};

/* Days as numbers: 20260331. */
struct span {
    int from, until;
};

/* A mark stands for all days from number * unit + first to number * unit + last. */
static const struct level {
    char mark;
    int unit, first, last;
    int factor, parts_from, parts_until; /* the marks of the next level in it */
} levels[] = {{'e', 100000, 101, 91231, 10, 0, 9},
              {'y', 10000, 101, 1231, 100, 1, 12},
              {'m', 100, 1, 31, 100, 1, 31},
              {'d', 1, 0, 0, 0, 0, -1}};

static void
add_mark(struct buf *out, char mark, int number)
{
    buf_fmt(out, "%s%c%d", str_ends(buf_str(out), STR("(")) ? "" : " OR ", mark, number);
}

/* The marks of the days of a span among those that a mark stands for: itself, if it has
 * no others; else those of its parts, and of photos that know no more of their day. */
static void
add_days(struct buf *out, size_t level, int number, struct span s)
{
    const struct level *l = &levels[level];
    int first = number * l->unit + l->first, last = number * l->unit + l->last;
    if (last < s.from || first > s.until)
        return;
    if (first >= s.from && last <= s.until) {
        add_mark(out, l->mark, number);
        return;
    }
    if (l->mark != 'e')
        add_mark(out, 'd', number);
    for (int i = l->parts_from; i <= l->parts_until; i++)
        add_days(out, level + 1, number * l->factor + i, s);
}

/* "2026-03-31" as a number; other, if there is none. */
static int
day_number(struct str day, int other)
{
    int64_t y, m, d;
    bool is_day = day.n == 10 && str_to_int(str_sub(day, 0, 4), 0, 9999, &y) &&
                  str_to_int(str_sub(day, 5, 2), 0, 99, &m) &&
                  str_to_int(str_sub(day, 8, 2), 0, 99, &d);
    return is_day ? (int)(y * 10000 + m * 100 + d) : other;
}

static void
add_marks(struct buf *out, const struct library_filter *f)
{
    /* The first photograph is of 1826; cameras know no later year than 2106. */
    struct span s = {day_number(f->from, 18000101), day_number(f->until, 22001231)};
    const char *and = out->n > 0 ? " AND " : "";
    if (f->state != LIBRARY_ANY) {
        buf_fmt(out, "%smarks : %s", and, state_marks[f->state]);
        and = " AND ";
    }
    if (f->from.n + f->until.n == 0)
        return;
    buf_fmt(out, "%smarks : (", and);
    for (int decade = s.from / 100000; decade <= s.until / 100000; decade++)
        add_days(out, 0, decade, s);
    buf_add_z(out, str_ends(buf_str(out), STR("(")) ? "none)" : ")");
}

/* ---- words ---- */

struct str
library_match(struct arena *a, const struct library_filter *f)
{
    const struct {
        const char *columns;
        struct str words;
    } parts[] = {{"{credit creator caption others}", f->words},
                 {"credit", f->credit},
                 {"creator", f->creator},
                 {"caption", f->caption}};
    struct buf out;
    buf_init(&out, a, MATCH_MAX);
    for (size_t i = 0; i < N_ELEMENTS(parts); i++) {
        if (parts[i].words.n == 0)
            continue;
        buf_add_z(&out, out.n > 0 ? " AND " : "");
        words_add_match(&out, parts[i].columns, parts[i].words);
    }
    add_marks(&out, f);
    return out.n > 0 ? buf_str(&out) : (struct str){NULL, 0};
}

enum rc
library_words_set(struct store *st, int64_t id, struct err *err)
{
    TRY(query_do(st, Q_PHOTO_WORDS_DROP, err, "i", id));
    return query_do(st, Q_PHOTO_WORDS_ADD, err, "i", id);
}

enum rc
store_library_fill(struct store *st, struct err *err)
{
    TRY(query_do(st, Q_PHOTO_MEND_USED, err, ""));
    TRY(query_do(st, Q_PHOTO_WORDS_DROP_STALE, err, ""));
    return query_do(st, Q_PHOTO_WORDS_FILL, err, "");
}

/* ---- lines ---- */

static void
read_line(struct query *q, struct arena *a, struct library_line *l)
{
    l->id = query_int(q);
    l->sha256 = query_str(q, a);
    l->ext = query_str(q, a);
    l->width_px = (int)query_int(q);
    l->height_px = (int)query_int(q);
    l->credit = query_str(q, a);
    l->creator = query_str(q, a);
    l->caption = query_str(q, a);
    l->headline = query_str(q, a);
    l->file_name = query_str(q, a);
    l->taken_at = query_str(q, a);
    l->focal = query_str(q, a);
    l->added_at = query_int(q);
    l->expires_at = query_int(q);
    l->withdrawn_at = query_time(q);
    l->confirmed_at = query_time(q);
    l->has_files = query_int(q) != 0;
    l->is_used = query_int(q) != 0;
}

static enum rc
start_walk(struct store *st, const struct library_walk *w, struct query *q,
           struct err *err)
{
    static const enum query_id walks[LIBRARY_WAY__MAX][2] = {
        [LIBRARY_WAY_ALL] = {Q_LIBRARY_ALL, Q_LIBRARY_ALL_UP},
        [LIBRARY_WAY_WORDS] = {Q_PHOTO_WORDS_LIST, Q_PHOTO_WORDS_LIST_UP},
        [LIBRARY_WAY_TO_CONFIRM] = {Q_LIBRARY_TO_CONFIRM, Q_LIBRARY_TO_CONFIRM_UP},
        [LIBRARY_WAY_WITHOUT_CREDIT] = {Q_LIBRARY_WITHOUT_CREDIT,
                                        Q_LIBRARY_WITHOUT_CREDIT_UP},
        [LIBRARY_WAY_UNUSED] = {Q_LIBRARY_UNUSED, Q_LIBRARY_UNUSED_UP},
        [LIBRARY_WAY_WITHDRAWN] = {Q_LIBRARY_WITHDRAWN, Q_LIBRARY_WITHDRAWN_UP},
        [LIBRARY_WAY_TAKEN] = {Q_LIBRARY_TAKEN, Q_LIBRARY_TAKEN_UP},
        [LIBRARY_WAY_ENDING] = {Q_LIBRARY_ENDING, Q_LIBRARY_ENDING_UP},
        [LIBRARY_WAY_ENDED] = {Q_LIBRARY_ENDING_UP, Q_LIBRARY_ENDING},
    };
    enum query_id id = walks[w->way][w->is_up];
    int64_t limit = w->limit;
    switch (w->way) {
    case LIBRARY_WAY_WORDS:
        return query_start(st, id, q, err, "sii", w->match, w->from.id, limit);
    case LIBRARY_WAY_WITHDRAWN:
        return query_start(st, id, q, err, "iii", w->from.withdrawn_at, w->from.id,
                           limit);
    case LIBRARY_WAY_TAKEN:
        return query_start(st, id, q, err, "esii", w->bound, w->from.taken_at, w->from.id,
                           limit);
    case LIBRARY_WAY_ENDING:
    case LIBRARY_WAY_ENDED:
        return query_start(st, id, q, err, "iii", w->from.expires_at, w->from.id, limit);
    default:
        return query_start(st, id, q, err, "ii", w->from.id, limit);
    }
}

enum rc
store_library_walk(struct store *st, const struct library_walk *w, struct arena *a,
                   struct library_line *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(start_walk(st, w, &q, err));
    while ((rc = query_row(&q, err)) == RC_OK)
        read_line(&q, a, &out[(*n)++]);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_library_line(struct store *st, int64_t id, struct arena *a,
                   struct library_line *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_LIBRARY_ONE, &q, err, "i", id));
    TRY(query_row(&q, err));
    read_line(&q, a, out);
    return RC_OK;
}

enum rc
store_library_leaving(struct store *st, int64_t after, int64_t before, int limit,
                      struct arena *a, struct library_leaving *out, int *n,
                      struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_LIBRARY_LEAVING, &q, err, "iii", after, before,
                    (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct library_leaving *l = &out[(*n)++];
        *l = (struct library_leaving){.photo = {.id = query_int(&q)}};
        l->photo.caption = query_str(&q, a);
        l->photo.headline = query_str(&q, a);
        l->photo.file_name = query_str(&q, a);
        l->item_id = query_int(&q);
        l->title = query_str(&q, a);
        l->ends_at = query_int(&q);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
