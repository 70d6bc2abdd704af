/* web/web.c - the pipeline every request takes.
 *
 * decode -> route -> method -> capability (at the staff door: the whole gate, gate.c) ->
 * parameters -> handler -> validators (304) -> compression -> headers -> counters. What a
 * handler cannot answer becomes a status by one table; only here is anything logged about
 * a request. */
#include "web/web.h"

#include "news/page.h"
#include "ops/counters.h"
#include "ops/log.h"
#include "web/api/api.h"
#include "web/staff.h"
#include "web/upload.h"

#include "base/gzip.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/time.h"

enum { GZIP_LEAST = 600, GZIP_LEVEL = 6 };

enum rc
web_open(const struct conf *conf, struct web **out, struct err *err)
{
    struct web *w = mem_alloc(sizeof *w);
    memset(w, 0, sizeof *w);
    w->conf = conf;
    web_site(conf, &w->site);
    struct str folder = str_of(conf->templates_dir);
    enum rc rc = view_open(&w->site, folder, &w->view, err);
    if (rc != RC_OK) {
        mem_free(w);
        return rc;
    }
    *out = w;
    return RC_OK;
}

void
web_take_door(struct web *w, enum web_door door)
{
    w->door = door;
}

void
web_take_photo_socket(struct web *w, int fd)
{
    w->helper = media_helper_through(fd, WEB_PHOTO_WAIT_S * 1000);
}

const struct media_helper *
visit_helper(struct visit *v)
{
    if (v->env->more_time != NULL)
        v->env->more_time(WEB_PHOTO_WAIT_S);
    return &v->w->helper;
}

bool
web_is_tired(const struct web *w)
{
    return w->is_tired;
}

void
web_close(struct web *w)
{
    if (w == NULL)
        return;
    web_close_store(w);
    view_close(&w->view);
    mem_free(w);
}

/* ---- before the handler ---- */

static struct str
with_query(struct visit *v, struct str path)
{
    size_t at = str_find(v->req.raw_target, '?');
    return str_fmt(v->a, "%.*s%.*s", STR_ARG(path),
                   STR_ARG(str_from(v->req.raw_target, at)));
}

/* Was this once an address of an item? Asked with its query, then, where there is nothing
 * at the address itself, without. */
static enum rc
find_old_address(struct visit *v, bool is_empty, struct str *to, struct err *err)
{
    struct str whole = with_query(v, v->req.path);
    enum page_found found = PAGE_UNKNOWN;
    TRY(visit_data(v, err));
    TRY(news_old_address(&v->w->news, whole, v->a, to, &found, err));
    if (found == PAGE_UNKNOWN && whole.n > v->req.path.n && is_empty)
        TRY(news_old_address(&v->w->news, v->req.path, v->a, to, &found, err));
    return found == PAGE_MOVED ? RC_OK : RC_NOT_FOUND;
}

static enum rc
answer_moved(struct visit *v, struct str to, bool keep_query, struct http_response *r,
             struct err *err)
{
    struct str path = http_encode_path(v->a, to);
    struct str whole = http_encode_query(v->a, with_query(v, path));
    return visit_moved(v, keep_query ? whole : path, r, err);
}

/* No row: an old address, else another spelling of an address we have, else nothing. */
static enum rc
answer_unrouted(struct visit *v, struct http_response *r, struct err *err)
{
    struct str to = {NULL, 0};
    enum rc rc = find_old_address(v, true, &to, err);
    if (rc == RC_OK)
        return answer_moved(v, to, false, r, err);
    if (rc != RC_NOT_FOUND)
        return rc;
    to = route_canonical(&v->w->site, v->req.path, v->a);
    if (to.p != NULL)
        return answer_moved(v, to, true, r, err);
    return err_set(err, RC_NOT_FOUND, "no such address");
}

bool
web_is_local(struct str addr)
{
    return addr.n == 0 || str_starts(addr, STR("127.")) || str_eq_z(addr, "::1") ||
           str_eq_z(addr, "unix:");
}

