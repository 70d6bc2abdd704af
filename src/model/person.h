/* model/person.h - who works in the newsroom, and what they may do.
 *
 * The table model/right.def says for each right which role may do it, to their own items
 * and to those of others, in which state of the item. It is asked twice: by the route's
 * row before a handler runs (right_is_possible), and by news with the facts of the item
 * (right_allows). Everything that is not in the table is forbidden. */
#ifndef MODEL_PERSON_H
#define MODEL_PERSON_H

#include <stdbool.h>

#include "model/item.h"

#include "base/err.h"
#include "base/str.h"

#define WORD(constant, word) constant,
enum role {
#define ROLES
#include "model/words.def"
#undef ROLES
    ROLE__MAX
};
#undef WORD

enum right {
#define RIGHT(constant, about, author_own, author_other, editor_own, editor_other, \
              administrator_own, administrator_other)                              \
    constant,
#include "model/right.def"
#undef RIGHT
    RIGHT__MAX
};

enum {
    LOGIN_MAX = 100,       /* bytes */
    PERSON_NAME_MAX = 200, /* bytes */
    PERSON_SECTIONS_MAX = 200
};

struct token;

struct person {
    int64_t id;
    struct str login; /* as it was given, NFC; compared without regard to case */
    struct str name;  /* as the newsroom shows it */
    enum role role;
    int64_t *sections; /* ids in news.db; an editor's rights hold in these */
    int n_sections;
    bool is_disabled;
    bool must_have_second_factor;
    bool has_authenticator, has_passkey; /* codes of an app; a key kept by a device */
    bool has_second_factor;              /* either */
    int64_t made_at;
    const struct token *token; /* a program acts for them by it; NULL: they do */
};

/* What a rule wants to know about the item (or the item to be). */
struct right_facts {
    bool is_own;           /* the person is its author */
    int64_t section_id;    /* an item that moves is asked about for both sections */
    enum item_state state; /* of its newest revision; sent back counts as a draft */
};

/* May this person do this to this item? facts may be NULL for rights that are not about
 * an item (of them only is_own counts; NULL: it is not); an item right is then refused.
 * Somebody disabled may do nothing; somebody who must have a second factor and has none
 * yet only RIGHT_OWN_ACCOUNT. An editor counts as an author outside of the sections
 * given. A token takes rights away. */
bool right_allows(const struct person *p, enum right right,
                  const struct right_facts *facts);

/* Is there any item at all to which this person may do this? For the route's row. */
bool right_is_possible(const struct person *p, enum right right);

/* Is the right about an item? */
bool right_is_about_item(enum right right);

/* Has the person this section? */
bool person_has_section(const struct person *p, int64_t section_id);

/* RC_INVALID naming "login" or "name": empty, too long, control characters, or white
 * space in the login. */
enum rc person_check(const struct person *p, struct err *err) MUST_CHECK;

/* The word of a role and back (-1 when it is none). */
const char *role_word(enum role r);
int role_read(struct str word);

#endif
