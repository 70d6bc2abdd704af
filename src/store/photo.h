/* store/photo.h - photo files and their use in items, as they are remembered. */
#ifndef STORE_PHOTO_H
#define STORE_PHOTO_H

#include "model/item.h"
#include "store/store.h"

/* Fills it->photos, in order; all of them, also those whose rights have ended. 1
 * statement. */
enum rc store_photo_of_item(struct store *st, int64_t item_id, struct arena *a,
                            struct item *it, struct err *err) MUST_CHECK;

/* Remembers a file (sha256, ext, sizes), once. 1 or 2 statements. */
enum rc store_photo_add(struct store *st, const struct photo *p,
                        struct err *err) MUST_CHECK;

/* A file by its digest: ext and sizes. RC_NOT_FOUND. */
enum rc store_photo_by_sha256(struct store *st, struct str sha256, struct arena *a,
                              struct photo *out, struct err *err) MUST_CHECK;

/* Connects the photos of it to it. A photo without credit is refused by the schema. */
enum rc store_photo_add_to_item(struct store *st, const struct item *it,
                                struct err *err) MUST_CHECK;

/* Does a visible item use this file now? 1 statement. */
enum rc store_photo_is_shown(struct store *st, struct str sha256, struct str ext,
                             int64_t now, bool *out, struct err *err) MUST_CHECK;

/* A remembered file: row number, digest, extension, bytes. */
struct photo_file {
    int64_t id;
    struct photo photo;
};
struct photo_files {
    struct photo_file *all;
    int n;
};

/* Up to limit files after after_id, ascending; for checks. */
enum rc store_photo_files(struct store *st, int64_t after_id, int limit, struct arena *a,
                          struct photo_files *out, struct err *err) MUST_CHECK;

#endif