static enum rc
read_cursor(struct visit *v, const char *name, struct cursor *out, bool *has,
            struct err *err)
{
    struct str text;
    enum rc rc = http_request_param(&v->req, name, &text, err);
    *has = rc == RC_OK;
    if (rc == RC_OK && !cursor_read(text, out))
        return err_field(err, name, "not a place in a listing");
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
read_params(struct visit *v, struct err *err)
{
    if (v->match.route->params != ROUTE_CURSOR)
        return RC_OK;
    TRY(read_cursor(v, "before", &v->before, &v->has_before, err));
    TRY(read_cursor(v, "after", &v->after, &v->has_after, err));
    if (v->has_before && v->has_after)
        return err_field(err, "after", "only one of before and after may be given");
    return RC_OK;
}

/* A query of which we know nothing may be an address of the site before this one. */
static bool
may_be_old_address(const struct visit *v)
{
    return v->req.n_params > 0 && !v->has_before && !v->has_after;
}

/* A page that is not there: it may have moved, as an article with another slug. */
static enum rc
answer_empty(struct visit *v, struct http_response *r, struct err *err)
{
    struct str to = {NULL, 0};
    enum rc rc = find_old_address(v, true, &to, err);
    if (rc == RC_NOT_FOUND)
        return err_set(err, RC_NOT_FOUND, "nothing at this address");
    return rc == RC_OK ? answer_moved(v, to, false, r, err) : rc;
}

static enum rc
answer_visitor(struct visit *v, struct http_response *r, struct err *err)
{
    const struct route *route = v->match.route;
    struct str to = {NULL, 0};
    if (route == NULL)
        return answer_unrouted(v, r, err);
    if (route->capability == ROUTE_LOCAL && !web_is_local(v->req.remote_addr))
        return err_set(err, RC_NOT_FOUND, "for this machine only");
    TRY(read_params(v, err));
    if (may_be_old_address(v)) {
        enum rc rc = find_old_address(v, false, &to, err);
        if (rc != RC_NOT_FOUND)
            return rc == RC_OK ? answer_moved(v, to, false, r, err) : rc;
    }
    enum rc rc = route->handler(v, r, err);
    return rc == RC_NOT_FOUND && route->cache == ROUTE_PAGE ? answer_empty(v, r, err)
                                                            : rc;
}

static enum rc
answer_staff(struct visit *v, struct http_response *r, struct err *err)
{
    if (v->match.route == NULL) {
        struct str to = route_canonical(&v->w->site, v->req.path, v->a);
        return to.p != NULL && route_is_staff(to) && !route_is_api(v->req.path)
                   ? staff_see_other(v, to, NULL, r)
                   : err_set(err, RC_NOT_FOUND, "no such address");
    }
    enum rc rc = gate_pass(v, r, err);
    if (rc == RC_OK && r->status == 0)
        return v->match.route->handler(v, r, err);
    if (upload_is_for(v->match.route))
        upload_drop(v);
    return rc;
}

/* Visitors only read, whatever the address. */
static bool
is_wrong_method(const struct visit *v)
{
    if (v->match.route != NULL)
        return false;
    return v->match.methods != 0 ||
           (v->req.method != HTTP_GET && v->req.method != HTTP_HEAD);
}

/* Before the path could be read, what came decides whether a program asks. */
static bool
is_api(const struct visit *v)
{
    struct str path = v->req.path.p != NULL ? v->req.path : v->req.raw_target;
    return v->w->door == WEB_STAFF && route_is_api(path);
}

static void
show_error(struct visit *v, int status, const struct err *err, struct http_response *r)
{
    if (is_api(v))
        api_fail(v, status, err, r);
    else
        visit_error(v, status, r);
}

/* What belongs to the other door is not here, whatever else is known about it. */
static enum rc
answer(struct visit *v, struct http_response *r, struct err *err)
{
    bool is_staff = v->w->door == WEB_STAFF;
    if (route_is_staff(v->req.path) != is_staff)
        return err_set(err, RC_NOT_FOUND, "an address of the other door");
    if (is_wrong_method(v)) {
        show_error(v, 405, &(struct err){.rc = RC_OK}, r);
        return RC_OK;
    }
    return is_staff ? answer_staff(v, r, err) : answer_visitor(v, r, err);
}

/* ---- after the handler ---- */

static bool
is_cacheable(const struct visit *v, int status)
{
    if (status != 200 && status != 301 && status != 403 && status != 404 && status != 410)
        return false;
    return v->w->door == WEB_PUBLIC &&
           (v->match.route == NULL || v->match.route->cache == ROUTE_PAGE);
}

/* nginx keeps a page to the end of the second it was made in and may show it one second
 * more while it asks again; the order of the two headers matters to it. */
static void
set_cache_rule(struct visit *v, struct http_response *r)
{
    if (!v->is_behind_nginx || !is_cacheable(v, r->status)) {
        http_response_header(r, STR("Cache-Control"),
                             is_cacheable(v, r->status) ? STR("no-cache")
                                                        : STR("no-store"));
        return;
    }
    http_response_header(r, STR("Cache-Control"), STR("stale-while-revalidate=1"));
    http_response_header(r, STR("X-Accel-Expires"),
                         str_fmt(v->a, "@%lld", (long long)v->now));
}

static struct str
etag_of(struct visit *v, struct str body)
{
    return str_fmt(v->a, "W/\"%016llx\"", (unsigned long long)hash_fast(body));
}

/* Validators of a page that was found; RFC 9110 section 13. A handler whose answer is not
 * its body (a file that the web server sends) has set an ETag, which then is alone. */
static void
set_validators(struct visit *v, struct http_response *r)
{
    if (r->status != 200 || v->match.route == NULL || v->match.route->cache != ROUTE_PAGE)
        return;
    struct str etag = http_response_find(r, "ETag");
    bool is_page = etag.p == NULL;
    int64_t last = is_page && v->has_data ? news_last_modified(&v->w->news) : TIME_NONE;
    if (is_page) {
        etag = etag_of(v, r->body);
        http_response_header(r, STR("ETag"), etag);
    }
    if (last != TIME_NONE)
        http_response_header(r, STR("Last-Modified"), time_http(v->a, last));
    if (!http_is_not_modified(&v->req, etag, last))
        return;
    r->status = 304;
    r->body = STR("");
    r->has_no_body = true;
}

static void
compress(struct visit *v, struct http_response *r)
{
    if (!v->is_behind_nginx)
        http_response_header(r, STR("Vary"), STR("Accept-Encoding"));
    if (!v->req.accepts_gzip || r->body.n < GZIP_LEAST || r->has_no_body)
        return;
    r->body = gzip_pack(v->a, r->body, GZIP_LEVEL);
    http_response_header(r, STR("Content-Encoding"), STR("gzip"));
}

/* The methods that an address has; visitors' addresses all have the same. */
static struct str
allowed(const struct visit *v)
{
    unsigned methods = v->match.methods;
    return str_of(route_method_words(v->a, methods != 0 ? methods : ROUTE_READ));
}

/* Staff pages hold a secret (the form's token) beside what others may have chosen, so
 * their length must tell nothing: they are not compressed. */
static void
finish(struct visit *v, struct http_response *r)
{
    set_cache_rule(v, r);
    set_validators(v, r);
    if (v->w->door == WEB_STAFF)
        gate_headers(r);
    else
        compress(v, r);
    if (r->status == 503)
        http_response_header(r, STR("Retry-After"), STR("5"));
    if (r->status == 405)
        http_response_header(r, STR("Allow"), allowed(v));
    if (v->req.method == HTTP_HEAD)
        r->has_no_body = true;
}

/* A file that cannot be read as it is may be well again in a moment. */
static int
status_of(const struct visit *v, enum rc rc)
{
    bool is_broken = v->w->st != NULL && store_is_broken(v->w->st);
    return rc == RC_FAILED && is_broken ? web_status_of(RC_BUSY) : web_status_of(rc);
}

/* The log tells of our faults, not of visitors' ways. */
static void
log_failure(const struct visit *v, int status, const struct err *err)
{
    if (status < 500)
        return;
    const char *route = v->match.route != NULL ? v->match.route->pattern : "-";
    log_event(err->rc == RC_BUSY ? LOG_WARN : LOG_ERROR, "request_failed",
              LOG_S("request", v->req.id), LOG_I("status", status), LOG_Z("route", route),
              LOG_ERR(err), LOG_END);
}

static void
fail(struct visit *v, int status, const struct err *err, struct http_response *r)
{
    log_failure(v, status, err);
    show_error(v, status, err, r);
}

static void
count(const struct visit *v, const struct http_response *r, int64_t n_statements)
{
    ops_count(OPS_REQUESTS, 1);
    ops_count_status(r->status);
    ops_count(OPS_RESPONSE_BYTES, (int64_t)r->body.n);
    if (v->w->st != NULL)
        ops_count(OPS_SQL_STATEMENTS, store_n_statements(v->w->st) - n_statements);
}

/* A database that was found broken is opened anew for the next request: it may have been
 * replaced. */
static void
end_data(struct visit *v, enum rc rc)
{
    visit_end_data(v);
    if (rc == RC_FAILED)
        web_close_store(v->w);
}

static void
answer_visit(struct visit *v, struct http_response *r)
{
    struct err err = {0};
    enum rc rc = RC_OK;
    if (v->req.redirect.p != NULL)
        rc = visit_moved(v, v->req.redirect, r, &err);
    else
        rc = answer(v, r, &err);
    if (rc != RC_OK)
        fail(v, status_of(v, rc), &err, r);
    ops_count(OPS_SQL_BUSY, rc == RC_BUSY);
    finish(v, r);
    end_data(v, rc);
}

void
web_answer(struct web *w, const struct http_env *env, struct arena *a,
           struct http_response *out)
{
    struct visit v = {.w = w, .a = a, .env = env, .now = time_now()};
    struct err err = {0};
    int status = 0;
    int64_t before = w->st != NULL ? store_n_statements(w->st) : 0;
    *out = (struct http_response){0};
    v.is_behind_nginx = env->get(env->ctx, HTTP_REQUEST_ID_VAR) != NULL;
    v.sends_files = env->get(env->ctx, HTTP_SENDFILE_VAR) != NULL;
    enum rc rc = http_request_decode(env, a, &v.req, &status, &err);
    if (rc == RC_OK)
        route_find(&w->site, v.req.method, v.req.path, &v.match);
    if (w->door == WEB_STAFF)
        v.match.lang = gate_lang(&v);
    if (rc != RC_OK) {
        fail(&v, status, &err, out);
        finish(&v, out);
        end_data(&v, RC_OK);
    } else {
        answer_visit(&v, out);
    }
    count(&v, out, before);
}
