/* photo/look.c - the order "look": is it a whole picture, which, how large, what does it
 * say about itself? */
#include "photo/order.h"
#include "photo/picture.h"
#include "photo/words.h"

static json_t *
found_in(struct str bytes, struct arena *a)
{
    struct media_found_words words;
    photo_words_read(bytes, a, &words);
    struct str json = media_found_write(&words, a);
    return json_loadb(json.p, json.n, 0, NULL);
}

enum rc
photo_look(const struct photo_order *o, struct photo_answer *out, struct err *err)
{
    struct photo_picture p;
    TRY(photo_picture_open(o->bytes, &p, err));
    enum rc rc = photo_picture_decode(&p, err);
    photo_picture_close(&p);
    json_object_set_new(out->json, "type", json_string(media_type_ext(p.head.type)));
    json_object_set_new(out->json, "width", json_integer(p.head.width_px));
    json_object_set_new(out->json, "height", json_integer(p.head.height_px));
    if (rc == RC_OK)
        json_object_set_new(out->json, "found", found_in(o->bytes, out->a));
    return rc;
}
