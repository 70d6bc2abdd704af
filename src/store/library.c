/* store/library.c - the photo library as a list. */
#include "store/library.h"

#include "store/query.h"
#include "store/words.h"

#include "base/buf.h"

enum { MATCH_MAX = 16 * 1024 };

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
        buf_add_z(&out, buf_str(&out).n > 0 ? " AND " : "");
        words_add_match(&out, parts[i].columns, parts[i].words);
    }
    struct str match = buf_str(&out);
    return match.n > 0 ? match : (struct str){NULL, 0};
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
    static const enum query_id walks[LIBRARY_WAY__MAX] = {
        [LIBRARY_WAY_ALL] = Q_LIBRARY_ALL,
        [LIBRARY_WAY_WORDS] = Q_PHOTO_WORDS_LIST,
        [LIBRARY_WAY_TO_CONFIRM] = Q_LIBRARY_TO_CONFIRM,
        [LIBRARY_WAY_WITHOUT_CREDIT] = Q_LIBRARY_WITHOUT_CREDIT,
        [LIBRARY_WAY_WITHDRAWN] = Q_LIBRARY_WITHDRAWN,
        [LIBRARY_WAY_TAKEN] = Q_LIBRARY_TAKEN,
        [LIBRARY_WAY_ENDING] = Q_LIBRARY_ENDING,
        [LIBRARY_WAY_ENDED] = Q_LIBRARY_ENDED,
    };
    enum query_id id = walks[w->way];
    int64_t limit = w->limit;
    switch (w->way) {
    case LIBRARY_WAY_WORDS:
        return query_start(st, id, q, err, "sii", w->match, w->from.id, limit);
    case LIBRARY_WAY_WITHDRAWN:
        return query_start(st, id, q, err, "iii", w->from.withdrawn_at, w->from.id,
                           limit);
    case LIBRARY_WAY_TAKEN:
        return query_start(st, id, q, err, "esii", w->since, w->from.taken_at, w->from.id,
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
