/* fcgi/cgi.h - the same program as a plain CGI (RFC 3875): one request, then the end.
 *
 * For hosts without FastCGI, and for trying things out. Templates are loaded for each
 * request, so it is a way in, not a way to serve many. */
#ifndef FCGI_CGI_H
#define FCGI_CGI_H

#include <stdbool.h>

#include "conf/conf.h"

/* Was this process started as a CGI: GATEWAY_INTERFACE is set and file descriptor 0 is
 * no listening socket? */
bool fcgi_is_cgi(void);

/* Answers the request in the environment on standard output, behind the same walls as
 * a public worker (setting `sandbox`). What goes wrong is logged and answered 500 or
 * 503.
 *   returns  the exit code: 0 when a whole response was written, else 1 */
int fcgi_cgi_once(const struct conf *conf);

#endif
