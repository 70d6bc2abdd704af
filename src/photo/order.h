/* photo/order.h - what the photo helper is asked and what it answers; the protocol is
 * told in media/helper.h. An order is a file of its own with a row in orders[] of main.c.
 */
#ifndef PHOTO_ORDER_H
#define PHOTO_ORDER_H

#include <jansson.h>

#include "base/err.h"
#include "base/str.h"

struct photo_order {
    const json_t *json; /* the order's line, an object */
    struct str bytes;   /* the picture, or the pictures one after another */
};

enum { PHOTO_FILES_MAX = 16 };

struct photo_answer {
    struct arena *a; /* lives until the answer is written */
    json_t *json;    /* the answer's line: an object to set members of */
    struct str files[PHOTO_FILES_MAX];
    int n_files;
};

/* One order each. RC_OK; RC_INVALID or RC_LIMIT with a reason (photo_refuse): the picture
 * is refused; RC_FAILED: the order itself cannot be carried out. */
enum rc photo_look(const struct photo_order *o, struct photo_answer *out,
                   struct err *err) MUST_CHECK;
enum rc photo_order_render(const struct photo_order *o, struct photo_answer *out,
                           struct err *err) MUST_CHECK;
enum rc photo_order_check(const struct photo_order *o, struct photo_answer *out,
                          struct err *err) MUST_CHECK;
enum rc photo_order_rewrite(const struct photo_order *o, struct photo_answer *out,
                            struct err *err) MUST_CHECK;

struct photo_duty {
    const char *order; /* NULL behind the last */
    enum rc (*carry_out)(const struct photo_order *o, struct photo_answer *out,
                         struct err *err);
};
extern const struct photo_duty photo_duties[];

/* Adds a file to the answer: an entry of its array "files" with name and bytes, which is
 * returned to take more members; bytes stay the caller's and must live as long as
 * out->a. At most PHOTO_FILES_MAX. */
json_t *photo_answer_file(struct photo_answer *out, const char *name, struct str bytes);

/* A text of the order, absent when there is none; of a member of an object of the order
 * (object == NULL: of the order itself). Points into the order. */
struct str photo_order_text(const struct photo_order *o, const char *object,
                            const char *member);

#endif
