/* news/section.c - changing the tree of sections. */
#include "news/section.h"

#include "store/section.h"

/* One change under way. */
struct change {
    struct store *st;
    const struct site *site;
    struct arena arena;
    struct sections all;
};

static enum rc
begin(struct change *c, struct store *st, const struct site *site, struct err *err)
{
    *c = (struct change){.st = st, .site = site};
    arena_init(&c->arena);
    TRY(store_write_begin(st, err));
    enum rc rc = store_section_all(st, site, &c->arena, &c->all, err);
    if (rc != RC_OK) {
        store_write_rollback(st);
        arena_done(&c->arena);
    }
    return rc;
}

static enum rc
finish(struct change *c, enum rc rc, int64_t now, struct err *err)
{
    if (rc == RC_OK)
        rc = store_write_commit(c->st, true, now, err);
    else
        store_write_rollback(c->st);
    arena_done(&c->arena);
    return rc;
}

static enum rc
find(const struct change *c, struct str slug, const struct section **out, struct err *err)
{
    *out = sections_by_slug(&c->all, slug);
    if (*out == NULL)
        return err_set(err, RC_NOT_FOUND, "there is no section \"%.*s\"", STR_ARG(slug));
    return RC_OK;
}

static enum rc
check_slug(const struct change *c, struct str slug, struct err *err)
{
    TRY(section_slug_check(c->site, slug, err));
    if (sections_by_slug(&c->all, slug) != NULL)
        return err_set(err, RC_CONFLICT, "there is a section \"%.*s\" already",
                       STR_ARG(slug));
    return RC_OK;
}

static enum rc
check_names(const struct section *s, struct err *err)
{
    for (int i = 0; i < SITE_LANGS_MAX; i++)
        if (s->names[i].n > SECTION_NAME_MAX)
            return err_field(err, "name", "a section's name may have %d bytes",
                             SECTION_NAME_MAX);
    return RC_OK;
}

/* The tree has two levels: a parent has no parent, and whoever gets one no children. */
static enum rc
find_parent(const struct change *c, struct str parent, int64_t child_id, int64_t *id,
            struct err *err)
{
    const struct section *p = NULL;
    *id = 0;
    if (parent.n == 0)
        return RC_OK;
    TRY(find(c, parent, &p, err));
    if (p->parent_id != 0)
        return err_set(err, RC_CONFLICT,
                       "\"%.*s\" is inside another section: sections "
                       "have two levels",
                       STR_ARG(parent));
    if (p->id == child_id)
        return err_set(err, RC_CONFLICT, "a section cannot be inside itself");
    for (int i = 0; child_id != 0 && i < c->all.n; i++)
        if (c->all.all[i].parent_id == child_id)
            return err_set(err, RC_CONFLICT,
                           "it has sections inside (\"%.*s\"): sections "
                           "have two levels",
                           STR_ARG(c->all.all[i].slug));
    *id = p->id;
    return RC_OK;
}

static int64_t
last_position(const struct change *c, int64_t parent_id)
{
    int64_t last = 0;
    for (int i = 0; i < c->all.n; i++)
        if (c->all.all[i].parent_id == parent_id && c->all.all[i].position > last)
            last = c->all.all[i].position;
    return last;
}

static enum rc
add(struct change *c, struct section *s, struct str parent, struct err *err)
{
    TRY(check_slug(c, s->slug, err));
    TRY(check_names(s, err));
    if (s->names[0].n == 0)
        return err_field(err, "name", "a name in the language \"%.*s\" is needed",
                         STR_ARG(c->site->langs[0].code));
    if (c->all.n >= SECTIONS_MAX)
        return err_set(err, RC_CONFLICT, "a site has at most %d sections", SECTIONS_MAX);
    TRY(find_parent(c, parent, 0, &s->parent_id, err));
    s->position = last_position(c, s->parent_id) + 1;
    return store_section_add(c->st, c->site, s, err);
}

enum rc
news_section_add(struct store *st, const struct site *site, struct section *s,
                 struct str parent, int64_t now, struct err *err)
{
    struct change c;
    TRY(begin(&c, st, site, err));
    return finish(&c, add(&c, s, parent, err), now, err);
}

