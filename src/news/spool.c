/* news/spool.c - structs with their texts, to a file and back. */
#include "news/spool.h"

#include <errno.h>
#include <stddef.h>
#include <unistd.h>

#include "base/file.h"

enum { BLOCK = 256 * 1024, RECORD_MAX = 16 * 1024 * 1024 };

/* The members that are texts, as the table of keys says. */
enum kind { KIND_LINE, KIND_TEXT, KIND_TIME, KIND_BOOL, KIND_SPECIAL };
struct member {
    enum kind kind;
    size_t offset;
};
static const struct member item_members[] = {
#define ITEM_KEY(key, kind, member, max) {KIND_##kind, offsetof(struct exchange, member)},
#include "news/exchange_keys.def"
#undef ITEM_KEY
};
static const struct member correction_members[] = {
#define CORRECTION_KEY(key, kind, member, max) \
    {KIND_##kind, offsetof(struct correction, member)},
#include "news/exchange_keys.def"
#undef CORRECTION_KEY
};
static const struct member photo_members[] = {
#define PHOTO_KEY(key, kind, member, max) {KIND_##kind, offsetof(struct photo, member)},
#include "news/exchange_keys.def"
#undef PHOTO_KEY
};

typedef void text_fn(void *ctx, struct str *text);

static void
each_member(void *object, const struct member *members, size_t n, text_fn *fn, void *ctx)
{
    for (size_t i = 0; i < n; i++)
        if (members[i].kind == KIND_LINE || members[i].kind == KIND_TEXT)
            fn(ctx, (struct str *)(void *)((char *)object + members[i].offset));
}

/* Calls fn for every text of an item, in an order that is always the same. */
static void
each_text(struct exchange *x, text_fn *fn, void *ctx)
{
    struct item *it = &x->item;
    each_member(x, item_members, N_ELEMENTS(item_members), fn, ctx);
    fn(ctx, &it->withdrawn_reason);
    for (int i = 0; i < it->n_photos; i++) {
        each_member(&it->photos[i], photo_members, N_ELEMENTS(photo_members), fn, ctx);
        fn(ctx, &it->photos[i].found);
    }
    for (int i = 0; i < x->corrections.n; i++)
        each_member(&x->corrections.all[i], correction_members,
                    N_ELEMENTS(correction_members), fn, ctx);
    for (int i = 0; i < it->n_tags; i++)
        fn(ctx, &it->tags[i]);
    for (int i = 0; i < it->n_old_urls; i++)
        fn(ctx, &it->old_urls[i]);
}

void
spool_init(struct spool *s, struct arena *a, int fd)
{
    *s = (struct spool){.fd = fd, .in = arena_alloc(a, BLOCK)};
    buf_init(&s->out, a, RECORD_MAX + BLOCK);
}

static enum rc
failed(struct err *err)
{
    return err_set(err, RC_FAILED, "the file of checked items beside the database: %s%s",
                   errno == ENOSPC ? "the disk is full: " : "", strerrordesc_np(errno));
}

static enum rc
flush(struct spool *s, struct err *err)
{
    bool is_written = file_write_fd(s->fd, buf_str(&s->out));
    buf_clear(&s->out);
    return is_written ? RC_OK : failed(err);
}

static void
add_bytes(struct buf *b, const void *p, size_t n)
{
    if (n > 0)
        buf_add(b, (struct str){p, n});
}

static void
add_text(void *ctx, struct str *text)
{
    add_bytes(ctx, text->p, text->n);
}

static void
add_length(void *ctx, struct str *text)
{
    *(size_t *)ctx += text->n;
}

/* How long its lists are, in bytes. */
static size_t
size_of_lists(const struct exchange *x)
{
    const struct item *it = &x->item;
    return (size_t)it->n_photos * sizeof *it->photos +
           (size_t)x->corrections.n * sizeof *x->corrections.all +
           (size_t)(it->n_tags + it->n_old_urls) * sizeof(struct str);
}

enum rc
spool_put(struct spool *s, const struct spooled *one, struct err *err)
{
    struct spooled copy = *one;
    const struct item *it = &copy.x.item;
    size_t size = size_of_lists(&copy.x);
    each_text(&copy.x, add_length, &size);
    add_bytes(&s->out, &size, sizeof size);
    add_bytes(&s->out, &copy, sizeof copy);
    add_bytes(&s->out, it->photos, (size_t)it->n_photos * sizeof *it->photos);
    add_bytes(&s->out, copy.x.corrections.all,
              (size_t)copy.x.corrections.n * sizeof *copy.x.corrections.all);
    add_bytes(&s->out, it->tags, (size_t)it->n_tags * sizeof *it->tags);
    add_bytes(&s->out, it->old_urls, (size_t)it->n_old_urls * sizeof *it->old_urls);
    each_text(&copy.x, add_text, &s->out);
    if (!buf_ok(&s->out))
        return err_set(err, RC_FAILED, "an item of over %d bytes", RECORD_MAX);
    return s->out.n >= BLOCK ? flush(s, err) : RC_OK;
}

enum rc
spool_rewind(struct spool *s, struct err *err)
{
    TRY(flush(s, err));
    s->from = s->end = 0;
    return lseek(s->fd, 0, SEEK_SET) == 0 ? RC_OK : failed(err);
}

/* Takes n bytes out of the file. RC_NOT_FOUND at its end. */
static enum rc
take(struct spool *s, void *to, size_t n, struct err *err)
{
    char *p = to;
    while (n > 0) {
        size_t some = s->end - s->from < n ? s->end - s->from : n;
        memcpy(p, s->in + s->from, some);
        s->from += some;
        p += some;
        n -= some;
        if (n == 0)
            break;
        ssize_t got = read(s->fd, s->in, BLOCK);
        if (got < 0 && errno != EINTR)
            return failed(err);
        if (got == 0)
            return RC_NOT_FOUND;
        s->from = 0;
        s->end = got > 0 ? (size_t)got : 0;
    }
    return RC_OK;
}

/* The bytes of a text stand where the cursor is; an absent one has none. */
static void
point_text(void *ctx, struct str *text)
{
    char **cursor = ctx;
    if (text->p != NULL)
        text->p = *cursor;
    *cursor += text->n;
}

enum rc
spool_next(struct spool *s, struct arena *a, struct spooled *out, struct err *err)
{
    size_t size = 0;
    TRY(take(s, &size, sizeof size, err));
    TRY(take(s, out, sizeof *out, err));
    char *cursor = arena_alloc(a, size);
    TRY(take(s, cursor, size, err));
    struct item *it = &out->x.item;
    it->photos = (struct photo *)(void *)cursor;
    cursor += (size_t)it->n_photos * sizeof *it->photos;
    out->x.corrections.all = (struct correction *)(void *)cursor;
    cursor += (size_t)out->x.corrections.n * sizeof *out->x.corrections.all;
    it->tags = (struct str *)(void *)cursor;
    it->old_urls = it->tags + it->n_tags;
    cursor = (char *)(it->old_urls + it->n_old_urls);
    each_text(&out->x, point_text, &cursor);
    return RC_OK;
}
