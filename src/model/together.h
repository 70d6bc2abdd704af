/* model/together.h - what people who work on one text have between them, as facts: filled
 * by news and auth, shown by web. */
#ifndef MODEL_TOGETHER_H
#define MODEL_TOGETHER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/time.h"

/* What somebody typed and did not save. */
struct working {
    struct str draft; /* the word of the form it was typed into */
    int64_t item_id;  /* 0: an item that was never saved */
    int64_t typed_at;
    struct str title; /* as it stands in the form */
    struct str form;  /* its fields as a browser sends them; absent in lists */
};
enum { WORKING_DRAFT_MAX = 64 }; /* letters and digits of a form's word */

/* What is said about an item; plain text. */
struct comment {
    int64_t id, at;
    int64_t revision; /* number of the newest one then */
    struct str author, text;
    int64_t resolved_at; /* TIME_NONE: it is still to be seen to */
    struct str resolved_by;
};
enum { COMMENT_MAX = 4000 }; /* bytes */

/* An address for people without an account. */
struct preview_link {
    int64_t id, item_id;
    int64_t revision; /* 0: whichever is the newest */
    int64_t made_at, expires_at;
    struct str made_by;
    int64_t revoked_at; /* TIME_NONE: it was not */
    struct str revoked_by;
    int64_t n_opened;
};
struct preview_opening {
    int64_t link_id, at;
    struct str address;
};
enum {
    PREVIEW_DEFAULT_S = 48 * TIME_HOUR_S,
    PREVIEW_MOST_S = 30 * TIME_DAY_S,
};

/* Somebody who is at the same item. */
struct presence {
    struct str name;
    int64_t began_at;
};
enum { PRESENCE_MOST = 8 }; /* who are named */
struct presences {
    struct presence all[PRESENCE_MOST];
    int n;
};

#endif
