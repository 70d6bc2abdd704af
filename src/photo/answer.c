/* photo/answer.c - reading members of an order, adding files to an answer. */
#include "photo/order.h"

json_t *
photo_answer_file(struct photo_answer *out, const char *name, struct str bytes)
{
    json_t *files = json_object_get(out->json, "files");
    json_t *file = json_pack("{s:s, s:I}", "name", name, "bytes", (json_int_t)bytes.n);
    if (files == NULL) {
        files = json_array();
        json_object_set_new(out->json, "files", files);
    }
    json_array_append_new(files, file);
    out->files[out->n_files++] = bytes;
    return file;
}

struct str
photo_order_text(const struct photo_order *o, const char *object, const char *member)
{
    const json_t *in = object != NULL ? json_object_get(o->json, object) : o->json;
    const json_t *text = json_object_get(in, member);
    if (!json_is_string(text))
        return (struct str){0};
    return (struct str){json_string_value(text), json_string_length(text)};
}
