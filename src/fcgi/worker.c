/* fcgi/worker.c - the duty of a worker, public or staff: one request after another,
 * through libfcgi.
 *
 * libfcgi waits without limit for a web server that has begun to speak; so an alarm runs
 * from before the connection is taken until after it is closed, and ends the worker. The
 * supervisor sees that, and reads which request it was from shared memory. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "fcgi/answer.h"
#include "fcgi/child.h"
#include "ops/counters.h"
#include "ops/log.h"

#include "base/time.h"

enum { IDLE_MS = 60000, ACCEPT_PAUSE_MS = 200, JITTER_PART = 10, QUEUE_PART = 2 };

struct worker {
    const struct child *child;
    struct web *web;
    struct arena arena;
    FCGX_Request request;
    unsigned alarm_s;
    bool is_retiring;
    int64_t n_left; /* requests until it asks to be replaced */
};

/* --- one request ------------------------------------------------------------- */

/* For the supervisor, should this request be the last. */
static void
leave_trace(struct worker *w, const struct http_env *env)
{
    const char *id = env->get(env->ctx, HTTP_REQUEST_ID_VAR);
    size_t n = id != NULL ? strnlen(id, HTTP_ID_SIZE) : 0;
    memcpy(w->child->trace->request_id, id != NULL ? id : "", n);
    w->child->trace->request_id[n] = '\0';
}

/* A web server that stops reading must not hold the worker until the alarm: the write
 * fails first, and only the request is lost. */
static void
limit_socket(const struct worker *w)
{
    struct timeval most = {.tv_sec = (time_t)(w->alarm_s + 1) / 2};
    setsockopt(w->request.ipcFd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    setsockopt(w->request.ipcFd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
}

static long
read_body(void *ctx, char *p, size_t n)
{
    FCGX_Stream *in = ctx;
    int got = FCGX_GetStr(p, n > INT_MAX ? INT_MAX : (int)n, in);
    return FCGX_GetError(in) != 0 || got < 0 ? -1 : got;
}

static void
more_time(unsigned seconds)
{
    alarm(alarm(0) + seconds);
}

static void
answer_request(struct worker *w)
{
    struct http_env env = fcgi_env(w->request.envp);
    int64_t start_us = time_monotonic_us();
    env.body_ctx = w->request.in;
    env.read = read_body;
    env.more_time = more_time;
    leave_trace(w, &env);
    limit_socket(w);
    struct str bytes = fcgi_answer(w->web, &env, &w->arena);
    if (FCGX_PutStr(bytes.p, (int)bytes.n, w->request.out) < 0 ||
        FCGX_FFlush(w->request.out) < 0)
        log_event(LOG_DEBUG, "answer_not_taken",
                  LOG_Z("request", w->child->trace->request_id), LOG_END);
    ops_count(OPS_REQUEST_US, time_monotonic_us() - start_us);
    FCGX_Finish_r(&w->request);
    /* A web server that asks to keep the connection would pin this worker to it. */
    if (w->request.ipcFd >= 0)
        FCGX_Free(&w->request, 1);
    arena_reset(&w->arena);
    w->child->trace->request_id[0] = '\0';
}

/* Out of descriptors or memory: that may pass, and ending here would help nobody. */
static void
accept_failed(int code)
{
    if (code == -EAGAIN || code == -EINTR || code == -ECONNABORTED)
        return; /* a sister was faster, or the visitor has gone */
    log_event(LOG_ERROR, "accept_failed", LOG_Z("text", strerrordesc_np(-code)), LOG_END);
    usleep(ACCEPT_PAUSE_MS * 1000);
}

/* Says once that its time is over. */
static void
retire(struct worker *w)
{
    if (!w->is_retiring)
        fcgi_child_note(w->child, NOTE_RETIRING, NULL);
    w->is_retiring = true;
}

static void
serve_one(struct worker *w)
{
    alarm(w->alarm_s);
    int code = FCGX_Accept_r(&w->request);
    if (code == 0)
        answer_request(w);
    alarm(0);
    if (code != 0)
        accept_failed(code);
    else if (--w->n_left == 0 || web_is_tired(w->web))
        retire(w);
}

/* --- all of them ------------------------------------------------------------- */

/* Workers that began together shall not end together. */
static int64_t
requests_to_serve(const struct conf *conf)
{
    int64_t most = conf->max_requests_per_worker;
    return most + (int64_t)getpid() % (most / JITTER_PART + 1);
}

/* How long libfcgi waits for the first byte of a connection and for the peer to close;
 * without these it is two seconds each. */
static enum rc
open_library(struct worker *w, struct err *err)
{
    setenv("LIBFCGI_IS_AF_UNIX_KEEPER_POLL_TIMEOUT", "50", 1);
    setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "50", 1);
    if (FCGX_Init() != 0 || FCGX_InitRequest(&w->request, w->child->listen_fd, 0) != 0)
        return err_set(err, RC_FAILED, "libfcgi could not be started");
    return RC_OK;
}

static enum rc
open_worker(struct worker *w, const struct child *c, struct err *err)
{
    *w = (struct worker){.child = c,
                         .alarm_s = (unsigned)c->conf->request_timeout_s,
                         .n_left = requests_to_serve(c->conf)};
    arena_init(&w->arena);
    TRY(open_library(w, err));
    w->web = c->web;
    if (c->web == NULL)
        TRY(web_open(c->conf, &w->web, err));
    if (c->role == ROLE_STAFF)
        web_take_door(w->web, WEB_STAFF);
    web_take_photo_socket(w->web, c->photo_fd);
    return RC_OK;
}

/* Whoever waits in the queue has been let in: when the program ends, nobody else will
 * answer. Half of the time to drain is for them, the rest for the last request. */
static void
empty_queue(struct worker *w)
{
    int fd = w->child->listen_fd;
    int64_t end_ms = time_monotonic_ms() + w->child->conf->drain_ms / QUEUE_PART;
    while (time_monotonic_ms() < end_ms && fcgi_child_wait(fd, 0))
        serve_one(w);
}

int
fcgi_worker_main(const struct child *c)
{
    static struct worker w;
    struct err err;
    if (open_worker(&w, c, &err) != RC_OK) {
        fcgi_child_note(c, NOTE_FAILED, &err);
        return EXIT_FAILURE;
    }
    fcgi_child_has_begun(c);
    while (!fcgi_child_is_told_to_end())
        if (fcgi_child_wait(c->listen_fd, IDLE_MS))
            serve_one(&w);
    empty_queue(&w);
    web_close(w.web);
    arena_done(&w.arena);
    return EXIT_SUCCESS;
}
