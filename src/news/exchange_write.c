/* news/exchange_write.c - an item to JSON, keys sorted. */
#include <jansson.h>

#include "news/exchange.h"

#include "base/buf.h"

static void
set_str(json_t *o, const char *key, struct str s)
{
    if (s.n > 0)
        json_object_set_new_nocheck(o, key, json_stringn_nocheck(s.p, s.n));
}

/* UTC, so that the text does not change with the office's zone; a date stays a date. */
static struct str
time_text(struct arena *a, int64_t t, bool is_date_only)
{
    if (is_date_only)
        return time_write(a, t, true);
    struct civil c = time_utc(t);
    return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour,
                   c.minute, c.second);
}

static void
set_time(json_t *o, const char *key, int64_t t, struct arena *a)
{
    if (t != TIME_NONE)
        set_str(o, key, time_text(a, t, false));
}

static json_t *
list_of(const struct str *all, int n)
{
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(list, json_stringn_nocheck(all[i].p, all[i].n));
    return list;
}

/* A credit that is not its own is told by who has it. */
static json_t *
photo_json(const struct photo *p, struct arena *a)
{
    json_t *o = json_object();
#define PHOTO_TEXT(member, key, column, most, inside) set_str(o, key, p->member);
#include "model/photo.def"
#undef PHOTO_TEXT
    if (!p->has_own_credit)
        json_object_del(o, "credit");
    if (p->is_decorative)
        json_object_set_new(o, "decorative", json_true());
    if (p->has_no_caption)
        json_object_set_new(o, "no_caption", json_true());
    set_time(o, "expires_at", p->expires_at, a);
    set_str(o, "file", str_fmt(a, "%.*s.%.*s", STR_ARG(p->sha256), STR_ARG(p->ext)));
    set_str(o, "focal", p->focal);
    set_str(o, "sha256", p->sha256);
    return o;
}

static void
set_photos(json_t *o, const struct item *it, struct arena *a)
{
    if (it->n_photos == 0)
        return;
    json_t *list = json_array();
    for (int i = 0; i < it->n_photos; i++)
        json_array_append_new(list, photo_json(&it->photos[i], a));
    json_object_set_new(o, "photos", list);
}

static void
set_withdrawn(json_t *o, const struct item *it, struct arena *a)
{
    if (it->withdrawn_at == TIME_NONE)
        return;
    json_t *w = json_object();
    set_time(w, "at", it->withdrawn_at, a);
    set_str(w, "reason", it->withdrawn_reason);
    json_object_set_new(o, "withdrawn", w);
}

static json_t *
item_json(const struct item *it, struct str section, struct arena *a)
{
    json_t *o = json_object();
    set_str(o, "id", it->public_id);
    set_str(o, "group", it->group);
    set_str(o, "lang", it->lang);
    set_str(o, "section", section);
    set_str(o, "slug", it->slug);
    set_str(o, "title", it->title);
    set_str(o, "lead", it->lead);
    set_str(o, "body", it->body);
    set_str(o, "body_format", str_of(body_format_word(it->body_format)));
    set_str(o, "state", str_of(item_state_word(it->state)));
    if (it->published_at != TIME_NONE)
        set_str(o, "published_at", time_text(a, it->published_at, it->is_date_only));
    set_time(o, "updated_at", it->updated_at, a);
    set_time(o, "embargo_until", it->embargo_until, a);
    set_time(o, "expires_at", it->expires_at, a);
    set_time(o, "pinned_until", it->pinned_until, a);
    set_withdrawn(o, it, a);
    set_str(o, "photo_credit", it->photo_credit);
    set_photos(o, it, a);
    if (it->n_tags > 0)
        json_object_set_new(o, "tags", list_of(it->tags, it->n_tags));
    if (it->n_old_urls > 0)
        json_object_set_new(o, "old_urls", list_of(it->old_urls, it->n_old_urls));
    return o;
}

static void
set_corrections(json_t *o, const struct corrections *all, struct arena *a)
{
    if (all->n == 0)
        return;
    json_t *list = json_array();
    for (int i = 0; i < all->n; i++) {
        json_t *one = json_object();
        set_time(one, "at", all->all[i].at, a);
        set_str(one, "author", all->all[i].author);
        set_str(one, "text", all->all[i].text);
        json_array_append_new(list, one);
    }
    json_object_set_new(o, "corrections", list);
}

static int
append(const char *bytes, size_t n, void *buf)
{
    buf_add(buf, (struct str){bytes, n});
    return 0;
}

/* Takes the object over. The nesting is three levels deep, never the user's. */
static struct str
dump_take(json_t *o, struct arena *a)
{
    struct buf out;
    buf_init(&out, a, (size_t)8 * EXCHANGE_LINE_MAX);
    json_dump_callback(o, append, &out, JSON_SORT_KEYS | JSON_COMPACT);
    json_decref(o);
    return buf_str(&out);
}

struct str
exchange_write(const struct item *it, struct str section, struct arena *a)
{
    return dump_take(item_json(it, section, a), a);
}

struct str
exchange_write_corrected(const struct item *it, struct str section,
                         const struct corrections *corrections, struct arena *a)
{
    json_t *o = item_json(it, section, a);
    set_corrections(o, corrections, a);
    return dump_take(o, a);
}

struct str
exchange_write_desk(const struct item *it, struct str section,
                    const struct exchange_desk *more, struct arena *a)
{
    json_t *o = item_json(it, section, a);
    set_str(o, "state", str_of(desk_state_word(more->state)));
    json_object_set_new(o, "version", json_integer(more->version));
    if (more->approved != 0)
        json_object_set_new(o, "approved_version", json_integer(more->approved));
    return dump_take(o, a);
}

struct str
exchange_revision(const struct item *it, struct str section, struct str by, int64_t at,
                  struct str why, struct arena *a)
{
    json_t *o = json_object();
    set_str(o, "at", time_text(a, at, false));
    set_str(o, "by", by);
    set_str(o, "why", why);
    json_object_set_new(o, "item", item_json(it, section, a));
    return dump_take(o, a);
}
