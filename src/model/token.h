/* model/token.h - a token: with it a program works in somebody's name.
 *
 * It never gives a right that its person does not have; by its scope and sections it
 * takes some away. */
#ifndef MODEL_TOKEN_H
#define MODEL_TOKEN_H

#include "model/person.h"

#define SCOPE(constant, word) constant,
enum scope {
#include "model/scope.def"
    SCOPE__MAX
};
#undef SCOPE

enum {
    TOKEN_NAME_MAX = 100, /* bytes */
    TOKENS_MAX = 50       /* of one person */
};
#define TOKEN_LIFE_MAX_S (INT64_C(366) * TIME_DAY_S)

struct token {
    int64_t id;
    int64_t person_id;
    struct str name; /* what it is for, as its person calls it */
    enum scope scope;
    bool is_limited; /* to these sections; there may be none left */
    int64_t *sections;
    int n_sections;
    int64_t made_at, expires_at;
    int64_t used_at; /* TIME_NONE: never */
};

/* The scope that a right needs at least; SCOPE__MAX: no token has it. */
enum scope right_scope(enum right right);

/* Is the right within the token's scope? */
bool token_has_right(const struct token *t, enum right right);

/* The same for an item; facts NULL: for a right that is not about one. */
bool token_allows(const struct token *t, enum right right,
                  const struct right_facts *facts);

/* RC_INVALID naming "name": empty, too long, or more than a line of text. */
enum rc token_check(const struct token *t, struct err *err) MUST_CHECK;

/* The word of a scope and back (-1 when it is none). */
const char *scope_word(enum scope s);
int scope_read(struct str word);

#endif
