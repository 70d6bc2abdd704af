/* auth/password.c - good passwords. */
#include "auth/password.h"

#include <sodium.h>

#include "base/norm.h"
#include "base/utf8.h"

enum {
    FOLDED_MAX = PASSWORD_MAX * 4, /* bytes: folding lets few letters grow, none more */
    RUN_MIN = 4,                   /* characters of a run that count as one thing */
    OWN_MIN = 5 /* characters that must be left when all that is common is taken away */
};

static const struct str runs[] = {
#define COMMON(text) STR_INIT(text),
#define RUNS
#include "auth/common.def"
#undef RUNS
};
static const struct str words[] = {
#define WORDS
#include "auth/common.def"
#undef WORDS
#undef COMMON
};

/* Digits and signs that stand for letters. */
static const struct {
    char sign, letter;
} disguises[] = {
    {'0', 'o'}, {'1', 'l'}, {'3', 'e'}, {'4', 'a'}, {'5', 's'},
    {'7', 't'}, {'@', 'a'}, {'$', 's'}, {'!', 'i'},
};

static bool
is_start_of_character(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

static char
undisguised(char c)
{
    for (size_t i = 0; i < N_ELEMENTS(disguises); i++)
        if (disguises[i].sign == c)
            return disguises[i].letter;
    return c;
}

/* Does s begin with the word, as it is written or in disguise? */
static bool
begins_with(struct str s, struct str word)
{
    if (word.n == 0 || s.n < word.n)
        return false;
    for (size_t i = 0; i < word.n; i++)
        if (s.p[i] != word.p[i] && undisguised(s.p[i]) != word.p[i])
            return false;
    return true;
}

static size_t
longest_word(struct str s, const struct str *list, size_t n)
{
    size_t longest = 0;
    for (size_t i = 0; i < n; i++)
        if (list[i].n > longest && begins_with(s, list[i]))
            longest = list[i].n;
    return longest;
}

/* How many bytes of s go on in the row from byte `from`. */
static size_t
common_prefix(struct str s, struct str row, size_t from)
{
    size_t n = 0;
    while (n < s.n && from + n < row.n && s.p[n] == row.p[from + n])
        n++;
    return n;
}

static size_t
longest_run(struct str s)
{
    size_t longest = 0;
    for (size_t i = 0; i < N_ELEMENTS(runs); i++)
        for (size_t from = 0; from < runs[i].n; from++) {
            size_t n = common_prefix(s, runs[i], from);
            if (n > longest && utf8_length(utf8_cut(s, n)) >= RUN_MIN)
                longest = n;
        }
    return longest;
}

/* What is only said again: the part of s that equals what stands `period` bytes before,
 * for the shortest period that begins before s. */
static size_t
longest_echo(struct str whole, size_t at)
{
    size_t longest = 0;
    for (size_t period = 1; period <= at && period <= 16; period++) {
        size_t n = 0;
        while (at + n < whole.n && whole.p[at + n] == whole.p[at + n - period])
            n++;
        if (n >= 2 && n >= period && n > longest)
            longest = n;
    }
    return longest;
}

/* A year of somebody's life. */
static size_t
year(struct str s)
{
    int64_t v;
    return s.n >= 4 && str_to_int(str_sub(s, 0, 4), 1900, 2099, &v) ? 4 : 0;
}

static size_t
largest(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* How many bytes at `at` are no idea of their own. */
static size_t
common_at(struct str whole, size_t at, const struct str *names, size_t n_names)
{
    struct str s = str_from(whole, at);
    size_t n = largest(longest_word(s, words, N_ELEMENTS(words)), longest_run(s));
    n = largest(n, longest_word(s, names, n_names));
    return largest(n, largest(longest_echo(whole, at), year(s)));
}

/* How many characters are left when what is common, and the names, are taken away. */
static size_t
own_characters(struct str s, const struct str *names, size_t n_names)
{
    size_t own = 0, at = 0;
    while (at < s.n) {
        size_t n = common_at(s, at, names, n_names);
        own += n == 0 && is_start_of_character(s.p[at]);
        at += n > 0 ? n : 1;
    }
    return own;
}

enum { NAME_PARTS_MAX = 16, NAME_PART_MIN = 3 };

/* Words of a login or a name, folded as the password is. */
static size_t
add_parts(struct str s, struct str *parts, size_t n, struct arena *a)
{
    struct str folded;
    struct err err;
    if (norm_fold(a, s, &folded, &err) != RC_OK)
        return n;
    size_t from = 0;
    for (size_t i = 0; i <= folded.n; i++) {
        bool is_end = i == folded.n || strchr(" .@-_", folded.p[i]) != NULL;
        if (is_end && i - from >= NAME_PART_MIN && n < NAME_PARTS_MAX)
            parts[n++] = str_sub(folded, from, i - from);
        from = is_end ? i + 1 : from;
    }
    return n;
}

static enum password_fault
fault_of(struct str folded, const struct person *p, struct arena *a)
{
    struct str parts[NAME_PARTS_MAX];
    size_t n = add_parts(p->login, parts, 0, a);
    n = add_parts(p->name, parts, n, a);
    if (own_characters(folded, NULL, 0) < OWN_MIN)
        return PASSWORD_COMMON;
    if (own_characters(folded, parts, n) < OWN_MIN)
        return PASSWORD_IS_NAME;
    return PASSWORD_FINE;
}

enum password_fault
auth_password_fault(struct str password, const struct person *p, struct arena *a)
{
    char folded[FOLDED_MAX];
    size_t n = 0;
    struct err err;
    size_t least = p->has_second_factor ? PASSWORD_MIN_WITH_FACTOR : PASSWORD_MIN;
    if (password.n > PASSWORD_MAX)
        return PASSWORD_TOO_LONG;
    if (utf8_check(password) < password.n)
        return PASSWORD_NOT_TEXT;
    if (utf8_length(password) < least)
        return PASSWORD_TOO_SHORT;
    if (norm_fold_secret(password, folded, sizeof folded, &n, &err) != RC_OK)
        return PASSWORD_TOO_LONG;
    enum password_fault f = fault_of((struct str){folded, n}, p, a);
    sodium_memzero(folded, sizeof folded);
    return f;
}

const char *
auth_password_fault_text(enum password_fault f)
{
    static const char *const texts[PASSWORD_FAULT__MAX] = {
        [PASSWORD_FINE] = "the password is good",
        [PASSWORD_TOO_SHORT] = "the password is too short: at least 15 characters, or 8 "
                               "with a second factor",
        [PASSWORD_TOO_LONG] = "the password is longer than 1024 bytes",
        [PASSWORD_NOT_TEXT] = "the password is no valid UTF-8",
        [PASSWORD_COMMON] =
            "the password is easy to guess: it is little more than common "
            "words, rows of keys or repetitions",
        [PASSWORD_IS_NAME] = "the password is little more than the person's name",
    };
    return texts[f];
}

/* Without letters and digits that look alike. */
struct str
auth_password_random(struct arena *a)
{
    static const char signs[] = "abcdefghjkmnpqrstuvwxyz23456789";
    enum { GROUPS = 5, IN_GROUP = 4 };
    char *p = arena_zalloc(a, GROUPS * (IN_GROUP + 1));
    size_t n = 0;
    for (int i = 0; i < GROUPS * IN_GROUP; i++) {
        if (i > 0 && i % IN_GROUP == 0)
            p[n++] = '-';
        p[n++] = signs[randombytes_uniform(sizeof signs - 1)];
    }
    return (struct str){p, n};
}
