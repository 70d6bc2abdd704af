/* store/revision.c - the history of items. */
#include "store/revision.h"

#include "store/query.h"

#include "base/hash.h"

static const char *
word_of(const struct revision *r)
{
    return r->is_sent_back ? desk_state_word(DESK_SENT_BACK) : item_state_word(r->state);
}

/* All columns but the content. */
static void
read_line(struct query *q, struct arena *a, struct revision *r)
{
    r->number = query_int(q);
    struct str word = query_str(q, a);
    int state = item_state_read(word);
    r->is_sent_back = str_eq_z(word, desk_state_word(DESK_SENT_BACK));
    r->state = state >= 0 ? (enum item_state)state : STATE_DRAFT;
    r->saved_at = query_int(q);
    r->saved_by = query_str(q, a);
    r->person_id = query_int(q);
    r->based_on = query_int(q);
    r->is_minor = query_int(q) != 0;
    r->is_text = query_int(q) != 0;
    r->sha256 = query_str(q, a);
}

static void
read_revision(struct query *q, struct arena *a, struct revision *r)
{
    read_line(q, a, r);
    r->content = query_str(q, a);
}

enum rc
store_revision_last(struct store *st, int64_t item_id, struct arena *a,
                    struct revision *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_REVISION_LAST, &q, err, "i", item_id));
    TRY(query_row(&q, err));
    *out = (struct revision){.item_id = item_id};
    read_revision(&q, a, out);
    return RC_OK;
}

enum rc
store_revision_at(struct store *st, int64_t item_id, int64_t number, struct arena *a,
                  struct revision *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_REVISION_AT, &q, err, "ii", item_id, number));
    enum rc rc = query_row(&q, err);
    if (rc == RC_NOT_FOUND)
        return err_set(err, RC_NOT_FOUND, "there is no revision %lld", (long long)number);
    *out = (struct revision){.item_id = item_id};
    if (rc == RC_OK)
        read_revision(&q, a, out);
    return rc;
}

/* The number that a statement gives; 0 when it gives none. */
static enum rc
read_number(struct query *q, int64_t *number, struct err *err)
{
    enum rc rc = query_row(q, err);
    *number = rc == RC_OK ? query_int(q) : 0;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_revision_approved(struct store *st, int64_t item_id, int64_t *number,
                        struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_REVISION_LAST_APPROVED, &q, err, "i", item_id));
    return read_number(&q, number, err);
}

enum rc
store_revision_last_approval(struct store *st, int64_t item_id, int64_t *number,
                             struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_REVISION_LAST_APPROVAL, &q, err, "i", item_id));
    return read_number(&q, number, err);
}

enum rc
store_revision_has_major(struct store *st, int64_t item_id, int64_t after, bool *out,
                         struct err *err)
{
    struct query q AT_END(query_end) = {0};
    int64_t number = 0;
    TRY(query_start(st, Q_REVISION_MAJOR_AFTER, &q, err, "ii", item_id, after));
    TRY(read_number(&q, &number, err));
    *out = number != 0;
    return RC_OK;
}

enum rc
store_revision_add(struct store *st, const struct revision *r,
                   const struct revision_add *add, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_REVISION_ADD, &q, err, "iisissseiiiiiii", r->item_id, r->number,
                    str_of(word_of(r)), r->saved_at, r->saved_by, r->content, r->sha256,
                    add->previous_sha256, r->person_id, r->based_on, (int64_t)r->is_minor,
                    (int64_t)r->is_text, (int64_t)add->is_approval, add->section_id,
                    add->approved));
    enum rc rc = query_row(&q, err);
    if (rc == RC_NOT_FOUND)
        return err_set(err, RC_DENIED, "nobody approves their own text in this section");
    TRY(rc);
    return query_do(st, Q_REVISION_SET_HEAD, err, "is", r->item_id, r->sha256);
}

enum rc
store_revision_other_eyes(struct store *st, const struct revision *r,
                          const struct revision_add *add, bool *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_REVISION_OTHER_EYES, &q, err, "iiiis", add->section_id,
                    r->item_id, add->approved, r->person_id, r->saved_by));
    enum rc rc = query_row(&q, err);
    *out = rc == RC_OK;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_revision_before(struct store *st, int64_t item_id, int64_t before, int limit,
                      struct arena *a, struct revision *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_REVISION_BEFORE, &q, err, "iii", item_id, before,
                    (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK) {
        out[*n] = (struct revision){.item_id = item_id};
        read_line(&q, a, &out[(*n)++]);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* The digest that the chain must hold; absent when an older program made it. */
static enum rc
read_head(struct store *st, int64_t item_id, struct arena *a, struct str *out,
          struct err *err)
{
    struct query q AT_END(query_end) = {0};
    *out = (struct str){NULL, 0};
    TRY(query_start(st, Q_REVISION_HEAD, &q, err, "i", item_id));
    enum rc rc = query_row(&q, err);
    if (rc == RC_OK)
        *out = query_str(&q, a);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_revision_check(struct store *st, int64_t item_id, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    struct arena a AT_END(arena_done);
    struct str before = STR(""), head;
    enum rc rc;
    arena_init(&a);
    TRY(read_head(st, item_id, &a, &head, err));
    bool has_head = head.p == NULL;
    TRY(query_start(st, Q_REVISION_ALL, &q, err, "i", item_id));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct revision r = {.item_id = item_id};
        read_revision(&q, &a, &r);
        struct str previous = query_str(&q, &a);
        if (!str_eq(hash_sha256(&a, r.content), r.sha256) || !str_eq(previous, before))
            return err_set(err, RC_FAILED,
                           "item %lld: revision %lld does not match its "
                           "digest",
                           (long long)item_id, (long long)r.number);
        before = r.sha256;
        has_head = has_head || str_eq(before, head);
    }
    if (rc == RC_NOT_FOUND && !has_head)
        return err_set(err, RC_FAILED, "item %lld: its newest revision is missing",
                       (long long)item_id);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_revision_number(struct store *st, int64_t item_id, int64_t *number, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_REVISION_NUMBER, &q, err, "i", item_id));
    TRY(query_row(&q, err));
    *number = query_int(&q);
    return RC_OK;
}
