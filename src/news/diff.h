/* news/diff.h - what differs between two texts, word by word, and joining two changes of
 * one text. The comparing is libgit2's, in memory only. */
#ifndef NEWS_DIFF_H
#define NEWS_DIFF_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum diff_kind { DIFF_SAME, DIFF_REMOVED, DIFF_ADDED };

/* A run of words of one kind, as they stand in their text, white space included. */
struct diff_part {
    enum diff_kind kind;
    struct str text;
};
struct diff {
    struct diff_part *all;
    int n;
};

/* The words that both texts share, that only the old and that only the new one has. The
 * same and removed parts together are the old text, same and added the new one, byte for
 * byte. Texts hold no control character but line end and tab. RC_FAILED. */
enum rc news_diff(struct str old, struct str new, struct arena *a, struct diff *out,
                  struct err *err) MUST_CHECK;

/* Joins the changes that two people made to the lines of base. Where both changed the
 * same lines, both stand in the text: mine between a line with CONFLICT_MARK
 * (model/desk.h) and my name and a line of seven "=", theirs from there to a line of
 * seven ">" and their name; *is_clean is then false. RC_FAILED. */
struct merge_texts {
    struct str base, mine, theirs;
    const char *my_name, *their_name;
};
enum rc news_merge_text(const struct merge_texts *t, struct arena *a, struct str *out,
                        bool *is_clean, struct err *err) MUST_CHECK;

#endif
