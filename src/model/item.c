/* model/item.c - visibility of an item, and the words of its enums. */
#include "model/item.h"

#define WORD(constant, word) word,
static const char *const body_formats[] = {
#define BODY_FORMATS
#include "model/words.def"
#undef BODY_FORMATS
};
static const char *const item_states[] = {
#define ITEM_STATES
#include "model/words.def"
#undef ITEM_STATES
};
#undef WORD

static int64_t
later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* TIME_NONE is the smallest instant, so as an end it must be read as "never". */
static int64_t
end_of(int64_t t)
{
    return t == TIME_NONE || t > VISIBLE_NEVER ? VISIBLE_NEVER : t;
}

int64_t
item_visible_from(const struct item *it)
{
    if (it->state != STATE_APPROVED || it->published_at == TIME_NONE)
        return VISIBLE_NEVER;
    return end_of(later(it->published_at, it->embargo_until));
}

int64_t
item_visible_until(const struct item *it)
{
    int64_t a = end_of(it->expires_at), b = end_of(it->withdrawn_at);
    return a < b ? a : b;
}

bool
item_was_visible(int64_t visible_from, int64_t visible_until, int64_t now)
{
    return visible_from < visible_until && visible_from <= now;
}

static int
read_word(const char *const *words, size_t n, struct str word)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_z(word, words[i]))
            return (int)i;
    return -1;
}

const char *
body_format_word(enum body_format f)
{
    return body_formats[f];
}

int
body_format_read(struct str word)
{
    return read_word(body_formats, N_ELEMENTS(body_formats), word);
}

const char *
item_state_word(enum item_state s)
{
    return item_states[s];
}

int
item_state_read(struct str word)
{
    return read_word(item_states, N_ELEMENTS(item_states), word);
}

bool
photo_sha256_is_valid(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr("0123456789abcdef", s.p[i]) == NULL || s.p[i] == '\0')
            return false;
    return s.n == 64;
}

/* Digits with at most one point, 0..100. */
static bool
is_percent(struct str s)
{
    struct str rest = s, whole = str_cut(&rest, '.');
    int64_t v, fraction = 0;
    if (str_find(s, '-') < s.n || !str_to_int(whole, 0, 100, &v))
        return false;
    if (rest.p != NULL && (rest.n > 6 || !str_to_int(rest, 0, 999999, &fraction)))
        return false;
    return v < 100 || fraction == 0;
}

bool
photo_focal_is_valid(struct str s)
{
    struct str rest = s, x = str_cut(&rest, ',');
    return rest.p != NULL && is_percent(x) && is_percent(rest);
}
