/* media/give.h - the files that are given out of a photo, as ordered from the photo
 * helper and as looked at by another one before they are given out.
 *
 * What the helper answers is not trusted: names, sizes and formats are those that
 * model/rendition.h says, or the answer is refused. */
#ifndef MEDIA_GIVE_H
#define MEDIA_GIVE_H

#include "media/helper.h"
#include "media/set.h"
#include "model/rendition.h"

/* What a photo's files are to be. */
struct media_given {
    struct media_set_file files[RENDITION_FILES_MAX];
    struct rendition_size sizes[RENDITION_FILES_MAX];
    int n;
};

/* The order to make them: of the original, with p's texts and focal point. In a. */
struct str media_give_order(struct arena *a, const struct photo *p);

/* The files of the answer; they live as long as it. RC_FAILED: it is not what was
 * ordered. */
enum rc media_give_made(const struct photo *p, const struct media_answer *answer,
                        struct arena *a, struct media_given *out,
                        struct err *err) MUST_CHECK;

/* The order to look at such files, and its bytes: one file after the other. In a. */
struct str media_give_check(struct arena *a, const struct media_given *made,
                            struct str *bytes);

/* Are they what they are to be: format and sides by the name, p's texts inside, and
 * nothing about a place or an owner? RC_FAILED names the file and what is wrong. */
enum rc media_give_checked(const struct photo *p, const struct media_given *made,
                           struct str answer, struct arena *a,
                           struct err *err) MUST_CHECK;

/* The original with p's texts inside and nothing else of its own said: the same picture,
 * or of AVIF and HEIC a JPEG in full size. For people of the newsroom, who are given it
 * as it is.
 *   out, ext  in a; static storage: "jpg"
 *   returns   as media_helper_run */
enum rc media_give_rewrite(const struct media_helper *h, const struct photo *p,
                           struct str original, struct arena *a, struct str *out,
                           struct str *ext, struct err *err) MUST_CHECK;

#endif
