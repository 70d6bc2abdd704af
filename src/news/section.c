/* news/section.c - changing the tree of sections. */
#include "news/section.h"

#include "model/person.h"
#include "news/desk_in.h"
#include "store/section.h"

#include "base/utf8.h"

/* One change under way. */
struct change {
    const struct desk *d;
    struct store *st;
    const struct site *site;
    struct arena arena;
    struct sections all;
    struct str detail; /* what is told of it */
};

static enum rc
begin(struct change *c, const struct desk *d, struct err *err)
{
    *c = (struct change){.d = d, .st = d->st, .site = d->site};
    if (d->actor->person != NULL && !right_allows(d->actor->person, RIGHT_SECTIONS, NULL))
        return err_set(err, RC_DENIED, "%.*s may not change sections",
                       STR_ARG(d->actor->name));
    arena_init(&c->arena);
    TRY(store_write_begin(c->st, err));
    enum rc rc = store_section_all(c->st, c->site, &c->arena, &c->all, err);
    if (rc != RC_OK) {
        store_write_rollback(c->st);
        arena_done(&c->arena);
    }
    return rc;
}

static enum rc
finish(struct change *c, enum rc rc, const char *action, struct err *err)
{
    rc = room_end(c->d, rc, action, STR(""), c->detail, true, err);
    arena_done(&c->arena);
    return rc;
}

/* Adds to what is told of the change. */
static void
tell(struct change *c, const char *what, struct str value)
{
    c->detail =
        str_fmt(&c->arena, "%.*s %s \"%.*s\"", STR_ARG(c->detail), what, STR_ARG(value));
}

/* What stands in the way, and of which field. */
#define in_the_way(err, field, ...) \
    (err_field(err, field, __VA_ARGS__), (err)->rc = RC_CONFLICT)

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
        return in_the_way(err, "slug", "there is a section \"%.*s\" already",
                          STR_ARG(slug));
    return RC_OK;
}

static bool
is_line(struct str s)
{
    return utf8_check(s) == s.n && utf8_find_control(s) == s.n &&
           str_find(s, '\n') == s.n && str_find(s, '\t') == s.n;
}

static enum rc
check_names(const struct str names[SITE_LANGS_MAX], struct err *err)
{
    for (int i = 0; i < SITE_LANGS_MAX; i++)
        if (names[i].n > SECTION_NAME_MAX || !is_line(names[i]))
            return err_field(err, "name", "a section's name is one line of %d bytes",
                             SECTION_NAME_MAX);
    return RC_OK;
}

static enum rc
no_name(const struct change *c, struct err *err)
{
    return err_field(err, "name", "a name in the language \"%.*s\" is needed",
                     STR_ARG(c->site->langs[0].code));
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
        return in_the_way(err, "parent",
                          "\"%.*s\" is inside another section: sections "
                          "have two levels",
                          STR_ARG(parent));
    if (p->id == child_id)
        return in_the_way(err, "parent", "a section cannot be inside itself");
    for (int i = 0; child_id != 0 && i < c->all.n; i++)
        if (c->all.all[i].parent_id == child_id)
            return in_the_way(err, "parent",
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
    TRY(check_names(s->names, err));
    if (s->names[0].n == 0)
        return no_name(c, err);
    if (c->all.n >= SECTIONS_MAX)
        return err_set(err, RC_CONFLICT, "a site has at most %d sections", SECTIONS_MAX);
    TRY(find_parent(c, parent, 0, &s->parent_id, err));
    c->detail = s->slug;
    s->position = last_position(c, s->parent_id) + 1;
    TRY(store_section_add(c->st, c->site, s, err));
    return s->has_four_eyes ? store_section_set_four_eyes(c->st, s->id, true, err)
                            : RC_OK;
}

enum rc
news_section_add(const struct desk *d, struct section *s, struct str parent,
                 struct err *err)
{
    struct change c;
    TRY(begin(&c, d, err));
    return finish(&c, add(&c, s, parent, err), "section add", err);
}

/* ---- changing one ---- */

static enum rc
set_slug(struct change *c, const struct section *s, struct str slug, struct err *err)
{
    if (slug.p == NULL || str_eq(slug, s->slug))
        return RC_OK;
    TRY(check_slug(c, slug, err));
    tell(c, "slug", slug);
    return store_section_set_slug(c->st, s->id, s->slug, slug, err);
}

static enum rc
set_name(struct change *c, const struct section *s, int lang, struct str name,
         struct err *err)
{
    struct str code = c->site->langs[lang].code;
    if (name.p == NULL || str_eq(name, s->names[lang]))
        return RC_OK;
    if (name.n == 0 && lang == 0)
        return no_name(c, err);
    tell(c, str_fmt(&c->arena, "%.*s", STR_ARG(code)).p, name);
    return name.n > 0 ? store_section_set_name(c->st, s->id, code, name, err)
                      : store_section_drop_name(c->st, s->id, code, err);
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
set_spot(struct change *c, const struct section *s, const struct section_spot *to,
         struct err *err)
{
    int64_t parent_id = s->parent_id;
    if (to == NULL)
        return RC_OK;
    if (to->parent.p != NULL)
        TRY(find_parent(c, to->parent, s->id, &parent_id, err));
    if (to->parent.p != NULL && parent_id != s->parent_id)
        tell(c, "inside", to->parent.n > 0 ? to->parent : STR("none"));
    tell(c, "place",
         to->place > 0 ? str_fmt(&c->arena, "%lld", (long long)to->place) : STR("last"));
    return renumber(c, s, parent_id, to->place, err);
}

static enum rc
set_four_eyes(struct change *c, const struct section *s, const bool *is_on,
              struct err *err)
{
    if (is_on == NULL || *is_on == s->has_four_eyes)
        return RC_OK;
    tell(c, "four eyes", *is_on ? STR("on") : STR("off"));
    return store_section_set_four_eyes(c->st, s->id, *is_on, err);
}

static enum rc
change_section(struct change *c, struct str slug, const struct section_change *to,
               struct err *err)
{
    const struct section *s = NULL;
    TRY(find(c, slug, &s, err));
    c->detail = str_fmt(&c->arena, "%.*s:", STR_ARG(slug));
    TRY(check_names(to->names, err));
    TRY(set_slug(c, s, to->slug, err));
    for (int i = 0; i < c->site->n_langs; i++)
        TRY(set_name(c, s, i, to->names[i], err));
    TRY(set_spot(c, s, to->to, err));
    return set_four_eyes(c, s, to->four_eyes, err);
}

enum rc
news_section_change(const struct desk *d, struct str slug,
                    const struct section_change *change, struct err *err)
{
    struct change c;
    TRY(begin(&c, d, err));
    return finish(&c, change_section(&c, slug, change, err), "section change", err);
}

/* ---- removing one ---- */

static enum rc
remove_section(struct change *c, struct str slug, int64_t *id, struct err *err)
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
    c->detail = slug;
    *id = s->id;
    return store_section_remove(c->st, s->id, err);
}

enum rc
news_section_remove(const struct desk *d, struct str slug, int64_t *id, struct err *err)
{
    struct change c;
    TRY(begin(&c, d, err));
    return finish(&c, remove_section(&c, slug, id, err), "section remove", err);
}
