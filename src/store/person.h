/* store/person.h - the people of accounts.db as they are remembered.
 *
 * Who may be added and what a change brings with it is auth/. Everything that changes
 * runs inside store_write_begin. A login's key is the login without regard to case. */
#ifndef STORE_PERSON_H
#define STORE_PERSON_H

#include "model/person.h"
#include "store/store.h"

/* One person with sections. RC_NOT_FOUND. 2 statements. */
enum rc store_person_by_key(struct store *st, struct str key, struct arena *a,
                            struct person *out, struct err *err) MUST_CHECK;
enum rc store_person_by_id(struct store *st, int64_t id, struct arena *a,
                           struct person *out, struct err *err) MUST_CHECK;

/* Up to `most` people after a key ("" begins), in the order of their keys.
 *   last  the key of the last one, for the next call */
enum rc store_person_after(struct store *st, struct str key, int most, struct arena *a,
                           struct person *out, int *n, struct str *last,
                           struct err *err) MUST_CHECK;

/* Adds with sections; sets p->id. RC_CONFLICT when the key is taken. */
enum rc store_person_add(struct store *st, struct person *p, struct str key,
                         struct str password_hash, struct err *err) MUST_CHECK;

/* Stores name, role, both flags and the sections of p->id. */
enum rc store_person_change(struct store *st, const struct person *p,
                            struct err *err) MUST_CHECK;

/* Is there an administrator, not disabled, beside this person? */
enum rc store_person_other_administrator(struct store *st, int64_t id, bool *out,
                                         struct err *err) MUST_CHECK;

/* The hash of the password, "" for none. RC_NOT_FOUND. */
enum rc store_person_password(struct store *st, int64_t id, struct arena *a,
                              struct str *hash, struct err *err) MUST_CHECK;
enum rc store_person_set_password(struct store *st, int64_t id, struct str hash,
                                  int64_t now, struct err *err) MUST_CHECK;

/* Takes a section from everybody. */
enum rc store_person_drop_section(struct store *st, int64_t section_id,
                                  struct err *err) MUST_CHECK;

#endif
