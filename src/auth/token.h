/* auth/token.h - tokens: a program works in somebody's name (RFC 6750).
 *
 * A token is shown once, when it is made; what is kept is its SHA-256. It is good while
 * it has not expired, nobody revoked it, and its person may work. */
#ifndef AUTH_TOKEN_H
#define AUTH_TOKEN_H

#include "auth/auth.h"
#include "model/token.h"

/* How every token of ours begins, so that it is known when found where it should not be;
 * 256 random bits follow as 64 hex digits. */
#define AUTH_TOKEN_PREFIX "byline_"

/* Makes one for a person of t's name, scope, sections and times; sets t->id.
 *   secret      the token itself, this once
 *   RC_INVALID  "name" (token_check); "expires": not later than it was made, or more than
 *               TOKEN_LIFE_MAX_S
 *   RC_LIMIT    the person has TOKENS_MAX already */
enum rc auth_token_add(struct auth *au, const struct person *p, struct token *t,
                       struct arena *a, struct str *secret, struct err *err) MUST_CHECK;

/* What came with a request. */
struct auth_bearer {
    struct str secret, address;
    int64_t now;
};

/* Whose token it is: person->token is set to *out. Notes the use, to the minute.
 *   RC_DENIED  unknown, revoked, expired, or of somebody disabled: one answer for all
 *   RC_LIMIT   the same, and there were too many of them from this network;
 *              *retry_after_s says when to try again */
enum rc auth_token_find(struct auth *au, const struct auth_bearer *b, struct arena *a,
                        struct token *out, struct person *person, int64_t *retry_after_s,
                        struct err *err) MUST_CHECK;

/* A person's tokens, expired ones too, the newest first. */
enum rc auth_token_list(struct auth *au, int64_t person_id, struct arena *a,
                        struct token **out, int *n, struct err *err) MUST_CHECK;

/* Revokes one of a person's by its id. RC_NOT_FOUND when it is none of theirs. */
enum rc auth_token_end(struct auth *au, const struct person *p, int64_t id,
                       struct err *err) MUST_CHECK;

#endif
