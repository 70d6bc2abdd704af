/* news/exchange_read.c - JSON to an item, by the table of keys. */
#include <stddef.h>
#include <stdio.h>

#include <jansson.h>

#include "model/photo.h"
#include "news/exchange.h"

#include "base/slug.h"
#include "base/utf8.h"

enum kind { KIND_LINE, KIND_TEXT, KIND_TIME, KIND_BOOL, KIND_SPECIAL };

struct key {
    const char *name;
    enum kind kind;
    size_t offset, max;
};

static const struct key item_keys[] = {
#define ITEM_KEY(key, kind, member, max) \
    {key, KIND_##kind, offsetof(struct exchange, member), max},
#include "news/exchange_keys.def"
#undef ITEM_KEY
};
static const struct key correction_keys[] = {
#define CORRECTION_KEY(key, kind, member, max) \
    {key, KIND_##kind, offsetof(struct correction, member), max},
#include "news/exchange_keys.def"
#undef CORRECTION_KEY
};
static const struct key photo_keys[] = {
#define PHOTO_KEY(key, kind, member, max) \
    {key, KIND_##kind, offsetof(struct photo, member), max},
#include "news/exchange_keys.def"
#undef PHOTO_KEY
};

static const char *const desk_keys[] = {
#define DESK_KEY(key) key,
#include "news/exchange_keys.def"
#undef DESK_KEY
};

/* Where we are, for errors: "photos[2]." or "". */
struct place {
    const char *prefix;
    bool is_draft; /* see exchange_read_draft */
    struct arena *a;
    struct err *err;
};

#define REFUSE(pl, key, ...) \
    err_field((pl)->err, str_fmt((pl)->a, "%s%s", (pl)->prefix, (key)).p, __VA_ARGS__)

static struct str
view(const json_t *v)
{
    return (struct str){json_string_value(v), json_string_length(v)};
}

/* JSON allows any character as \uXXXX; our texts do not hold control characters. */
static enum rc
read_text(struct place *pl, const char *key, const json_t *v, const struct key *k,
          struct str *out)
{
    struct str s = view(v);
    if (!json_is_string(v))
        return REFUSE(pl, key, "must be a text");
    if (s.n > k->max)
        return REFUSE(pl, key, "%zu bytes long, at most %zu are allowed", s.n, k->max);
    size_t bad = utf8_find_control(s);
    for (size_t i = 0; k->kind == KIND_LINE && i < bad; i++)
        if (s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t')
            bad = i;
    if (bad < s.n)
        return REFUSE(pl, key, "holds a control character (U+%04X at byte %zu)",
                      (unsigned char)s.p[bad], bad);
    *out = s;
    return RC_OK;
}

static enum rc
read_time(struct place *pl, const char *key, const json_t *v, int64_t *out,
          bool *is_date_only)
{
    struct err why;
    if (!json_is_string(v))
        return REFUSE(pl, key, "must be a date or a date and time with offset, as text");
    if (time_read(view(v), out, is_date_only, &why) != RC_OK)
        return REFUSE(pl, key, "%s", why.text);
    return RC_OK;
}

static enum rc
read_word(struct place *pl, const char *key, const json_t *v, int (*read)(struct str),
          const char *allowed, int *out)
{
    *out = json_is_string(v) ? read(view(v)) : -1;
    if (*out < 0)
        return REFUSE(pl, key, "must be one of %s", allowed);
    return RC_OK;
}

static enum rc
read_plain(struct place *pl, const struct key *k, const json_t *v, void *object)
{
    char *member = (char *)object + k->offset;
    bool is_date_only;
    switch (k->kind) {
    case KIND_LINE:
    case KIND_TEXT:
        return read_text(pl, k->name, v, k, (struct str *)(void *)member);
    case KIND_TIME:
        return read_time(pl, k->name, v, (int64_t *)(void *)member, &is_date_only);
    case KIND_BOOL:
        if (!json_is_boolean(v))
            return REFUSE(pl, k->name, "must be true or false");
        *(bool *)member = json_is_true(v);
        return RC_OK;
    case KIND_SPECIAL:
        break;
    }
    return RC_OK;
}

/* Keys are few and sorted nowhere in the input: a walk over the table is quick enough
 * and keeps the table readable. */
static const struct key *
find_key(const struct key *keys, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    return NULL;
}

static enum rc
check_photo(struct place *pl, struct photo *p)
{
    struct err why;
    if (p->file.n == 0 && p->sha256.n == 0)
        return REFUSE(pl, "file", "is missing");
    if (p->sha256.n > 0 && !photo_sha256_is_valid(p->sha256))
        return REFUSE(pl, "sha256", "must be 64 digits 0-9 a-f");
    photo_drop_blank(p);
    if (photo_check(p, &why) != RC_OK)
        return REFUSE(pl, why.field, "%s", why.text);
    p->has_own_credit = p->credit.n > 0;
    return RC_OK;
}

static enum rc
read_photo(const struct place *outer, size_t i, json_t *v, struct photo *out)
{
    struct place pl = *outer;
    const char *name;
    json_t *value;
    pl.prefix = str_fmt(pl.a, "photos[%zu].", i + 1).p;
    *out = (struct photo){.expires_at = TIME_NONE};
    if (!json_is_object(v))
        return REFUSE(&pl, "", "must be an object");
    json_object_foreach(v, name, value)
    {
        const struct key *k = find_key(photo_keys, N_ELEMENTS(photo_keys), name);
        if (k == NULL)
            return REFUSE(&pl, name, "is not a key of a photo");
        TRY(read_plain(&pl, k, value, out));
    }
    return check_photo(&pl, out);
}

static enum rc
check_array(struct place *pl, const char *key, const json_t *v, size_t max)
{
    if (!json_is_array(v))
        return REFUSE(pl, key, "must be a list");
    if (json_array_size(v) > max)
        return REFUSE(pl, key, "%zu entries, at most %zu are allowed", json_array_size(v),
                      max);
    return RC_OK;
}

static enum rc
read_photos(struct place *pl, json_t *v, struct exchange *x)
{
    TRY(check_array(pl, "photos", v, ITEM_PHOTOS_MAX));
    x->item.n_photos = (int)json_array_size(v);
    x->item.photos = arena_array(pl->a, struct photo, x->item.n_photos);
    for (int i = 0; i < x->item.n_photos; i++)
        TRY(read_photo(pl, (size_t)i, json_array_get(v, (size_t)i), &x->item.photos[i]));
    return RC_OK;
}

static enum rc
read_correction(const struct place *outer, size_t i, json_t *v, struct correction *out)
{
    struct place pl = *outer;
    const char *name;
    json_t *value;
    pl.prefix = str_fmt(pl.a, "corrections[%zu].", i + 1).p;
    *out = (struct correction){.at = TIME_NONE};
    if (!json_is_object(v))
        return REFUSE(&pl, "", "must be an object");
    json_object_foreach(v, name, value)
    {
        const struct key *k =
            find_key(correction_keys, N_ELEMENTS(correction_keys), name);
        if (k == NULL)
            return REFUSE(&pl, name, "is not a key of a correction");
        TRY(read_plain(&pl, k, value, out));
    }
    if (out->at == TIME_NONE || str_trim(out->text).n == 0)
        return REFUSE(&pl, "", "needs \"at\" and \"text\"");
    return RC_OK;
}

static enum rc
read_corrections(struct place *pl, json_t *v, struct exchange *x)
{
    struct corrections *all = &x->corrections;
    TRY(check_array(pl, "corrections", v, CORRECTIONS_MAX));
    all->n = (int)json_array_size(v);
    all->all = arena_array(pl->a, struct correction, all->n);
    for (int i = 0; i < all->n; i++)
        TRY(read_correction(pl, (size_t)i, json_array_get(v, (size_t)i), &all->all[i]));
    return RC_OK;
}

static enum rc
read_list(struct place *pl, const struct key *one, const json_t *v, size_t max,
          struct str **out, int *n)
{
    TRY(check_array(pl, one->name, v, max));
    *n = (int)json_array_size(v);
    *out = arena_array(pl->a, struct str, *n);
    for (int i = 0; i < *n; i++) {
        TRY(read_text(pl, one->name, json_array_get(v, (size_t)i), one, &(*out)[i]));
        for (int j = 0; j < i; j++)
            if (str_eq((*out)[i], (*out)[j]))
                return REFUSE(pl, one->name, "\"%.*s\" is there twice",
                              STR_ARG((*out)[i]));
        if (str_trim((*out)[i]).n == 0)
            return REFUSE(pl, one->name, "entry %d is empty", i + 1);
    }
    return RC_OK;
}

static enum rc
read_old_urls(struct place *pl, json_t *v, struct exchange *x)
{
    static const struct key one = {"old_urls", KIND_LINE, 0, ITEM_URL_MAX};
    struct item *it = &x->item;
    TRY(read_list(pl, &one, v, ITEM_OLD_URLS_MAX, &it->old_urls, &it->n_old_urls));
    for (int i = 0; i < it->n_old_urls; i++)
        if (it->old_urls[i].p[0] != '/' || str_starts(it->old_urls[i], STR("//")))
            return REFUSE(pl, "old_urls",
                          "\"%.*s\" must be an address of the site, "
                          "beginning with /",
                          STR_ARG(it->old_urls[i]));
    return RC_OK;
}

static enum rc
read_tags(struct place *pl, json_t *v, struct exchange *x)
{
    static const struct key one = {"tags", KIND_LINE, 0, ITEM_TAG_MAX};
    return read_list(pl, &one, v, ITEM_TAGS_MAX, &x->item.tags, &x->item.n_tags);
}

static enum rc
read_withdrawn(struct place *outer, json_t *v, struct exchange *x)
{
    static const struct key reason = {"reason", KIND_TEXT, 0, ITEM_CAPTION_MAX};
    struct place pl = *outer;
    const char *name;
    json_t *value;
    bool is_date_only;
    pl.prefix = "withdrawn.";
    if (!json_is_object(v))
        return REFUSE(outer, "withdrawn", "must be an object with \"at\" and \"reason\"");
    json_object_foreach(v, name, value)
    {
        if (strcmp(name, "at") == 0)
            TRY(read_time(&pl, name, value, &x->item.withdrawn_at, &is_date_only));
        else if (strcmp(name, "reason") == 0)
            TRY(read_text(&pl, name, value, &reason, &x->item.withdrawn_reason));
        else
            return REFUSE(&pl, name, "is not a key of \"withdrawn\"");
    }
    if (x->item.withdrawn_at == TIME_NONE || str_trim(x->item.withdrawn_reason).n == 0)
        return REFUSE(outer, "withdrawn", "needs \"at\" and \"reason\"");
    return RC_OK;
}

static enum rc
read_published(struct place *pl, json_t *v, struct exchange *x)
{
    return read_time(pl, "published_at", v, &x->item.published_at, &x->item.is_date_only);
}

static int
draft_state_read(struct str word)
{
    int state = desk_state_read(word);
    return state == DESK_REVIEW     ? STATE_REVIEW
           : state == DESK_APPROVED ? STATE_APPROVED
           : state < 0              ? -1
                                    : STATE_DRAFT;
}

static enum rc
read_state(struct place *pl, json_t *v, struct exchange *x)
{
    int word = 0;
    if (pl->is_draft)
        TRY(read_word(pl, "state", v, draft_state_read,
                      "draft, review, approved, sent back, discarded", &word));
    else
        TRY(read_word(pl, "state", v, item_state_read, "draft, review, approved", &word));
    x->item.state = (enum item_state)word;
    x->has_state = true;
    return RC_OK;
}

static enum rc
read_format(struct place *pl, json_t *v, struct exchange *x)
{
    int word = 0;
    TRY(read_word(pl, "body_format", v, body_format_read, "markdown, text", &word));
    x->item.body_format = (enum body_format)word;
    return RC_OK;
}

static const struct {
    const char *name;
    enum rc (*read)(struct place *, json_t *, struct exchange *);
} specials[] = {
    {"photos", read_photos},
    {"tags", read_tags},
    {"old_urls", read_old_urls},
    {"withdrawn", read_withdrawn},
    {"state", read_state},
    {"body_format", read_format},
    {"published_at", read_published},
    {"corrections", read_corrections},
};

static enum rc
read_special(struct place *pl, const char *name, json_t *v, struct exchange *x)
{
    for (size_t i = 0; i < N_ELEMENTS(specials); i++)
        if (strcmp(specials[i].name, name) == 0)
            return specials[i].read(pl, v, x);
    return REFUSE(pl, name, "cannot be read");
}

static enum rc
check_item(struct place *pl, struct exchange *x)
{
    struct item *it = &x->item;
    const struct {
        const char *key;
        struct str value;
    } needed[] = {{"lang", it->lang}, {"section", x->section}, {"title", it->title}};
    for (size_t i = 0; i < N_ELEMENTS(needed); i++)
        if (str_trim(needed[i].value).n == 0)
            return REFUSE(pl, needed[i].key, "is missing or empty");
    if (it->slug.n > 0 && !slug_is_valid(it->slug))
        return REFUSE(pl, "slug", "\"%.*s\": only a-z, 0-9 and single inner hyphens",
                      STR_ARG(it->slug));
    if (it->state != STATE_APPROVED && x->corrections.n > 0)
        return REFUSE(pl, "corrections", "only what is approved has corrections");
    if (it->state == STATE_APPROVED && it->published_at == TIME_NONE)
        return REFUSE(pl, "published_at", "is missing (an approved item needs one)");
    return RC_OK;
}

static void
release(void *root)
{
    json_decref(root);
}

static enum rc
parse(struct str line, struct arena *a, json_t **root, struct err *err)
{
    json_error_t why;
    size_t bad = utf8_check(line);
    if (line.n > EXCHANGE_LINE_MAX)
        return err_set(err, RC_LIMIT, "longer than %d bytes", EXCHANGE_LINE_MAX);
    if (bad < line.n)
        return err_field(err, "", "not valid UTF-8 at byte %zu", bad + 1);
    if (str_starts(line, STR("\xef\xbb\xbf")))
        return err_field(err, "", "begins with a byte order mark: save the file without");
    *root = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &why);
    if (*root == NULL)
        return err_field(err, "", "not valid JSON at column %d: %s", why.column,
                         why.text);
    arena_at_end(a, release, *root);
    if (!json_is_object(*root))
        return err_field(err, "", "must be one JSON object");
    return RC_OK;
}

static void
set_defaults(struct exchange *x, enum item_state state)
{
    *x = (struct exchange){0};
    struct item *it = &x->item;
    int64_t *times[] = {&it->published_at, &it->updated_at,   &it->embargo_until,
                        &it->expires_at,   &it->pinned_until, &it->withdrawn_at};
    for (size_t i = 0; i < N_ELEMENTS(times); i++)
        *times[i] = TIME_NONE;
    it->state = state;
}

static bool
is_desk_key(const char *name)
{
    for (size_t i = 0; i < N_ELEMENTS(desk_keys); i++)
        if (strcmp(desk_keys[i], name) == 0)
            return true;
    return false;
}

static enum rc
read_key(struct place *pl, const char *name, json_t *value, struct exchange *out)
{
    const struct key *k = find_key(item_keys, N_ELEMENTS(item_keys), name);
    if (k == NULL && pl->is_draft && is_desk_key(name))
        return json_is_integer(value) ? RC_OK
                                      : REFUSE(pl, name, "must be a whole number");
    if (k == NULL)
        return REFUSE(pl, name, "is not a key of an item");
    return k->kind == KIND_SPECIAL ? read_special(pl, name, value, out)
                                   : read_plain(pl, k, value, out);
}

static enum rc
read_object(json_t *root, enum item_state state, struct arena *a, struct exchange *out,
            struct err *err)
{
    struct place pl = {"", state == STATE_DRAFT, a, err};
    const char *name;
    json_t *value;
    set_defaults(out, state);
    json_object_foreach(root, name, value)
    {
        TRY(read_key(&pl, name, value, out));
    }
    out->item.has_source_id = out->item.public_id.n > 0;
    return check_item(&pl, out);
}

enum rc
exchange_read(struct str line, struct arena *a, struct exchange *out, struct err *err)
{
    json_t *root = NULL;
    TRY(parse(line, a, &root, err));
    return read_object(root, STATE_APPROVED, a, out, err);
}

enum rc
exchange_read_draft(struct str line, struct arena *a, struct exchange *out,
                    struct err *err)
{
    json_t *root = NULL;
    TRY(parse(line, a, &root, err));
    if (json_object_get(root, "corrections") != NULL)
        return err_field(err, "corrections", "are added by themselves, not with a text");
    return read_object(root, STATE_DRAFT, a, out, err);
}

enum rc
exchange_read_revision(struct str content, struct arena *a, struct exchange *out,
                       struct str *why, struct err *err)
{
    json_t *root = NULL;
    TRY(parse(content, a, &root, err));
    json_t *item = json_object_get(root, "item");
    if (!json_is_object(item))
        return err_set(err, RC_FAILED, "a revision without an item");
    *why = view(json_object_get(root, "why"));
    return read_object(item, STATE_APPROVED, a, out, err);
}
