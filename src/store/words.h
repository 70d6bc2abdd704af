/* store/words.h - finding lines of the desk by words of their titles and by tag, photos
 * by words of theirs; private to this folder.
 *
 * The words stand in an FTS5 table in the order of the list. They are written by
 * statements beside the line's own, never by triggers. */
#ifndef STORE_WORDS_H
#define STORE_WORDS_H

#include "model/desk.h"
#include "store/store.h"

#include "base/buf.h"

/* Before the line of an item changes, and after it: its words of then go, those of now
 * come. */
enum rc words_drop(struct store *st, int64_t item_id, struct err *err) MUST_CHECK;
enum rc words_add(struct store *st, const struct desk_line *l, const struct str *tags,
                  int n_tags, struct err *err) MUST_CHECK;

/* Before nothing of an item's line changes but its state and time. */
enum rc words_move(struct store *st, int64_t item_id, int64_t changed_at,
                   struct err *err) MUST_CHECK;

/* Puts right what an older program did not write. */
enum rc words_fill(struct store *st, struct err *err) MUST_CHECK;

/* What FTS5 is to look for: each of the first six words in the title, and the whole tag;
 * one of them may be absent. Whatever was typed is text to it, not its query language. */
struct str words_match(struct arena *a, struct str words, struct str tag);

/* Adds one part of such a question: the first six words, each in one of the columns
 * ("title", "{credit creator}"). */
void words_add_match(struct buf *out, const char *columns, struct str words);

/* Makes all of them anew when another program cut them otherwise. The caller holds the
 * write lock and has no transaction. */
enum rc words_keep(struct store *st, struct err *err) MUST_CHECK;

#endif
