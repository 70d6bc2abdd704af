/* model/token.c - what a token may do at most. */
#include "model/token.h"

#include "base/utf8.h"

#define SCOPE(constant, word) word,
static const char *const words[] = {
#include "model/scope.def"
};
#undef SCOPE

/* One more than the scope, so that what is left out is 0. */
#define SCOPE_RIGHT(right, scope) [right] = (scope) + 1,
static const unsigned char scopes[RIGHT__MAX] = {
#include "model/scope.def"
};
#undef SCOPE_RIGHT

enum scope
right_scope(enum right right)
{
    return scopes[right] == 0 ? SCOPE__MAX : (enum scope)(scopes[right] - 1);
}

bool
token_has_right(const struct token *t, enum right right)
{
    return right_scope(right) <= t->scope;
}

static bool
has_section(const struct token *t, int64_t section_id)
{
    for (int i = 0; i < t->n_sections; i++)
        if (t->sections[i] == section_id)
            return true;
    return !t->is_limited;
}

bool
token_allows(const struct token *t, enum right right, const struct right_facts *facts)
{
    return token_has_right(t, right) &&
           (facts == NULL || has_section(t, facts->section_id));
}

enum rc
token_check(const struct token *t, struct err *err)
{
    struct str s = t->name;
    if (str_trim(s).n == 0)
        return err_field(err, "name", "the name is empty");
    if (s.n > TOKEN_NAME_MAX)
        return err_field(err, "name", "the name is longer than %d bytes", TOKEN_NAME_MAX);
    if (utf8_check(s) < s.n || utf8_find_control(s) < s.n || str_find(s, '\n') < s.n)
        return err_field(err, "name", "the name is not one line of text");
    return RC_OK;
}

const char *
scope_word(enum scope s)
{
    return words[s];
}

int
scope_read(struct str word)
{
    for (int i = 0; i < SCOPE__MAX; i++)
        if (str_eq_z(word, words[i]))
            return i;
    return -1;
}
