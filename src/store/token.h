/* store/token.h - tokens, by their SHA-256. Everything that changes runs inside
 * store_write_begin. */
#ifndef STORE_TOKEN_H
#define STORE_TOKEN_H

#include "model/token.h"
#include "store/store.h"

/* Adds it with its sections; sets t->id. */
enum rc store_token_add(struct store *st, struct token *t, struct str token_hash,
                        struct err *err) MUST_CHECK;

/* Expired ones too. RC_NOT_FOUND. */
enum rc store_token_by_hash(struct store *st, struct str token_hash, struct arena *a,
                            struct token *out, struct err *err) MUST_CHECK;

/* Up to `most` of a person, the newest first. */
enum rc store_token_of_person(struct store *st, int64_t person_id, int most,
                              struct arena *a, struct token *out, int *n,
                              struct err *err) MUST_CHECK;

enum rc store_token_used(struct store *st, int64_t id, int64_t now,
                         struct err *err) MUST_CHECK;

/* Ends one of a person's (RC_NOT_FOUND) and tells its name; all of a person's. */
enum rc store_token_end(struct store *st, int64_t id, int64_t person_id, struct arena *a,
                        struct str *name, struct err *err) MUST_CHECK;
enum rc store_token_end_all(struct store *st, int64_t person_id,
                            struct err *err) MUST_CHECK;

/* No token names the section any more. */
enum rc store_token_drop_section(struct store *st, int64_t section_id,
                                 struct err *err) MUST_CHECK;

#endif
