/* web/visit.c - what handlers share: data, frame, pages, errors. */
#include "model/url.h"
#include "ops/log.h"
#include "view/wording.h"
#include "web/staff.h"

#include "base/file.h"
#include "base/time.h"

enum { RETRY_MS = 500 };

#define ERROR(status, title, text) {status, title, text},
const struct web_error web_errors[] = {
#include "web/errors.def"
};
#undef ERROR
const int web_n_errors = N_ELEMENTS(web_errors);

const struct web_error *
web_error_by_status(int status)
{
    for (int i = 0; i < web_n_errors; i++)
        if (web_errors[i].status == status)
            return &web_errors[i];
    return web_error_by_status(500);
}

int
web_status_of(enum rc rc)
{
#define CODE(rc, status) [rc] = status,
    static const int statuses[RC__MAX] = {
#include "web/errors.def"
    };
#undef CODE
    return (unsigned)rc < RC__MAX ? statuses[rc] : 500;
}

void
web_site(const struct conf *conf, struct site *out)
{
    *out = (struct site){.url = str_of(conf->site_url), .n_langs = conf->languages.n};
    for (int i = 0; i < out->n_langs; i++) {
        struct site_lang *l = &out->langs[i];
        l->code = str_of(conf->languages.code[i]);
        l->name = str_of(conf_text_for(conf, &conf->site_name, l->code));
        l->tagline = str_of(conf_text_for(conf, &conf->site_tagline, l->code));
    }
}

/* accounts.db is for the staff door alone. */
static enum rc
open_accounts(struct web *w, struct err *err)
{
    const struct conf *c = w->conf;
    struct auth_rules rules = {
        .idle_s = c->session_idle_min * TIME_MINUTE_S,
        .absolute_s = c->session_max_h * TIME_HOUR_S,
        .tries = c->sign_in_tries,
        .tries_address = c->sign_in_tries_per_address,
        .window_s = c->sign_in_window_min * TIME_MINUTE_S,
        .origin = str_of(c->site_url),
    };
    if (w->door != WEB_STAFF)
        return RC_OK;
    TRY(store_open_accounts(w->conf->accounts, &w->accounts, err));
    enum rc rc = auth_open(w->accounts, &rules, &w->auth, err);
    if (rc != RC_OK) {
        store_close(w->accounts);
        w->accounts = NULL;
    }
    return rc;
}

/* Both, or none. */
static enum rc
open_databases(struct web *w, struct err *err)
{
    bool is_staff = w->door == WEB_STAFF;
    TRY(store_open(w->conf->database, is_staff ? STORE_WRITE : STORE_READ, &w->st, err));
    enum rc rc = open_accounts(w, err);
    if (rc != RC_OK) {
        store_close(w->st);
        w->st = NULL;
    }
    return rc;
}

void
web_close_store(struct web *w)
{
    if (w->st == NULL)
        return;
    news_close(&w->news);
    auth_close(w->auth);
    store_close(w->accounts);
    store_close(w->st);
    w->auth = NULL;
    w->accounts = w->st = NULL;
}

/* Once a second: what was opened may lie there no longer. */
static void
look_at_files(struct web *w, int64_t now)
{
    if (w->st == NULL || now == w->looked_at)
        return;
    w->looked_at = now;
    if (!store_is_current(w->st))
        web_close_store(w);
}

/* A database that is not there is looked for now and then, not at each request. */
static enum rc
open_store(struct web *w, struct err *err)
{
    if (w->st != NULL)
        return RC_OK;
    if (time_monotonic_ms() < w->retry_ms)
        return err_set(err, RC_BUSY, "the database could not be opened a moment ago");
    enum rc rc = open_databases(w, err);
    if (rc != RC_OK) {
        w->retry_ms = time_monotonic_ms() + RETRY_MS;
        w->is_tired = file_exists(w->conf->database);
        log_event(LOG_ERROR, "database_unavailable", LOG_ERR(err), LOG_END);
        return err_set(err, RC_BUSY, "the database cannot be opened");
    }
    struct news_config config = {(int)w->conf->items_per_page, (int)w->conf->home_latest,
                                 (int)w->conf->home_per_section};
    news_open(&w->news, w->st, &w->site, config);
    return RC_OK;
}

enum rc
visit_open(struct visit *v, struct err *err)
{
    return open_store(v->w, err);
}

enum rc
visit_data(struct visit *v, struct err *err)
{
    if (v->has_data)
        return RC_OK;
    look_at_files(v->w, v->now);
    TRY(open_store(v->w, err));
    TRY(store_read_begin(v->w->st, err));
    v->has_data = true;
    TRY(news_refresh(&v->w->news, v->now, err));
    return view_set_wordings(&v->w->view, &v->w->news.wordings, err);
}