static enum rc
rename_section(struct change *c, struct str slug, const struct section *to,
               struct err *err)
{
    const struct section *s = NULL;
    TRY(find(c, slug, &s, err));
    TRY(check_names(to, err));
    if (to->slug.n > 0 && !str_eq(to->slug, slug)) {
        TRY(check_slug(c, to->slug, err));
        TRY(store_section_set_slug(c->st, s->id, slug, to->slug, err));
    }
    for (int i = 0; i < c->site->n_langs; i++)
        if (to->names[i].n > 0)
            TRY(store_section_set_name(c->st, s->id, c->site->langs[i].code, to->names[i],
                                       err));
    return RC_OK;
}

enum rc
news_section_rename(struct store *st, const struct site *site, struct str slug,
                    const struct section *change, int64_t now, struct err *err)
{
    struct change c;
    TRY(begin(&c, st, site, err));
    return finish(&c, rename_section(&c, slug, change, err), now, err);
}

/* Numbers the children of a parent 1, 2, 3 … with s at the wanted place. */
static enum rc
renumber(struct change *c, const struct section *s, int64_t parent_id, int64_t place,
         struct err *err)
{
    int64_t position = 0;
    bool is_put = false;
    for (int i = 0; i < c->all.n; i++) {
        const struct section *other = &c->all.all[i];
        if (other->parent_id != parent_id || other->id == s->id)
            continue;
        if (++position == place) {
            TRY(store_section_set_place(c->st, s->id, parent_id, position++, err));
            is_put = true;
        }
        TRY(store_section_set_place(c->st, other->id, parent_id, position, err));
    }
    if (is_put)
        return RC_OK;
    return store_section_set_place(c->st, s->id, parent_id, position + 1, err);
}

static enum rc
move(struct change *c, struct str slug, const struct section_spot *to, struct err *err)
{
    const struct section *s = NULL;
    TRY(find(c, slug, &s, err));
    int64_t parent_id = s->parent_id;
    if (to->parent.p != NULL)
        TRY(find_parent(c, to->parent, s->id, &parent_id, err));
    return renumber(c, s, parent_id, to->place, err);
}

enum rc
news_section_move(struct store *st, const struct site *site, struct str slug,
                  const struct section_spot *to, int64_t now, struct err *err)
{
    struct change c;
    TRY(begin(&c, st, site, err));
    return finish(&c, move(&c, slug, to, err), now, err);
}

static enum rc
remove_section(struct change *c, struct str slug, struct err *err)
{
    const struct section *s = NULL;
    bool is_used = false;
    TRY(find(c, slug, &s, err));
    for (int i = 0; i < c->all.n; i++)
        if (c->all.all[i].parent_id == s->id)
            return err_set(err, RC_CONFLICT, "section \"%.*s\" has \"%.*s\" inside",
                           STR_ARG(slug), STR_ARG(c->all.all[i].slug));
    TRY(store_section_in_use(c->st, s->id, &is_used, err));
    if (is_used)
        return err_set(err, RC_CONFLICT, "section \"%.*s\" has items", STR_ARG(slug));
    return store_section_remove(c->st, s->id, err);
}

enum rc
news_section_remove(struct store *st, const struct site *site, struct str slug,
                    int64_t now, struct err *err)
{
    struct change c;
    TRY(begin(&c, st, site, err));
    return finish(&c, remove_section(&c, slug, err), now, err);
}

static enum rc
set_four_eyes(struct change *c, struct str slug, bool is_on, struct err *err)
{
    const struct section *s = NULL;
    TRY(find(c, slug, &s, err));
    return store_section_set_four_eyes(c->st, s->id, is_on, err);
}

enum rc
news_section_set_four_eyes(struct store *st, const struct site *site, struct str slug,
                           bool is_on, int64_t now, struct err *err)
{
    struct change c;
    TRY(begin(&c, st, site, err));
    return finish(&c, set_four_eyes(&c, slug, is_on, err), now, err);
}
