/* media/give.c - orders for the files that are given out, and their answers. */
#include "media/give.h"

#include <jansson.h>

#include "media/found.h"
#include "media/image.h"

#include "base/buf.h"

enum { FILES_BYTES_MAX = 256 * 1000 * 1000 };

static void
end_json(void *json)
{
    json_decref(json);
}

/* Compact, in a. Takes the object over. */
static struct str
dump(struct arena *a, json_t *json)
{
    struct buf b;
    size_t n = json_dumpb(json, NULL, 0, JSON_COMPACT);
    buf_init(&b, a, MEDIA_ORDER_MAX);
    char *to = buf_space(&b, n);
    if (to != NULL)
        buf_filled(&b, json_dumpb(json, to, n, JSON_COMPACT));
    json_decref(json);
    return buf_str(&b);
}

static json_t *
words_of(const struct photo *p)
{
    struct photo copy = *p;
    json_t *words = json_object();
    for (int i = 0; i < FOUND_WORDS; i++) {
        struct str text = *media_photo_text(&copy, i);
        if (text.n > 0)
            json_object_set_new(words, media_photo_key(i), json_stringn(text.p, text.n));
    }
    return words;
}

struct str
media_give_order(struct arena *a, const struct photo *p)
{
    return dump(a, json_pack("{s:s, s:o, s:s%}", "do", "render", "words", words_of(p),
                             "focal", p->focal.n > 0 ? p->focal.p : "", p->focal.n));
}

enum rc
media_give_rewrite(const struct media_helper *h, const struct photo *p,
                   struct str original, struct arena *a, struct str *out, struct str *ext,
                   struct err *err)
{
    struct media_answer answer;
    struct media_image head;
    json_t *order = json_pack("{s:s, s:o}", "do", "rewrite", "words", words_of(p));
    TRY(media_helper_run(h, dump(a, order), original, a, &answer, err));
    if (answer.n_files != 1)
        return err_set(err, RC_FAILED, "the photo helper made no file");
    *out = answer.files[0].bytes;
    TRY(media_image_read(*out, out->n, &head, err));
    *ext = str_of(media_type_ext(head.type));
    return RC_OK;
}

/* All files a photo of these sides has, in the order in which they are made. */
static void
expected(const struct photo *p, struct arena *a, struct media_given *out)
{
    out->n = 0;
    for (int shape = 0; shape < RENDITION_SHAPE__MAX; shape++) {
        enum rendition_shape s = (enum rendition_shape)shape;
        struct rendition_size sizes[RENDITION_SIZES_MAX];
        int n = rendition_sizes(s, p->width_px, p->height_px, sizes);
        for (int i = 0; i < n * RENDITION_FORMAT__MAX; i++) {
            enum rendition_format f = (enum rendition_format)(i % RENDITION_FORMAT__MAX);
            struct rendition_size size = sizes[i / RENDITION_FORMAT__MAX];
            if (!rendition_has(s, f))
                continue;
            out->files[out->n].name = rendition_file(a, s, size.width_px, f);
            out->sizes[out->n++] = size;
        }
    }
}

enum rc
media_give_made(const struct photo *p, const struct media_answer *answer, struct arena *a,
                struct media_given *out, struct err *err)
{
    expected(p, a, out);
    if (answer->n_files != out->n)
        return err_set(err, RC_FAILED, "%d files were made, not %d", answer->n_files,
                       out->n);
    for (int i = 0; i < out->n; i++) {
        if (!str_eq(answer->files[i].name, out->files[i].name))
            return err_set(err, RC_FAILED, "%.*s was made, not %.*s",
                           STR_ARG(answer->files[i].name), STR_ARG(out->files[i].name));
        out->files[i].bytes = answer->files[i].bytes;
    }
    return RC_OK;
}

struct str
media_give_check(struct arena *a, const struct media_given *made, struct str *bytes)
{
    struct buf all;
    json_t *sizes = json_array();
    buf_init(&all, a, FILES_BYTES_MAX);
    for (int i = 0; i < made->n; i++) {
        json_array_append_new(sizes, json_integer((json_int_t)made->files[i].bytes.n));
        buf_add(&all, made->files[i].bytes);
    }
    *bytes = buf_str(&all);
    return dump(a, json_pack("{s:s, s:o}", "do", "check", "files", sizes));
}

static enum rc
wrong(struct str name, const char *what, struct err *err)
{
    return err_set(err, RC_FAILED, "%.*s was made, but its %s is not what was ordered",
                   STR_ARG(name), what);
}

/* What the helper says of one file, against what it is to be. */
static enum rc
check_file(const struct photo *p, const struct media_given *made, int i,
           const json_t *said, struct arena *a, struct err *err)
{
    struct str name = made->files[i].name, ext = name;
    struct media_found_words words;
    const char *type = json_string_value(json_object_get(said, "type"));
    json_int_t w = json_integer_value(json_object_get(said, "width"));
    json_int_t h = json_integer_value(json_object_get(said, "height"));
    (void)str_cut(&ext, '.');
    if (type == NULL || !str_eq_z(ext, type))
        return wrong(name, "format", err);
    if (w != made->sizes[i].width_px || h != made->sizes[i].height_px)
        return wrong(name, "size", err);
    json_t *found = json_object_get(said, "found");
    if (!json_is_object(found))
        return wrong(name, "answer", err);
    TRY(media_found_read(dump(a, json_incref(found)), a, &words, err));
    const char *lacks = media_found_lacks(&words, p, a);
    return lacks == NULL ? RC_OK : wrong(name, lacks, err);
}

enum rc
media_give_checked(const struct photo *p, const struct media_given *made,
                   struct str answer, struct arena *a, struct err *err)
{
    json_t *json = json_loadb(answer.p, answer.n, JSON_REJECT_DUPLICATES, NULL);
    const json_t *files = json_object_get(json, "looked");
    if (json == NULL || (int)json_array_size(files) != made->n) {
        json_decref(json);
        return err_set(err, RC_FAILED, "the photo helper did not look at every file");
    }
    arena_at_end(a, end_json, json);
    for (int i = 0; i < made->n; i++)
        TRY(check_file(p, made, i, json_array_get(files, (size_t)i), a, err));
    return RC_OK;
}
