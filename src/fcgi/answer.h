/* fcgi/answer.h - one request to the bytes of its response; FastCGI and CGI share it. */
#ifndef FCGI_ANSWER_H
#define FCGI_ANSWER_H

#include "web/web.h"

#include "base/str.h"

/* Asks the site and writes down what it says, as the CGI interface wants it (RFC 3875
 * section 6). A response too large to be true is logged and becomes a plain 500. The
 * bytes live in a. */
struct str fcgi_answer(struct web *w, const struct http_env *env, struct arena *a);

/* A response without the site: status and its text as text/plain. */
struct str fcgi_answer_plain(int status, struct arena *a);

/* Variables out of a list of "NAME=value" ended by NULL: the first of its name counts,
 * and duplicates can be counted. list must stay as it is during the request. */
struct http_env fcgi_env(char **list);

#endif
