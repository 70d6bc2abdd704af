/* news/bulk.c - one item of several. */
#include "news/bulk.h"

/* One under way. */
struct one {
    const struct desk *d;
    const struct bulk_order *o;
    struct str name;
    int64_t version;
    struct arena *a;
    struct bulk_done *out;
};

static enum rc
step(const struct one *b, enum desk_step s, struct err *err)
{
    struct desk_order o = {.name = b->name,
                           .step = s,
                           .version = b->version,
                           .reason = b->o->reason,
                           .at = TIME_NONE};
    b->out->is_changed = true;
    return news_desk_step(b->d, &o, &b->out->shorts, err);
}

static enum rc
save(const struct one *b, const struct item *it, struct err *err)
{
    struct desk_saved saved;
    struct merge unused;
    struct desk_save s = {
        .item = it, .based_on = b->version, .is_minor = b->out->before.is_minor};
    TRY(news_desk_save(b->d, &s, b->a, &saved, &unused, err));
    b->out->is_changed = saved.is_changed;
    return RC_OK;
}

static enum rc
approve(const struct one *b, struct err *err)
{
    return step(b, STEP_APPROVE, err);
}

static enum rc
withdraw(const struct one *b, struct err *err)
{
    return step(b, STEP_WITHDRAW, err);
}

static enum rc
move(const struct one *b, struct err *err)
{
    struct item it = b->out->before.item;
    it.section_id = b->o->section_id;
    return save(b, &it, err);
}

/* The item's tags but this one, with room for another. */
static void
drop_tag(const struct one *b, struct item *it)
{
    struct str *tags = arena_array(b->a, struct str, it->n_tags + 1);
    int n = 0;
    for (int i = 0; i < it->n_tags; i++)
        if (!str_eq(it->tags[i], b->o->tag))
            tags[n++] = it->tags[i];
    it->tags = tags;
    it->n_tags = n;
}

static enum rc
add_tag(const struct one *b, struct err *err)
{
    struct item it = b->out->before.item;
    int before = it.n_tags;
    drop_tag(b, &it);
    if (it.n_tags < before) /* it has the tag, and in its place */
        return RC_OK;
    if (it.n_tags == ITEM_TAGS_MAX)
        return err_field(err, "tag", "an item has at most %d tags", ITEM_TAGS_MAX);
    it.tags[it.n_tags++] = b->o->tag;
    return save(b, &it, err);
}

static enum rc
remove_tag(const struct one *b, struct err *err)
{
    struct item it = b->out->before.item;
    drop_tag(b, &it);
    return save(b, &it, err);
}

static const struct {
    const char *word;
    enum bulk_needs needs;
    enum rc (*run)(const struct one *b, struct err *err);
} actions[BULK__MAX] = {
#define BULK(constant, word, needs, run) {word, needs, run},
#include "news/bulk.def"
#undef BULK
};

const char *
bulk_word(enum desk_bulk b)
{
    return actions[b].word;
}

int
bulk_read(struct str word)
{
    for (int i = 0; i < BULK__MAX; i++)
        if (str_eq_z(word, actions[i].word))
            return i;
    return -1;
}

enum bulk_needs
bulk_needs(enum desk_bulk b)
{
    return actions[b].needs;
}

enum rc
news_bulk(const struct desk *d, const struct bulk_order *o, int64_t item_id,
          int64_t version, struct arena *a, struct bulk_done *out, struct err *err)
{
    struct one b = {.d = d, .o = o, .version = version, .a = a, .out = out};
    struct desk_item now;
    *out = (struct bulk_done){0};
    TRY(news_desk_name(d, item_id, a, &b.name, err));
    TRY(news_desk_read(d, b.name, a, &now, err));
    out->before = now;
    if (version != now.version)
        return err_set(err, RC_CONFLICT, "%.*s saved version %lld meanwhile",
                       STR_ARG(now.saved_by), (long long)now.version);
    return actions[o->action].run(&b, err);
}
