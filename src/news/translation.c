/* news/translation.c - linking translations, making one, and what became stale. */
#include "news/translation.h"

#include "news/desk_in.h"
#include "news/exchange.h"
#include "news/translation_in.h"
#include "store/item.h"
#include "store/revision.h"

/* ---- texts ---- */

bool
translation_text_differs(const struct item *a, const struct item *b)
{
    return !str_eq(a->title, b->title) || !str_eq(a->lead, b->lead) ||
           !str_eq(a->body, b->body);
}

/* An item's text as it was in a revision. */
static enum rc
read_text(struct store *st, int64_t item_id, int64_t number, struct arena *a,
          struct item *out, struct err *err)
{
    struct revision r;
    struct exchange x;
    struct str why;
    TRY(store_revision_at(st, item_id, number, a, &r, err));
    TRY(exchange_read_revision(r.content, a, &x, &why, err));
    *out = x.item;
    return RC_OK;
}

/* The text that translations are made from, and the number of its revision. */
static const struct item *
text_of(const struct room *r)
{
    return r->now.approved != 0 ? &r->row : &r->now.item;
}

static int64_t
number_of(const struct room *r)
{
    return r->now.approved != 0 ? r->now.approved : r->now.version;
}

/* ---- what saving and approving ask ---- */

enum rc
translation_check_group(struct store *st, const struct item *it, struct arena *a,
                        struct err *err)
{
    struct str there;
    if (it->group.n == 0)
        return RC_OK;
    enum rc rc = store_item_in_group(st, it->group, it->lang, it->id, a, &there, err);
    if (rc == RC_OK)
        return err_field(err, "lang",
                         "\"%.*s\" is the translation into this language already",
                         STR_ARG(there));
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
note_one(const struct save *s, const struct item *it, struct translation *t,
         struct arena *a, struct err *err)
{
    struct item then;
    TRY(read_text(s->st, it->id, t->reflects, a, &then, err));
    bool is_stale = translation_text_differs(&then, it);
    if (is_stale == (t->stale_since != TIME_NONE))
        return RC_OK;
    t->stale_since = is_stale ? s->now : TIME_NONE;
    return store_translation_set(s->st, t, err);
}

enum rc
translation_note_text(const struct save *s, const struct item *it, struct arena *a,
                      struct err *err)
{
    struct translation all[TRANSLATIONS_MAX];
    int n = 0;
    TRY(store_translation_by_source(s->st, it->id, all, &n, err));
    for (int i = 0; i < n; i++)
        TRY(note_one(s, it, &all[i], a, err));
    return RC_OK;
}

enum rc
translation_is_untouched(struct store *st, const struct desk_line *line,
                         const struct item *it, struct arena *a, bool *out,
                         struct err *err)
{
    struct item source;
    TRY(read_text(st, line->source_id, line->reflects, a, &source, err));
    *out = source.body.n > 0 && str_eq(source.body, it->body);
    return RC_OK;
}

/* ---- looking ---- */

/* By the languages of the site; one that is none any more comes last. */
static void
order(const struct site *site, const struct translation_line *lines, int n,
      struct translation_line *out)
{
    for (int lang = 0; lang <= site->n_langs; lang++)
        for (int i = 0; i < n; i++) {
            int found = site_lang_find(site, lines[i].line.lang);
            if (found == lang || (found < 0 && lang == site->n_langs))
                *out++ = lines[i];
        }
}

static enum rc
list_group(const struct room *r, struct desk_translations *out, struct err *err)
{
    struct translation_line lines[TRANSLATIONS_MAX];
    if (r->row.group.n == 0)
        return RC_OK;
    TRY(store_translation_group(r->d->st, r->row.group, r->a, lines, &out->n, err));
    order(r->d->site, lines, out->n, out->all);
    for (int i = 0; i < out->n; i++)
        out->may_view[i] = room_may_see(r->d, &out->all[i].line);
    return RC_OK;
}

static enum rc
diff_texts(const struct item *old, const struct item *new, struct arena *a,
           struct desk_diff *out, struct err *err)
{
    const struct {
        const char *name;
        struct str old, new;
    } fields[] = {{"title", old->title, new->title},
                  {"lead", old->lead, new->lead},
                  {"body", old->body, new->body}};
    for (size_t i = 0; i < N_ELEMENTS(fields); i++) {
        if (str_eq(fields[i].old, fields[i].new))
            continue;
        out->fields[out->n].name = fields[i].name;
        TRY(news_diff(fields[i].old, fields[i].new, a, &out->fields[out->n++].diff, err));
    }
    return RC_OK;
}

/* What became of the source; nothing when the actor may not see it. */
static enum rc
look_at_source(const struct room *r, struct desk_translations *out, struct err *err)
{
    struct room source = *r;
    struct item then;
    struct err ignored;
    enum rc rc = store_translation_of(r->d->st, r->row.id, &out->translation, err);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    TRY(room_load(&source, out->translation.source_id, err));
    if (room_may(&source, RIGHT_ITEM_VIEW, source.now.item.section_id, &ignored) != RC_OK)
        return RC_OK;
    out->has_source = true;
    out->source_now = number_of(&source);
    out->source_title = text_of(&source)->title;
    TRY(read_text(r->d->st, source.row.id, out->translation.reflects, r->a, &then, err));
    return diff_texts(&then, text_of(&source), r->a, &out->since, err);
}

/* May the actor write an item of their own in the section? */
static enum rc
may_create(const struct room *r, int64_t section_id, struct room *fresh, struct err *err)
{
    *fresh = (struct room){.d = r->d, .a = r->a, .sections = r->sections};
    return room_may(fresh, RIGHT_ITEM_CREATE, section_id, err);
}

static enum rc
list_in(struct room *r, struct str name, struct desk_translations *out, struct err *err)
{
    struct err ignored;
    struct room fresh;
    TRY(room_find(r, name, err));
    TRY(room_may(r, RIGHT_ITEM_VIEW, r->now.item.section_id, err));
    out->item = r->now;
    out->may_link = room_may(r, RIGHT_ITEM_LINK, r->row.section_id, &ignored) == RC_OK;
    out->may_write = may_create(r, text_of(r)->section_id, &fresh, &ignored) == RC_OK &&
                     r->now.state != DESK_DISCARDED && r->row.withdrawn_at == TIME_NONE;
    TRY(list_group(r, out, err));
    return look_at_source(r, out, err);
}

enum rc
news_translation_list(const struct desk *d, struct str name, struct arena *a,
                      struct desk_translations *out, struct err *err)
{
    struct room r;
    *out = (struct desk_translations){0};
    TRY(store_read_begin(d->st, err));
    enum rc rc = room_open(&r, d, a, err);
    if (rc == RC_OK)
        rc = list_in(&r, name, out, err);
    store_read_end(d->st);
    return rc;
}

/* ---- making one ---- */

/* Puts an item into a group. */
static enum rc
join(struct room *r, struct str group, struct err *err)
{
    if (str_eq(r->row.group, group))
        return RC_OK;
    r->row.group = group;
    TRY(translation_check_group(r->d->st, &r->row, r->a, err));
    return store_item_set_group(r->d->st, r->row.id, group, err);
}

static enum rc
check_source(const struct room *r, struct str lang, struct err *err)
{
    TRY(room_may(r, RIGHT_ITEM_VIEW, r->now.item.section_id, err));
    if (site_lang_find(r->d->site, lang) < 0)
        return err_field(err, "lang", "\"%.*s\" is no language of the site",
                         STR_ARG(lang));
    if (str_eq(lang, text_of(r)->lang))
        return err_field(err, "lang", "it is in this language itself");
    if (r->now.state == DESK_DISCARDED || r->row.withdrawn_at != TIME_NONE)
        return err_set(err, RC_CONFLICT, "\"%.*s\" is %s", STR_ARG(r->row.public_id),
                       r->now.state == DESK_DISCARDED ? "discarded" : "withdrawn");
    return RC_OK;
}

/* The item as a draft in another language. */
static struct item
draft_of(const struct room *r, struct str lang)
{
    struct item it = *text_of(r);
    it.id = it.n_old_urls = 0;
    it.public_id = (struct str){NULL, 0};
    it.has_source_id = false;
    it.state = STATE_DRAFT;
    it.lang = lang;
    it.group = r->row.group;
    it.updated_at = TIME_NONE;
    return it;
}

static enum rc
add_draft(const struct room *source, struct item *it, struct desk_saved *out,
          struct err *err)
{
    struct room fresh;
    enum save_result result;
    TRY(may_create(source, it->section_id, &fresh, err));
    struct save save = room_save(&fresh, STR("translation"));
    TRY(news_save_free_slug(&save, it, fresh.a, err));
    TRY(news_save(&save, it, &result, err));
    TRY(room_load(&fresh, it->id, err));
    *out = (struct desk_saved){it->id, fresh.now.version, fresh.row.public_id, true};
    struct translation t = {it->id, source->row.id, number_of(source), TIME_NONE};
    return store_translation_set(source->d->st, &t, err);
}

static enum rc
make_in(struct room *r, struct str name, struct str lang, struct desk_saved *out,
        struct err *err)
{
    TRY(room_find(r, name, err));
    TRY(check_source(r, lang, err));
    if (r->row.group.n == 0)
        TRY(join(r, news_public_id(r->a, r->d->now), err));
    struct item it = draft_of(r, lang);
    return add_draft(r, &it, out, err);
}

enum rc
news_translation_make(const struct desk *d, struct str name, struct str lang,
                      struct arena *a, struct desk_saved *out, struct err *err)
{
    struct room r;
    *out = (struct desk_saved){0};
    TRY(store_write_begin(d->st, err));
    enum rc rc = room_open(&r, d, a, err);
    if (rc == RC_OK)
        rc = make_in(&r, name, lang, out, err);
    return room_end(d, rc, "translate", out->public_id,
                    str_fmt(a, "%.*s", STR_ARG(r.row.public_id)), false, err);
}

/* ---- linking ---- */

/* Two items about to be linked. */
struct linking {
    struct room r, other;
    enum translation_refusal *why;
    struct err *err;
};

static enum rc
refuse(struct linking *l, enum translation_refusal why)
{
    static const char *const texts[] = {
        [LINK_UNKNOWN] = "there is no such item, or it may not be seen",
        [LINK_SAME_LANGUAGE] = "both are in the same language",
        [LINK_CIRCLE] = "it is a translation of this item itself",
        [LINK_TAKEN] = "there is a translation into this language already",
        [LINK_BOTH] = "both have translations: unlink one of them first",
    };
    *l->why = why;
    return err_field(l->err, "other", "%s", texts[why]);
}

/* The group of an item that shares it with others; else absent. */
static enum rc
shared_group(const struct room *r, struct str *out, struct err *err)
{
    struct translation_line lines[TRANSLATIONS_MAX];
    int n = 0;
    *out = r->row.group;
    if (out->n > 0)
        TRY(store_translation_group(r->d->st, *out, r->a, lines, &n, err));
    if (n < 2)
        *out = (struct str){NULL, 0};
    return RC_OK;
}

/* Is the other made from this one, at whatever distance? */
static enum rc
check_circle(struct linking *l)
{
    struct translation t = {.source_id = l->other.row.id};
    enum rc rc = RC_OK;
    for (int i = 0; i < TRANSLATIONS_MAX && rc == RC_OK; i++) {
        if (t.source_id == l->r.row.id)
            return refuse(l, LINK_CIRCLE);
        rc = store_translation_of(l->r.d->st, t.source_id, &t, l->err);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Which group both will be in, and whether the actor may do that. */
static enum rc
choose_group(struct linking *l, struct str *out)
{
    struct str mine, theirs;
    TRY(shared_group(&l->r, &mine, l->err));
    TRY(shared_group(&l->other, &theirs, l->err));
    if (mine.n > 0 && theirs.n > 0 && !str_eq(mine, theirs))
        return refuse(l, LINK_BOTH);
    if (mine.n > 0 && theirs.n == 0)
        TRY(room_may(&l->other, RIGHT_ITEM_LINK, l->other.row.section_id, l->err));
    *out = theirs.n > 0 ? theirs
           : mine.n > 0 ? mine
                        : news_public_id(l->r.a, l->r.d->now);
    return RC_OK;
}

static enum rc
find_other(struct linking *l, struct str name)
{
    enum rc rc = room_find(&l->other, name, l->err);
    if (rc == RC_OK)
        rc = room_may(&l->other, RIGHT_ITEM_VIEW, l->other.now.item.section_id, l->err);
    return rc == RC_NOT_FOUND || rc == RC_DENIED ? refuse(l, LINK_UNKNOWN) : rc;
}

static enum rc
join_both(struct linking *l, struct str group)
{
    enum rc rc = join(&l->r, group, l->err);
    if (rc == RC_OK)
        rc = join(&l->other, group, l->err);
    return rc == RC_INVALID ? refuse(l, LINK_TAKEN) : rc;
}

static enum rc
link_in(struct linking *l, struct str name, struct str other)
{
    struct str group;
    TRY(room_find(&l->r, name, l->err));
    TRY(room_may(&l->r, RIGHT_ITEM_LINK, l->r.row.section_id, l->err));
    TRY(find_other(l, other));
    if (str_eq(l->r.row.lang, l->other.row.lang))
        return refuse(l, LINK_SAME_LANGUAGE);
    TRY(check_circle(l));
    TRY(choose_group(l, &group));
    TRY(join_both(l, group));
    struct translation t = {l->r.row.id, l->other.row.id, number_of(&l->other),
                            TIME_NONE};
    return store_translation_set(l->r.d->st, &t, l->err);
}

enum rc
news_translation_link(const struct desk *d, struct str name, struct str other,
                      enum translation_refusal *why, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct linking l = {.why = why, .err = err};
    arena_init(&a);
    TRY(store_write_begin(d->st, err));
    enum rc rc = room_open(&l.r, d, &a, err);
    l.other = l.r;
    if (rc == RC_OK)
        rc = link_in(&l, name, str_trim(other));
    return room_end(d, rc, "link", l.r.row.public_id, l.other.row.public_id, true, err);
}

static enum rc
unlink_in(struct room *r, struct str name, struct err *err)
{
    TRY(room_find(r, name, err));
    TRY(room_may(r, RIGHT_ITEM_LINK, r->row.section_id, err));
    if (r->row.group.n == 0)
        return err_set(err, RC_CONFLICT, "\"%.*s\" has no translations", STR_ARG(name));
    TRY(store_translation_drop(r->d->st, r->row.id, err));
    return store_item_set_group(r->d->st, r->row.id, (struct str){NULL, 0}, err);
}

enum rc
news_translation_unlink(const struct desk *d, struct str name, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct room r;
    arena_init(&a);
    TRY(store_write_begin(d->st, err));
    enum rc rc = room_open(&r, d, &a, err);
    if (rc == RC_OK)
        rc = unlink_in(&r, name, err);
    return room_end(d, rc, "unlink", r.row.public_id, (struct str){NULL, 0}, true, err);
}

/* ---- what it reflects ---- */

static enum rc
reflect_in(struct room *r, struct str name, int64_t number, struct err *err)
{
    struct translation t;
    struct item then;
    TRY(room_find(r, name, err));
    TRY(room_may(r, RIGHT_ITEM_EDIT, r->now.item.section_id, err));
    enum rc rc = store_translation_of(r->d->st, r->row.id, &t, err);
    if (rc == RC_NOT_FOUND)
        return err_set(err, RC_CONFLICT, "\"%.*s\" has no source", STR_ARG(name));
    TRY(rc);
    struct room source = *r;
    TRY(room_load(&source, t.source_id, err));
    rc = read_text(r->d->st, t.source_id, number, r->a, &then, err);
    if (rc == RC_NOT_FOUND)
        return err_field(err, "number", "its source has no revision %lld",
                         (long long)number);
    TRY(rc);
    bool is_stale = translation_text_differs(&then, text_of(&source));
    t.reflects = number;
    t.stale_since = is_stale ? r->d->now : TIME_NONE;
    return store_translation_set(r->d->st, &t, err);
}

enum rc
news_translation_reflects(const struct desk *d, struct str name, int64_t number,
                          struct err *err)
{
    struct arena a AT_END(arena_done);
    struct room r;
    arena_init(&a);
    TRY(store_write_begin(d->st, err));
    enum rc rc = room_open(&r, d, &a, err);
    if (rc == RC_OK)
        rc = reflect_in(&r, name, number, err);
    return room_end(d, rc, "reflects", r.row.public_id,
                    str_fmt(&a, "version %lld", (long long)number), false, err);
}