void
visit_end_data(struct visit *v)
{
    if (v->has_data)
        store_read_end(v->w->st);
    v->has_data = false;
}

enum rc
visit_frame(struct visit *v, struct view_frame *f, struct err *err)
{
    return visit_frame_in(v, v->match.lang, f, err);
}

enum rc
visit_frame_in(struct visit *v, int lang, struct view_frame *f, struct err *err)
{
    struct news *n = &v->w->news;
    *f = (struct view_frame){.lang = lang, .now = v->now};
    TRY(visit_data(v, err));
    TRY(news_strip(n, f->lang, &f->strip, err));
    f->sections = &n->sections;
    f->epoch = n->epoch;
    return RC_OK;
}

void
visit_alternates(struct visit *v, struct view_frame *f,
                 struct str (*path_of)(struct visit *v, int lang, const void *ctx),
                 const void *ctx)
{
    for (int i = 0; i < v->w->site.n_langs; i++)
        if (i != f->lang)
            f->alternates[f->n_alternates++] =
                (struct view_alternate){i, path_of(v, i, ctx), true};
}

enum rc
visit_page(struct visit *v, const struct view_frame *f, struct view_content content,
           int status, struct http_response *r, struct err *err)
{
    TRY(view_page(&v->w->view, f, content, v->a, &r->body, err));
    r->status = status;
    http_response_header(r, STR("Content-Type"), STR("text/html; charset=utf-8"));
    http_response_header(r, STR("Content-Language"), v->w->site.langs[f->lang].code);
    return RC_OK;
}

static struct str
home_path(struct visit *v, int lang, const void *ctx)
{
    (void)ctx;
    return url_home(v->a, &v->w->site, lang);
}

/* An error page's content and frame; the switch leads to the other languages' homes. */
static enum rc
error_page(struct visit *v, struct view_frame *f, int status, struct str notice,
           struct http_response *r, struct err *err)
{
    const struct web_error *e = web_error_by_status(status);
    struct view_error_page page = {
        .status = status >= 400 ? status : 0,
        .heading = view_string(&v->w->view, f->lang, e->title),
        .text = view_string(&v->w->view, f->lang, e->text),
        .notice = notice,
    };
    if (status >= 500)
        page.request_id = v->req.id;
    f->title = page.heading;
    f->is_noindex = true;
    if (f->n_alternates == 0)
        visit_alternates(v, f, home_path, NULL);
    return visit_page(v, f, (struct view_content){&view_error, &page}, status, r, err);
}

enum rc
visit_moved(struct visit *v, struct str path, struct http_response *r, struct err *err)
{
    struct view_frame f = {.lang = v->match.lang, .now = v->now};
    TRY(error_page(v, &f, 301, (struct str){NULL, 0}, r, err));
    http_response_header(r, STR("Location"), url_absolute(v->a, &v->w->site, path));
    return RC_OK;
}

enum rc
visit_gone(struct visit *v, const struct view_frame *f, struct str reason,
           struct http_response *r, struct err *err)
{
    struct view_frame frame = *f;
    struct str notice = {NULL, 0};
    if (reason.n > 0)
        notice = str_fmt(v->a, "%.*s %.*s",
                         STR_ARG(view_string(&v->w->view, f->lang, S_GONE_REASON)),
                         STR_ARG(reason));
    return error_page(v, &frame, 410, notice, r, err);
}

static void
plain_error(int status, struct http_response *r)
{
    r->status = status;
    r->body = str_of(http_status_text(status));
    http_response_header(r, STR("Content-Type"), STR("text/plain; charset=utf-8"));
}

static enum rc
visitor_error(struct visit *v, int status, struct http_response *r, struct err *err)
{
    struct view_frame f;
    if (visit_frame(v, &f, err) != RC_OK)
        f = (struct view_frame){.lang = v->match.lang, .now = v->now};
    return error_page(v, &f, status, (struct str){NULL, 0}, r, err);
}

static enum rc
staff_error(struct visit *v, int status, struct http_response *r, struct err *err)
{
    const struct web_error *e = web_error_by_status(status);
    return staff_message(v, status, e->title, staff_word(v, e->text), r, err);
}

void
visit_error(struct visit *v, int status, struct http_response *r)
{
    struct err err;
    *r = (struct http_response){0};
    enum rc rc = v->w->door == WEB_STAFF ? staff_error(v, status, r, &err)
                                         : visitor_error(v, status, r, &err);
    if (rc == RC_OK)
        return;
    log_event(LOG_ERROR, "error_page_failed", LOG_S("request", v->req.id), LOG_ERR(&err),
              LOG_END);
    *r = (struct http_response){0};
    plain_error(status, r);
}
