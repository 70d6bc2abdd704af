/* media/take.c - looking at what was received. */
#include "media/take.h"

#include <jansson.h>

#include "media/found.h"

#include "base/buf.h"

enum { FOUND_MAX = 256 * 1024 };

static enum rc
strange(struct err *err)
{
    return err_set(err, RC_FAILED, "the photo helper answered what it must not");
}

/* What the answer says was found, as the column keeps it; the helper is not believed. */
static enum rc
read_found(const json_t *json, struct arena *a, struct library_photo *out,
           struct err *err)
{
    struct media_found_words words;
    struct buf b;
    const json_t *found = json_object_get(json, "found");
    size_t n = json_dumpb(found, NULL, 0, JSON_COMPACT);
    buf_init(&b, a, FOUND_MAX);
    char *to = buf_space(&b, n);
    if (!json_is_object(found) || to == NULL)
        return strange(err);
    buf_filled(&b, json_dumpb(found, to, n, JSON_COMPACT));
    TRY(media_found_read(buf_str(&b), a, &words, err));
    out->found = media_found_write(&words, a);
    media_found_fill(&words, &out->photo);
    return RC_OK;
}

enum rc
media_take_look(const struct media_helper *h, struct str bytes,
                const struct media_photo *m, struct arena *a, struct library_photo *out,
                struct err *err)
{
    struct media_answer answer;
    *out = (struct library_photo){.confirmed_at = TIME_NONE, .withdrawn_at = TIME_NONE};
    out->photo = (struct photo){.sha256 = m->sha256,
                                .ext = str_of(m->ext),
                                .width_px = m->width_px,
                                .height_px = m->height_px,
                                .bytes = m->bytes,
                                .expires_at = TIME_NONE};
    TRY(media_helper_run(h, STR("{\"do\":\"look\"}"), bytes, a, &answer, err));
    json_t *json = json_loadb(answer.json.p, answer.json.n, JSON_REJECT_DUPLICATES, NULL);
    const char *type = json_string_value(json_object_get(json, "type"));
    bool is_same = type != NULL && strcmp(type, m->ext) == 0 &&
                   json_integer_value(json_object_get(json, "width")) == m->width_px &&
                   json_integer_value(json_object_get(json, "height")) == m->height_px;
    enum rc rc = is_same ? read_found(json, a, out, err) : strange(err);
    json_decref(json);
    return rc;
}

enum rc
media_take(struct media_receive *r, const struct media_helper *h, struct arena *a,
           struct library_photo *out, struct err *err)
{
    struct media_photo m;
    struct str bytes;
    struct library_photo p;
    TRY(media_receive_look(r, a, &m, err));
    TRY(media_receive_bytes(r, &bytes, err));
    TRY(media_take_look(h, bytes, &m, a, &p, err));
    TRY(media_receive_keep(r, err));
    *out = p;
    return RC_OK;
}
