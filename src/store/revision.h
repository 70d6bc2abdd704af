/* store/revision.h - every save of an item, as canonical JSON in a chain of digests. */
#ifndef STORE_REVISION_H
#define STORE_REVISION_H

#include "model/desk.h"
#include "store/store.h"

struct revision {
    int64_t item_id, number; /* 1, 2, 3 … within the item */
    enum item_state state;   /* sent back counts as draft */
    bool is_sent_back;
    int64_t saved_at;
    struct str saved_by;
    int64_t person_id;  /* 0: a command */
    int64_t based_on;   /* number of the revision its writer had before them; 0: none */
    bool is_minor;      /* does not set "Updated" */
    bool is_text;       /* somebody wrote; else a step of the workflow */
    struct str sha256;  /* of content, hex */
    struct str content; /* canonical JSON; absent in a history */
};

/* Adding one: what only the adding needs to know. */
struct revision_add {
    struct str previous_sha256; /* '' for the first */
    bool is_approval;           /* the four-eyes rule is asked */
    int64_t section_id;         /* where the text is to be */
    int64_t approved;           /* number of the last approval; 0: none */
};

/* The newest one; the one of a number. RC_NOT_FOUND. */
enum rc store_revision_last(struct store *st, int64_t item_id, struct arena *a,
                            struct revision *out, struct err *err) MUST_CHECK;
enum rc store_revision_at(struct store *st, int64_t item_id, int64_t number,
                          struct arena *a, struct revision *out,
                          struct err *err) MUST_CHECK;

/* The number of the newest one. RC_NOT_FOUND. */
enum rc store_revision_number(struct store *st, int64_t item_id, int64_t *number,
                              struct err *err) MUST_CHECK;

/* The number of the newest approved one; 0 if there is none. */
enum rc store_revision_approved(struct store *st, int64_t item_id, int64_t *number,
                                struct err *err) MUST_CHECK;

/* The number of the newest one that approved a text, not counting those that repeat an
 * approved text to withdraw or reinstate it; 0 if there is none. */
enum rc store_revision_last_approval(struct store *st, int64_t item_id, int64_t *number,
                                     struct err *err) MUST_CHECK;

/* Is there a text after a number that is no small change? */
enum rc store_revision_has_major(struct store *st, int64_t item_id, int64_t after,
                                 bool *out, struct err *err) MUST_CHECK;

/* Adds one. RC_CONFLICT when the number is taken; RC_DENIED when it approves, the
 * section has the four-eyes rule and the same person wrote since the last approval: the
 * condition is part of the statement. */
enum rc store_revision_add(struct store *st, const struct revision *r,
                           const struct revision_add *add, struct err *err) MUST_CHECK;

/* Would the four-eyes rule refuse r as an approval? 1 statement. */
enum rc store_revision_other_eyes(struct store *st, const struct revision *r,
                                  const struct revision_add *add, bool *out,
                                  struct err *err) MUST_CHECK;

/* Up to limit before a number (INT64_MAX: from the newest), newest first, without their
 * contents. */
enum rc store_revision_before(struct store *st, int64_t item_id, int64_t before,
                              int limit, struct arena *a, struct revision *out, int *n,
                              struct err *err) MUST_CHECK;

/* Looks through an item's chain: each content matches its digest, each names the one
 * before, and the newest is there. RC_OK; RC_FAILED names the first number that does not,
 * or says that the newest is missing. */
enum rc store_revision_check(struct store *st, int64_t item_id,
                             struct err *err) MUST_CHECK;

#endif
