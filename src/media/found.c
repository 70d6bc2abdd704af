/* media/found.c - what a photo's file says about itself: as JSON, and taken over. */
#include "media/found.h"

#include <stddef.h>

#include <jansson.h>

#include "model/url.h"

#include "base/utf8.h"

enum { JSON_MOST = 256 * 1024 }; /* bytes; 15 texts of 2,000 four times are half of it */

static const struct row {
    const char *key;
    size_t word, text; /* where in struct media_found_words and struct photo */
    size_t most;
    bool is_inside;
} rows[FOUND_WORDS] = {
#define INSIDE  true
#define OUTSIDE false
#define PHOTO_TEXT(member, key, column, most, inside)                                 \
    {key, offsetof(struct media_found_words, member), offsetof(struct photo, member), \
     most, inside},
#include "model/photo.def"
#undef PHOTO_TEXT
#undef INSIDE
#undef OUTSIDE
};

static const char *const source_names[FOUND__MAX] = {"xmp", "iim", "exif"};
static const char *const charset_names[CHARSET__MAX] = {"", "declared", "utf-8",
                                                        "windows-1251", "latin-1"};

struct media_found_word *
media_found_word(struct media_found_words *w, int i)
{
    return (struct media_found_word *)((char *)w + rows[i].word);
}

struct str *
media_photo_text(struct photo *p, int i)
{
    return (struct str *)((char *)p + rows[i].text);
}

const char *
media_photo_key(int i)
{
    return rows[i].key;
}

size_t
media_photo_most(int i)
{
    return rows[i].most;
}

const char *
media_source_name(enum media_source_kind from)
{
    return source_names[from];
}

const char *
media_charset_name(enum media_charset charset)
{
    return charset_names[charset];
}

static bool
is_control(char c)
{
    return (unsigned char)c < ' ' || c == 0x7f;
}

static bool
has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_control(s.p[i]))
            return true;
    return false;
}

/* Cutting may leave white space at the end, and mending makes longer: so both twice. A
 * text of megabytes is cut before anything is done with it. */
struct str
media_photo_clean(struct arena *a, struct str text, size_t most)
{
    struct str s = utf8_cut(str_trim(text), most + 4); /* a character more than is kept */
    if (has_control(s)) {
        char *p = arena_copy(a, s.p, s.n);
        for (size_t i = 0; i < s.n; i++)
            p[i] = is_control(p[i]) ? ' ' : p[i];
        s.p = p;
    }
    s = utf8_cut(str_trim(s), most);
    if (utf8_check(s) < s.n || utf8_find_control(s) < s.n)
        s = utf8_cut(utf8_mend(a, s), most);
    s = str_trim(s);
    return utf8_is_blank(s) ? str_sub(s, 0, 0) : s;
}

/* ---- writing ---- */

static void
put(json_t *o, const char *key, struct str s)
{
    if (s.p != NULL)
        (void)json_object_set_new(o, key, json_stringn(s.p, s.n));
}

static json_t *
word_json(const struct media_found_word *word)
{
    json_t *o = json_object();
    if (word->from != FOUND__MAX) {
        put(o, "value", word->value);
        put(o, "from", str_of(source_names[word->from]));
    }
    if (word->differs)
        (void)json_object_set_new(o, "differs", json_true());
    for (int k = 0; k < FOUND__MAX; k++)
        put(o, source_names[k], word->by[k]);
    return o;
}

static void
put_fact(json_t *o, const char *key, bool is_so)
{
    if (is_so)
        (void)json_object_set_new(o, key, json_true());
}

static void
put_charset(json_t *o, const char *key, enum media_charset charset)
{
    if (charset != CHARSET_NONE)
        put(o, key, str_of(charset_names[charset]));
}

static json_t *
found_json(struct media_found_words *w)
{
    json_t *o = json_object();
    for (int i = 0; i < FOUND_WORDS; i++) {
        json_t *word = word_json(media_found_word(w, i));
        if (json_object_size(word) > 0)
            (void)json_object_set(o, rows[i].key, word);
        json_decref(word);
    }
    put_charset(o, "iim_charset", w->iim_charset);
    put_charset(o, "exif_charset", w->exif_charset);
    put_fact(o, "has_location", w->has_location);
    put_fact(o, "has_private", w->has_private);
    return o;
}

struct str
media_found_write(struct media_found_words *w, struct arena *a)
{
    json_t *o = found_json(w);
    size_t n = json_dumpb(o, NULL, 0, JSON_COMPACT);
    char *p = arena_alloc(a, n + 1);
    (void)json_dumpb(o, p, n, JSON_COMPACT);
    json_decref(o);
    return (struct str){p, n};
}

/* ---- reading ---- */

static int
index_of(const char *const *names, int n, const json_t *v)
{
    const char *s = json_string_value(v);
    for (int i = 0; s != NULL && i < n; i++)
        if (strcmp(names[i], s) == 0)
            return i;
    return -1;
}

