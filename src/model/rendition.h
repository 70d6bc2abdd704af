/* model/rendition.h - what is given out of a photo: which files, in which sizes, under
 * which names. Facts only; photo/render.c makes them, view/photo.c names them. */
#ifndef MODEL_RENDITION_H
#define MODEL_RENDITION_H

#include "model/item.h"

enum {
    RENDITION_RECIPE = 1,       /* part of the digest: another one makes all files anew */
    RENDITION_DIGEST_SIZE = 32, /* hex digits */
    RENDITION_SIZES_MAX = 3,    /* of one shape */
    RENDITION_FILES_MAX = 11,   /* in one folder */
};

/* A browser takes the modern one, a program that knows no other takes the JPEG. */
enum rendition_format { RENDITION_JPEG, RENDITION_MODERN, RENDITION_FORMAT__MAX };

/* The shapes a photo is given out in. */
enum rendition_shape {
    RENDITION_WHOLE, /* uncropped: widths 480, 960, 1600 */
    RENDITION_CARD,  /* 3:2 around the focal point: widths 480, 960 */
    RENDITION_SHARE, /* Open Graph, 1200 x 630 around the focal point, JPEG only */
    RENDITION_SHAPE__MAX
};

struct rendition_size {
    int width_px, height_px;
};

/* The sizes of a shape, ascending, of a photo of these sides (as shown, each 1 to 16000);
 * never enlarged: a photo that has less than a width has as much as there is as its last.
 * At least one; returns how many. */
int rendition_sizes(enum rendition_shape shape, int width_px, int height_px,
                    struct rendition_size out[RENDITION_SIZES_MAX]);

/* Which part of a photo a shape shows. */
struct rendition_box {
    int left, top, width_px, height_px;
};

/* The largest part of the shape's proportions, its middle as near to the focal point
 * ("x,y" in percent; the photo's middle when absent) as the edges let it be. */
struct rendition_box rendition_box(enum rendition_shape shape, int width_px,
                                   int height_px, struct str focal);

/* The file's name in its folder: "960.jpg", "card-480.webp", "share.jpg". */
struct str rendition_file(struct arena *a, enum rendition_shape shape, int width_px,
                          enum rendition_format format);

/* Is it such a name? */
bool rendition_file_is_valid(struct str name);

/* Does the shape have files of this format? */
bool rendition_has(enum rendition_shape shape, enum rendition_format format);

/* "jpg" and "image/jpeg"; static storage. */
const char *rendition_ext(enum rendition_format format);
const char *rendition_mime(enum rendition_format format);

/* Names the set of files made of p: of its sha256, the texts that are written inside
 * (model/photo.def; as they are in p, so effective ones where p is a use), the focal
 * point and the recipe. RENDITION_DIGEST_SIZE lower-case hex digits in a. */
struct str rendition_digest(struct arena *a, const struct photo *p);

#endif
