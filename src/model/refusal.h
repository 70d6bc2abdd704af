/* model/refusal.h - why a text of an item or a photo's file is refused, for who tells it
 * to its writer; goes with an error (err_because). */
#ifndef MODEL_REFUSAL_H
#define MODEL_REFUSAL_H

/* What the place and the number of each are. */
enum refusal {
    REFUSED_NOT_TOLD,
    REFUSED_CHARACTER,     /* a line of the body */
    REFUSED_IMAGE,         /* a line; it names no photo */
    REFUSED_PHOTO_NUMBER,  /* a line; how many photos there are */
    REFUSED_PHOTO_TEXT,    /* a line; the photo */
    REFUSED_PHOTO_PLACE,   /* a line; the photo */
    REFUSED_PHOTO_TWICE,   /* a line; the photo */
    REFUSED_DEFINITIONS,   /* neither */
    REFUSED_OLD_ADDRESSES, /* no place; how many there may be */
    REFUSED_WEB_ADDRESS,   /* neither: of what is said of a photo */
    REFUSED_DECORATIVE,    /* neither; it has an alt text as well */
    REFUSED_LAST_CREDIT,   /* neither; a published item has no other for its photo */
/* A photo's file; no place. */
#define REFUSED_FILE(name, word, rc) REFUSED_FILE_##name,
#include "model/refused_file.def"
#undef REFUSED_FILE
    REFUSED_FILE_NO_ROOM, /* nothing is wrong with it: it could not be stored */
    REFUSED_FILE_LATER,   /* nothing is wrong with it: nobody had time for it */
    REFUSAL__MAX
};

#endif