/* A text that is as media_photo_clean leaves it, copied. */
static bool
read_text(const json_t *v, size_t most, struct arena *a, struct str *out)
{
    struct str s = {json_string_value(v), json_string_length(v)};
    if (s.p == NULL || s.n == 0 || !str_eq(media_photo_clean(a, s, most), s))
        return false;
    *out = str_copy(a, s);
    return true;
}

static bool
read_fact(const json_t *v, bool *out)
{
    *out = json_is_true(v);
    return *out;
}

static bool
read_charset(const json_t *v, enum media_charset *out)
{
    int i = index_of(charset_names, CHARSET__MAX, v);
    *out = i > 0 ? (enum media_charset)i : CHARSET_NONE;
    return i > 0;
}

static bool
read_word_member(const char *name, const json_t *v, size_t most, struct arena *a,
                 struct media_found_word *out)
{
    for (int k = 0; k < FOUND__MAX; k++)
        if (strcmp(name, source_names[k]) == 0)
            return read_text(v, most, a, &out->by[k]);
    if (strcmp(name, "value") == 0)
        return read_text(v, most, a, &out->value);
    if (strcmp(name, "differs") == 0)
        return read_fact(v, &out->differs);
    int from = strcmp(name, "from") == 0 ? index_of(source_names, FOUND__MAX, v) : -1;
    out->from = from >= 0 ? (enum media_source_kind)from : FOUND__MAX;
    return from >= 0;
}

/* A value has a source that speaks. */
static bool
is_consistent(const struct media_found_word *w)
{
    if (w->from == FOUND__MAX)
        return w->value.p == NULL;
    return w->value.p != NULL && w->by[w->from].p != NULL;
}

static bool
read_word(json_t *v, size_t most, struct arena *a, struct media_found_word *out)
{
    const char *name;
    json_t *member;
    json_object_foreach(v, name, member)
    {
        if (!read_word_member(name, member, most, a, out))
            return false;
    }
    return json_object_size(v) > 0 && is_consistent(out);
}

static bool
read_member(const char *name, json_t *v, struct arena *a, struct media_found_words *out)
{
    for (int i = 0; i < FOUND_WORDS; i++)
        if (strcmp(name, rows[i].key) == 0)
            return read_word(v, rows[i].most, a, media_found_word(out, i));
    if (strcmp(name, "iim_charset") == 0)
        return read_charset(v, &out->iim_charset);
    if (strcmp(name, "exif_charset") == 0)
        return read_charset(v, &out->exif_charset);
    if (strcmp(name, "has_location") == 0)
        return read_fact(v, &out->has_location);
    return strcmp(name, "has_private") == 0 && read_fact(v, &out->has_private);
}

static enum rc
read_object(json_t *o, struct arena *a, struct media_found_words *out, struct err *err)
{
    const char *name;
    json_t *v;
    if (!json_is_object(o))
        return err_set(err, RC_INVALID, "what a photo says of itself is no JSON object");
    json_object_foreach(o, name, v)
    {
        if (!read_member(name, v, a, out))
            return err_set(err, RC_INVALID,
                           "what a photo says of itself: a wrong member, %s", name);
    }
    return RC_OK;
}

struct media_found_words
media_found_nothing(void)
{
    struct media_found_words w = {0};
    for (int i = 0; i < FOUND_WORDS; i++)
        media_found_word(&w, i)->from = FOUND__MAX;
    return w;
}

enum rc
media_found_read(struct str json, struct arena *a, struct media_found_words *out,
                 struct err *err)
{
    *out = media_found_nothing();
    if (json.n == 0)
        return RC_OK;
    if (json.n > JSON_MOST)
        return err_set(err, RC_INVALID, "what a photo says of itself is too long");
    json_t *o = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
    enum rc rc = read_object(o, a, out, err);
    json_decref(o);
    return rc;
}

/* ---- taking over ---- */

void
media_found_fill(struct media_found_words *w, struct photo *p)
{
    for (int i = 0; i < FOUND_WORDS; i++) {
        struct str *text = media_photo_text(p, i);
        bool has_none = i == FOUND_WORD_alt && p->is_decorative;
        if (text->n == 0 && !has_none)
            *text = media_found_word(w, i)->value;
    }
}

const char *
media_found_lacks(struct media_found_words *w, const struct photo *ordered,
                  struct arena *a)
{
    struct photo p = *ordered;
    for (int i = 0; i < FOUND_WORDS; i++) {
        const struct media_found_word *word = media_found_word(w, i);
        struct str text = media_photo_clean(a, *media_photo_text(&p, i), rows[i].most);
        bool is_as_ordered = str_eq(word->by[FOUND_XMP], text) && !word->differs;
        if (rows[i].is_inside && !is_as_ordered)
            return rows[i].key;
    }
    return w->has_location ? "location" : w->has_private ? "private" : NULL;
}
