/* news/merge.c - the fields of an item, one table for comparing and joining. */
#include "news/merge.h"

#include <stddef.h>

#include "model/desk.h"

#include "base/buf.h"

/* One state of an item while its fields are looked at. */
struct side {
    const struct item *it;
    struct str section;
};

typedef struct str text_fn(const struct side *s, const void *member, struct arena *a);

static struct str
text_of_str(const struct side *s, const void *member, struct arena *a)
{
    (void)s;
    (void)a;
    return *(const struct str *)member;
}

static struct str
text_of_section(const struct side *s, const void *member, struct arena *a)
{
    (void)member;
    (void)a;
    return s->section;
}

static struct str
text_of_time(const struct side *s, const void *member, struct arena *a)
{
    int64_t t = *(const int64_t *)member;
    bool is_date = member == &s->it->published_at && s->it->is_date_only;
    return t == TIME_NONE ? STR("") : time_write(a, t, is_date);
}

static struct str
text_of_format(const struct side *s, const void *member, struct arena *a)
{
    (void)member;
    (void)a;
    return str_of(body_format_word(s->it->body_format));
}

static struct str
text_of_tags(const struct side *s, const void *member, struct arena *a)
{
    struct str all = STR("");
    (void)member;
    for (int i = 0; i < s->it->n_tags; i++)
        all = str_fmt(a, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "",
                      STR_ARG(s->it->tags[i]));
    return all;
}

static struct str
text_of_addresses(const struct side *s, const void *member, struct arena *a)
{
    struct str all = STR("");
    (void)member;
    for (int i = 0; i < s->it->n_old_urls; i++)
        all = str_fmt(a, "%.*s%.*s\n", STR_ARG(all), STR_ARG(s->it->old_urls[i]));
    return all;
}

static void
add_text(struct buf *b, const char *key, struct str text)
{
    if (text.n > 0)
        buf_fmt(b, " | %s: %.*s", key, STR_ARG(text));
}

/* Everything an item can say of a photo, a line for each. */
static void
add_photo(struct buf *b, const struct photo *p, struct arena *a)
{
    struct photo own = *p;
    if (!p->has_own_credit)
        own.credit = STR("");
    buf_add(b, own.sha256);
#define PHOTO_TEXT(member, key, column, most, inside) add_text(b, key, own.member);
#include "model/photo.def"
#undef PHOTO_TEXT
    add_text(b, "focal", own.focal);
    if (p->is_decorative)
        buf_add_z(b, " | decorative");
    if (p->has_no_caption)
        buf_add_z(b, " | no caption");
    if (p->expires_at != TIME_NONE)
        add_text(b, "expires_at", time_write(a, p->expires_at, false));
    buf_add_c(b, '\n');
}

static struct str
text_of_photos(const struct side *s, const void *member, struct arena *a)
{
    struct buf b;
    (void)member;
    buf_init(&b, a, (size_t)4 << 20);
    for (int i = 0; i < s->it->n_photos; i++)
        add_photo(&b, &s->it->photos[i], a);
    return b.n > 0 ? buf_str(&b) : STR("");
}

/* Copying a field: so many bytes at an offset; lists bring their count. */
static const struct field {
    const char *name;
    text_fn *text;
    size_t offset, size;
    size_t with_offset, with_size; /* what goes along */
    bool is_long;                  /* joined line by line */
} fields[] = {
#define FIELD(name, text, member) \
    name, text, offsetof(struct item, member), sizeof(((struct item *)0)->member)
#define WITH(member) offsetof(struct item, member), sizeof(((struct item *)0)->member)
    {FIELD("title", text_of_str, title), 0, 0, false},
    {FIELD("lead", text_of_str, lead), 0, 0, true},
    {FIELD("body", text_of_str, body), 0, 0, true},
    {FIELD("body_format", text_of_format, body_format), 0, 0, false},
    {FIELD("section", text_of_section, section_id), 0, 0, false},
    {FIELD("lang", text_of_str, lang), 0, 0, false},
    {FIELD("slug", text_of_str, slug), 0, 0, false},
    {FIELD("group", text_of_str, group), 0, 0, false},
    {FIELD("published_at", text_of_time, published_at), WITH(is_date_only), false},
    {FIELD("updated_at", text_of_time, updated_at), 0, 0, false},
    {FIELD("embargo_until", text_of_time, embargo_until), 0, 0, false},
    {FIELD("expires_at", text_of_time, expires_at), 0, 0, false},
    {FIELD("pinned_until", text_of_time, pinned_until), 0, 0, false},
    {FIELD("photo_credit", text_of_str, photo_credit), 0, 0, false},
    {FIELD("photos", text_of_photos, photos), WITH(n_photos), false},
    {FIELD("tags", text_of_tags, tags), WITH(n_tags), false},
    {FIELD("old_urls", text_of_addresses, old_urls), WITH(n_old_urls), false},
#undef FIELD
#undef WITH
};

_Static_assert(N_ELEMENTS(fields) == MERGE_FIELDS, "a row for each field");

void
news_item_fields(const struct item *it, struct str section, struct arena *a,
                 struct item_field out[MERGE_FIELDS])
{
    struct side s = {it, section};
    for (int i = 0; i < MERGE_FIELDS; i++)
        out[i] = (struct item_field){
            fields[i].name, fields[i].text(&s, (const char *)it + fields[i].offset, a)};
}

static void
take_theirs(struct merge *m, const struct field *f)
{
    memcpy((char *)&m->merged + f->offset, (const char *)&m->theirs + f->offset, f->size);
    memcpy((char *)&m->merged + f->with_offset, (const char *)&m->theirs + f->with_offset,
           f->with_size);
    if (f->text == text_of_section)
        m->merged_section = m->their_section;
}

static enum rc
join_lines(struct merge *m, int i, struct arena *a, struct err *err)
{
    bool is_clean = true;
    struct merge_texts t = {m->base_fields[i].text, m->my_fields[i].text,
                            m->their_fields[i].text, m->my_name, m->their_name};
    struct str *to = (struct str *)(void *)((char *)&m->merged + fields[i].offset);
    TRY(news_merge_text(&t, a, to, &is_clean, err));
    if (!is_clean)
        m->conflicts[m->n_conflicts++] = fields[i].name;
    return RC_OK;
}

static enum rc
join_field(struct merge *m, int i, struct arena *a, struct err *err)
{
    struct str base = m->base_fields[i].text, mine = m->my_fields[i].text,
               theirs = m->their_fields[i].text;
    if (str_eq(mine, theirs) || str_eq(base, theirs))
        return RC_OK;
    if (str_eq(base, mine))
        take_theirs(m, &fields[i]);
    else if (fields[i].is_long)
        return join_lines(m, i, a, err);
    else
        m->conflicts[m->n_conflicts++] = fields[i].name;
    return RC_OK;
}

enum rc
news_merge(struct merge *m, struct arena *a, struct err *err)
{
    m->merged = m->mine;
    m->merged_section = m->my_section;
    m->n_conflicts = 0;
    news_item_fields(&m->base, m->base_section, a, m->base_fields);
    news_item_fields(&m->mine, m->my_section, a, m->my_fields);
    news_item_fields(&m->theirs, m->their_section, a, m->their_fields);
    for (int i = 0; i < MERGE_FIELDS; i++)
        TRY(join_field(m, i, a, err));
    return RC_OK;
}
