/* news/body_photos.c - finding "photo:2" in a body, and writing another number there. */
#include "news/body_photos.h"

#include "base/buf.h"

static const struct str word = STR_INIT("photo:");

/* What stands before the word is the beginning of where something leads: "](", "]:",
 * blanks, "<". */
static bool
is_destination(struct str before)
{
    while (before.n > 0 && strchr(" \t\n<", before.p[before.n - 1]) != NULL)
        before.n--;
    return str_ends(before, STR("](")) || str_ends(before, STR("]:"));
}

/* The digits behind the word; absent when it is something longer. */
static struct str
digits_of(struct str rest)
{
    size_t n = 0;
    while (n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '9')
        n++;
    bool is_end = n == rest.n || strchr(")> \t\n", rest.p[n]) != NULL;
    return n > 0 && is_end ? str_sub(rest, 0, n) : (struct str){NULL, 0};
}

/* The next number of a photo at or behind `from`: its digits in the body. Absent: none.
 */
static struct str
next_number(struct str body, size_t from, int64_t *number)
{
    while (from < body.n) {
        size_t at = from + str_find_str(str_from(body, from), word);
        struct str digits = digits_of(str_from(body, at + word.n));
        if (at < body.n && is_destination(str_sub(body, 0, at)) &&
            str_to_int(digits, 1, ITEM_PHOTOS_MAX, number))
            return digits;
        from = at + word.n;
    }
    return (struct str){NULL, 0};
}

bool
news_body_names(struct str body, int number)
{
    int64_t found = 0;
    struct str at = next_number(body, 0, &found);
    while (at.p != NULL && found != number)
        at = next_number(body, (size_t)(at.p - body.p), &found);
    return at.p != NULL;
}

struct str
news_body_renumber(struct str body, const int to[ITEM_PHOTOS_MAX + 1], struct arena *a)
{
    struct buf out;
    size_t done = 0;
    int64_t number;
    struct str at;
    buf_init(&out, a, 2 * body.n + 16);
    while ((at = next_number(body, done, &number)).p != NULL) {
        size_t from = (size_t)(at.p - body.p);
        buf_add(&out, str_sub(body, done, from - done));
        buf_fmt(&out, "%d", to[number] != 0 ? to[number] : (int)number);
        done = from + at.n;
    }
    if (done == 0)
        return body;
    buf_add(&out, str_from(body, done));
    return buf_str(&out);
}
