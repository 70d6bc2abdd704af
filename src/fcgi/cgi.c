/* fcgi/cgi.c - one request of a web server that knows only CGI. */
#include "fcgi/cgi.h"

#include <stdlib.h>
#include <unistd.h>

#include "fcgi/answer.h"
#include "fcgi/sandbox.h"
#include "fcgi/socket.h"
#include "ops/log.h"

#include "base/file.h"

bool
fcgi_is_cgi(void)
{
    return getenv("GATEWAY_INTERFACE") != NULL && !fcgi_socket_is_listening(STDIN_FILENO);
}

static enum rc
open_site(const struct conf *conf, struct web **web, struct err *err)
{
    TRY(fcgi_sandbox_enter(SANDBOX_PUBLIC, conf, err));
    return web_open(conf, web, err);
}

int
fcgi_cgi_once(const struct conf *conf)
{
    struct arena a;
    struct web *web = NULL;
    struct err err;
    struct str bytes;
    arena_init(&a);
    log_init((enum log_level)log_level_read(conf->log_level), "cgi");
    alarm((unsigned)conf->request_timeout_s);
    if (open_site(conf, &web, &err) == RC_OK) {
        struct http_env env = fcgi_env(environ);
        bytes = fcgi_answer(web, &env, &a);
    } else {
        log_event(LOG_ERROR, "cgi_failed", LOG_ERR(&err), LOG_END);
        bytes = fcgi_answer_plain(500, &a);
    }
    bool is_written = file_write_fd(STDOUT_FILENO, bytes);
    web_close(web);
    arena_done(&a);
    return is_written ? EXIT_SUCCESS : EXIT_FAILURE;
}
