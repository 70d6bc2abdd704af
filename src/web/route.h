/* web/route.h - the route table, and finding the row of a path. */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "http/request.h"
#include "http/response.h"
#include "model/person.h"
#include "model/site.h"

#include "base/buf.h"

enum route_id {
#define ROUTE(id, ...) ROUTE_##id,
#include "web/routes.def"
#undef ROUTE
    ROUTE__MAX
};

enum route_methods {
    ROUTE_READ = 1 << HTTP_GET | 1 << HTTP_HEAD,
    ROUTE_WRITE = 1 << HTTP_POST,
    ROUTE_REPLACE = 1 << HTTP_PUT
};
enum route_languages { ROUTE_ALL, ROUTE_ONE };
/* ROUTE_RIGHT_...: one for each right of the newsroom. */
enum route_capability {
    ROUTE_ANYONE,
    ROUTE_LOCAL,
    ROUTE_SIGN_IN,
    ROUTE_SECRET,
#define RIGHT(constant, ...) ROUTE_##constant,
#include "model/right.def"
#undef RIGHT
    ROUTE_CAPABILITY__MAX
};
enum route_csrf { ROUTE_NONE, ROUTE_FORM, ROUTE_KEPT, ROUTE_BEARER };
enum route_params {
    ROUTE_NO_PARAMS,
    ROUTE_CURSOR,
    ROUTE_ITEM_FILTER,
    ROUTE_PART,
    ROUTE_PHOTO_FILTER,
    ROUTE_PARAMS__MAX
};
enum route_cache { ROUTE_PAGE, ROUTE_NEVER };

struct visit;
/* Answers one request: fills the response, or returns what went wrong. */
typedef enum rc route_handler(struct visit *v, struct http_response *r, struct err *err);

struct route {
    enum route_id id;
    unsigned methods;
    const char *pattern;
    enum route_languages languages;
    route_handler *handler;
    enum route_capability capability;
    enum route_csrf csrf;
    enum route_params params;
    enum route_cache cache;
    const char *help;
};
extern const struct route routes[ROUTE__MAX];

enum { ROUTE_WORDS_MAX = 4 };

/* A path taken apart. */
struct route_match {
    const struct route *route; /* NULL: there is none */
    unsigned methods;          /* those that the path has, whichever row */
    int lang;
    struct str words[ROUTE_WORDS_MAX]; /* what the : words of the pattern stand for */
    int n_words;
};

/* Finds the row of a canonical path for a method; views into path. */
void route_find(const struct site *site, enum http_method method, struct str path,
                struct route_match *out);

/* The right that a row asks for, or RIGHT__MAX when it asks for none. */
enum right route_right(const struct route *route);

/* The one address for a path that is written otherwise: lower case, a slash at the end,
 * a month of two digits, no prefix for the default language. Absent when the path is
 * that address already, or has no row even so. */
struct str route_canonical(const struct site *site, struct str path, struct arena *a);

/* The language a path is in, whether or not there is a row for it. */
int route_lang(const struct site *site, struct str path);

/* Is the path one of the newsroom's? Only staff workers answer those, and nothing else.
 */
bool route_is_staff(struct str path);

/* Is the path one of the doors for programs, whose answers are JSON? */
bool route_is_api(struct str path);

/* The names of the query parameters that count, separated by ", "; "-" for none. */
const char *route_params(const struct route *route);

/* "GET, HEAD" */
const char *route_method_words(struct arena *a, unsigned methods);

/* Writes the table: as aligned text, or as Markdown. */
void route_print(struct buf *out, bool is_markdown);

#endif
