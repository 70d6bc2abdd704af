/* store/photo_in.h - reading a photo out of a row; for this folder only. */
#ifndef STORE_PHOTO_IN_H
#define STORE_PHOTO_IN_H

#include "model/item.h"
#include "store/query.h"

/* The next columns: file, texts, decorative, focal point, end of rights, as all
 * statements that read photos have them. */
void photo_read(struct query *q, struct arena *a, struct photo *p);

#endif
