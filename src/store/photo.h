/* store/photo.h - the photo library and the use of photos in items, as remembered. */
#ifndef STORE_PHOTO_H
#define STORE_PHOTO_H

#include "model/desk.h"
#include "model/photo.h"
#include "store/store.h"

/* Fills it->photos with those of the approved text as they are shown, in order; all of
 * them, also those whose rights have ended. 1 statement. */
enum rc store_photo_of_item(struct store *st, int64_t item_id, struct arena *a,
                            struct item *it, struct err *err) MUST_CHECK;

/* A photo of the library. RC_NOT_FOUND. 1 statement. */
enum rc store_photo(struct store *st, int64_t id, struct arena *a,
                    struct library_photo *out, struct err *err) MUST_CHECK;
enum rc store_photo_by_sha256(struct store *st, struct str sha256, struct arena *a,
                              struct library_photo *out, struct err *err) MUST_CHECK;

/* What was said of a photo that came before there was a library, when it became one.
 * RC_NOT_FOUND: it came later. 1 statement. */
enum rc store_photo_before(struct store *st, int64_t id, struct arena *a,
                           struct photo *out, struct err *err) MUST_CHECK;

/* Adds one, with a job to make its files; not withdrawn. RC_CONFLICT when the original is
 * known. Inside store_write_begin. */
enum rc store_photo_add(struct store *st, const struct library_photo *p, int64_t *id,
                        struct err *err) MUST_CHECK;

/* Replaces texts, focal point, end of rights and confirmed_at of a photo (p->id), and
 * what its uses take from it: RC_CONFLICT when one would be left without credit. Adds the
 * job. Inside store_write_begin. */
enum rc store_photo_set(struct store *st, const struct library_photo *p, int64_t now,
                        struct err *err) MUST_CHECK;

/* Sets withdrawn_at and withdrawn_reason of a photo, and the end in all its uses. Inside
 * store_write_begin. */
enum rc store_photo_set_withdrawn(struct store *st, const struct library_photo *p,
                                  struct err *err) MUST_CHECK;

/* Connects the photos of an approved text to its item: own texts, as on the desk, with
 * their library. A photo that is left without credit is refused by the schema. */
enum rc store_photo_add_to_item(struct store *st, const struct item *it,
                                struct err *err) MUST_CHECK;

/* Notes which photos an item names: in its newest text, which this is, and in the one
 * that is approved. */
enum rc store_photo_set_named(struct store *st, const struct item *it,
                              struct err *err) MUST_CHECK;

/* The item names none any more; before it is removed. */
enum rc store_photo_drop_named(struct store *st, int64_t item_id,
                               struct err *err) MUST_CHECK;

/* Does a text name the photo that is approved, out or not, or waits for review?
 * 1 statement. */
enum rc store_photo_is_settled(struct store *st, int64_t id, bool *out,
                               struct err *err) MUST_CHECK;

/* A use of a photo. */
struct photo_use {
    struct item item; /* id, public_id, section_id, lang, slug, title, published_at */
    int64_t visible_from, visible_until;
    int position;      /* in the approved text, from 1; 0: not in it */
    struct str credit; /* shown there */
    bool has_own_credit;
    int64_t ends_at; /* shown there until then; TIME_NONE: no end */
    int64_t author_id;
    enum desk_state state; /* of the newest text */
};
struct photo_uses {
    struct photo_use *all;
    int n;
};

/* Up to limit uses, newest item first; one for each place in an approved text. */
enum rc store_photo_uses(struct store *st, int64_t id, int limit, struct arena *a,
                         struct photo_uses *out, struct err *err) MUST_CHECK;

/* Does a visible item show a photo by the files of this digest now, or by others since
 * these were retired, but not before `since`? 1 statement. */
enum rc store_photo_is_shown(struct store *st, struct str digest, int64_t now,
                             int64_t since, bool *out, struct err *err) MUST_CHECK;

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

/* How many there are. 1 statement, which reads them all. */
enum rc store_photo_count(struct store *st, int64_t *out, struct err *err) MUST_CHECK;

#endif
