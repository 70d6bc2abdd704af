/* store/words.c - words of titles and tags. */
#include "store/words.h"

#include "store/query.h"

#include "base/buf.h"

/* One more with every change of how text is cut into words (the table's tokenizer, or
 * what stands in for letters in sql/query/words.sql). */
enum { WORDS_VERSION = 1 };
/* What FTS5 does for words that no title has together grows with the archive: some 4 ms a
 * word where every fourth of a million titles has it. So further words are not asked
 * for. */
enum { WORDS_MAX = 6, MATCH_MAX = 16 * 1024 };

/* Stands around every tag: a private character, which FTS5 takes for a word. */
#define TAG_MARK "\xee\x80\x80"

enum rc
words_drop(struct store *st, int64_t item_id, struct err *err)
{
    return query_do(st, Q_WORDS_DROP, err, "i", item_id);
}

enum rc
words_add(struct store *st, const struct desk_line *l, const struct str *tags, int n_tags,
          struct err *err)
{
    struct arena a AT_END(arena_done);
    struct buf all;
    arena_init(&a);
    buf_init(&all, &a, ITEM_TAGS_MAX * (ITEM_TAG_MAX + 8) + 8);
    for (int i = 0; i < n_tags; i++)
        buf_fmt(&all, "%s %.*s ", TAG_MARK, STR_ARG(tags[i]));
    buf_add_z(&all, n_tags > 0 ? TAG_MARK : "");
    return query_do(st, Q_WORDS_ADD, err, "iiee", l->changed_at, l->item_id, l->title,
                    buf_str(&all));
}

enum rc
words_move(struct store *st, int64_t item_id, int64_t changed_at, struct err *err)
{
    return query_do(st, Q_WORDS_MOVE, err, "ii", changed_at, item_id);
}

enum rc
words_fill(struct store *st, struct err *err)
{
    TRY(query_do(st, Q_WORDS_DROP_STALE, err, ""));
    return query_do(st, Q_WORDS_FILL, err, "");
}

/* Replaces ё as the table has it, and closes nothing: " is doubled within quotes. */
static void
add_quoted(struct buf *out, struct str word)
{
    static const struct {
        struct str from, to;
    } others[] = {{STR_INIT("\""), STR_INIT("\"\"")},
                  {STR_INIT("ё"), STR_INIT("е")},
                  {STR_INIT("Ё"), STR_INIT("Е")}};
    for (size_t i = 0; i < word.n;) {
        struct str one = str_sub(word, i, 1), rest = str_from(word, i);
        i++;
        for (size_t k = 0; k < N_ELEMENTS(others); k++)
            if (str_starts(rest, others[k].from)) {
                one = others[k].to;
                i += others[k].from.n - 1;
            }
        buf_add(out, one);
    }
}

void
words_add_match(struct buf *out, const char *columns, struct str words)
{
    buf_fmt(out, "%s : (", columns);
    for (int n = 0; words.p != NULL && n < WORDS_MAX;) {
        struct str word = str_cut(&words, ' ');
        if (word.n == 0)
            continue;
        buf_add_z(out, "\"");
        add_quoted(out, word);
        buf_add_z(out, "\" ");
        n++;
    }
    buf_add_z(out, ")");
}

struct str
words_match(struct arena *a, struct str words, struct str tag)
{
    struct buf out;
    buf_init(&out, a, MATCH_MAX);
    if (words.n > 0)
        words_add_match(&out, "title", words);
    if (words.n > 0 && tag.n > 0)
        buf_add_z(&out, " AND ");
    if (tag.n > 0) {
        buf_add_z(&out, "tags : (\"" TAG_MARK " ");
        add_quoted(&out, tag);
        buf_add_z(&out, " " TAG_MARK "\")");
    }
    return buf_str(&out);
}

/* ---- versions ---- */

static enum rc
read_version(struct store *st, int64_t *version, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_WORDS_VERSION, &q, err, ""));
    TRY(query_row(&q, err));
    *version = query_int(&q);
    return RC_OK;
}

enum rc
words_keep(struct store *st, struct err *err)
{
    int64_t version = WORDS_VERSION;
    TRY(read_version(st, &version, err));
    if (version == WORDS_VERSION)
        return RC_OK;
    TRY(query_do(st, Q_WORDS_REBUILD, err, ""));
    TRY(query_do(st, Q_PHOTO_WORDS_REBUILD, err, ""));
    return query_do(st, Q_WORDS_SET_VERSION, err, "i", (int64_t)WORDS_VERSION);
}
