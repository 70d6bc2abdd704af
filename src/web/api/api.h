/* web/api/api.h - what the doors for programs share.
 *
 * A door is a row of routes.def that says BEARER. Requests and answers are JSON; what is
 * refused is told as a problem (RFC 9457) in English. The JSON of an item is news' own
 * (news/exchange.h). */
#ifndef WEB_API_API_H
#define WEB_API_API_H

#include <jansson.h>

#include "news/desk.h"
#include "news/photo.h"
#include "web/visit.h"

#define PROBLEM(constant, word, status, title, doors) PROBLEM_##constant,
enum problem_kind {
#include "web/api/problems.def"
    PROBLEM__MAX
};
#undef PROBLEM

enum api_doors {
    API_NONE = 0,
    API_ALL = 1,
    API_TOKEN = 2,
    API_ITEM = 4,
    API_BODY = 8,
    API_CHANGE = 16,
    API_KEY = 32,
    API_VERSION = 64,
    API_MUST = 128,
    API_JSON = 256,
    API_PHOTOS = 512
};

struct problem_row {
    const char *word, *title;
    int status;
    enum api_doors doors;
};
extern const struct problem_row problem_rows[PROBLEM__MAX];

/* What of problems.def's doors a row is, as a set. */
unsigned api_doors_of(const struct route *route);

/* ---- refusing ---- */

/* One thing that is wrong. */
struct api_fault {
    const char *place; /* "pointer" (RFC 6901, into the body), "parameter", "header" */
    struct str name;
    struct str detail;
};
struct api_problem {
    enum problem_kind kind;
    struct str detail; /* absent: the title says it */
    const struct api_fault *faults;
    int n_faults;
    int64_t version; /* the item's newest; 0: not told */
};

/* Answers with a problem. Always RC_OK. */
enum rc api_refuse(struct visit *v, const struct api_problem *p, struct http_response *r);
enum rc api_refuse_one(struct visit *v, enum problem_kind kind,
                       const struct api_fault *fault, struct http_response *r);

/* What news says against a request, as a problem: RC_INVALID with the faults,
 * RC_CONFLICT, RC_DENIED, RC_LIMIT. Any other code is given back. shorts may be NULL. */
enum rc api_refuse_rc(struct visit *v, const struct err *err,
                      const struct shortcomings *shorts, struct http_response *r);

/* The pipeline's answer at the doors for programs when a handler has none. */
void api_fail(struct visit *v, int status, const struct err *err,
              struct http_response *r);

/* The JSON Pointer of a field as exchange_read names it ("photos[2].credit"). */
struct str api_pointer(struct arena *a, struct str field);

/* ---- the gate ---- */

/* Everything between a BEARER row and its handler, as gate_pass: transport, token, scope
 * and right, query, body, If-Match where there must be one. */
enum rc api_pass(struct visit *v, struct http_response *r, struct err *err) MUST_CHECK;

/* Does the token's scope reach to the right? Refuses when not. */
bool api_has_scope(struct visit *v, enum right right, struct http_response *r);

/* ---- answering ---- */

/* Answers 200 with JSON; take: the object is this function's from now on. */
void api_send(struct visit *v, struct str json, struct http_response *r);
void api_send_take(struct visit *v, json_t *object, struct http_response *r);

/* The newsroom for the token's person. The read transaction ends. */
struct desk api_desk(struct visit *v);

/* The item that the path names, which the person may see: RC_NOT_FOUND otherwise. */
enum rc api_open_item(struct visit *v, const struct desk *d, struct desk_item *out,
                      struct err *err) MUST_CHECK;

/* Text as a JSON value; what is no valid UTF-8 becomes "". */
json_t *api_text(struct str s);
/* An instant as RFC 3339 in UTC; a date alone for a date. */
json_t *api_time(struct arena *a, int64_t t, bool is_date_only);

/* The body, which is one JSON object; lives as long as the visit's arena. RC_INVALID. */
enum rc api_read_object(struct visit *v, json_t **out, struct err *err) MUST_CHECK;

/* Reads a text, or an instant (RFC 3339), out of a body, where it stays: RC_INVALID. */
enum rc api_read_text(struct str *to, const char *key, const json_t *value,
                      struct err *err) MUST_CHECK;
enum rc api_read_time(int64_t *to, const char *key, const json_t *value,
                      struct err *err) MUST_CHECK;

/* Reads "limit" (1 to 100, else 20). False: refused. */
bool api_limit(struct visit *v, int *out, struct http_response *r);
/* The address of the next part: a Link header (RFC 8288) and the value of "next". */
void api_next(struct visit *v, json_t *object, struct str cursor,
              struct http_response *r);

/* ---- photos ---- */

/* A photo of the library as JSON, and as the answer. */
json_t *api_photo_json(struct visit *v, const struct library_photo *p);
void api_photo_show(struct visit *v, const struct library_photo *p,
                    struct http_response *r);

/* The photo that the path names. RC_NOT_FOUND. */
enum rc api_photo_open(struct visit *v, const struct desk *d, struct library_photo *out,
                       struct err *err) MUST_CHECK;

/* Does If-Match name another version than the photo's? Refuses then. */
bool api_photo_is_stale(struct visit *v, const struct library_photo *p,
                        struct http_response *r);

/* ---- once ---- */

/* A change that a POST asks for; fills what is answered, or has refused (r->status). */
typedef enum rc api_change(struct visit *v, struct answer *out, struct http_response *r,
                           struct err *err);

/* Does it, once for each Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07):
 * the same request again is answered as before. status is of the answer. */
enum rc api_once(struct visit *v, int status, api_change *change, struct http_response *r,
                 struct err *err) MUST_CHECK;

/* Answers what was done to an item: its id, version, state and address. */
void api_tell(struct visit *v, int status, const struct answer *w,
              struct http_response *r);

#endif
