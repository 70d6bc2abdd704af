/* web/visit.h - one request under way, as handlers see it; private to web. */
#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include "auth/auth.h"
#include "conf/conf.h"
#include "http/form.h"
#include "media/helper.h"
#include "model/page.h"
#include "model/token.h"
#include "news/news.h"
#include "view/view.h"
#include "web/route.h"
#include "web/web.h"

struct web {
    const struct conf *conf;
    enum web_door door;
    struct arena arena;
    struct site site;
    struct view view;
    struct store *st;       /* NULL while the database cannot be opened */
    struct store *accounts; /* staff door only, together with st */
    struct auth *auth;
    struct news news;
    struct media_helper helper; /* staff door only */
    bool is_tired;              /* see web_is_tired */
    int64_t retry_ms;           /* when opening is tried again, by the monotonic clock */
    int64_t looked_at;          /* the second in which its files were looked at */
};

/* Who asks at the staff door, and what they sent; empty at the public one. */
struct staff {
    struct str token; /* of the session cookie, signed in or not; absent: none */
    struct str csrf;  /* what forms of this token carry */
    bool is_signed_in;
    bool must_ask_again; /* the session ended under a form that is kept */
    struct session session;
    struct person person;
    struct http_form form;

    /* at a door for programs, where person.token is set and is_signed_in is not */
    struct token bearer;
    struct str json; /* the body; empty: none came */

    struct upload *upload; /* photos that came (web/upload.h); NULL: none */
};

struct visit {
    struct web *w;
    struct arena *a;
    const struct http_env *env;
    struct staff staff;
    struct http_request req;
    struct route_match match;
    int64_t now;          /* taken once per request */
    bool has_data;        /* the read transaction is open */
    bool is_behind_nginx; /* it keeps our pages and sets what browsers see */
    bool sends_files;     /* the web server does what X-Sendfile says */
    bool has_before, has_after;
    struct cursor before, after;
};

/* For asking about one photo, which makes the visit's time longer by WEB_PHOTO_WAIT_S,
 * the most that the answer takes. Staff door only. */
const struct media_helper *visit_helper(struct visit *v);
enum { WEB_PHOTO_WAIT_S = 25 };

/* Opens the databases if need be. RC_BUSY when they cannot be had now. */
enum rc visit_open(struct visit *v, struct err *err) MUST_CHECK;

/* Makes the data of this moment readable: opens the database if need be, begins the read
 * transaction (once per visit; the pipeline ends it) and refreshes the epoch. RC_BUSY
 * when there is no database now. */
enum rc visit_data(struct visit *v, struct err *err) MUST_CHECK;

/* Ends the read transaction, so that something can be written. Does nothing without. */
void visit_end_data(struct visit *v);

/* Closes the database; the next visit_data opens it anew. */
void web_close_store(struct web *w);

/* A frame for the visit's language and moment, with menu and strip. */
enum rc visit_frame(struct visit *v, struct view_frame *f, struct err *err) MUST_CHECK;

/* The same for another language of the site than the visit's. */
enum rc visit_frame_in(struct visit *v, int lang, struct view_frame *f,
                       struct err *err) MUST_CHECK;

/* Answers with the page of an article that was found; f is of its language. */
enum rc visit_article(struct visit *v, struct view_frame *f,
                      const struct page_article *page, struct http_response *r,
                      struct err *err) MUST_CHECK;

/* Answers with an HTML page. */
enum rc visit_page(struct visit *v, const struct view_frame *f,
                   struct view_content content, int status, struct http_response *r,
                   struct err *err) MUST_CHECK;

/* Answers with a photo's file, which the web server sends from disk, be it shown to
 * visitors or not. RC_NOT_FOUND: it sends no files. */
enum rc visit_photo(struct visit *v, struct str digest, struct str file,
                    struct http_response *r, struct err *err) MUST_CHECK;

/* Answers 301 to a path of the site. */
enum rc visit_moved(struct visit *v, struct str path, struct http_response *r,
                    struct err *err) MUST_CHECK;

/* Answers 410 with the reason (absent: none). f tells what is around the page. */
enum rc visit_gone(struct visit *v, const struct view_frame *f, struct str reason,
                   struct http_response *r, struct err *err) MUST_CHECK;

/* Answers an error page by its status, with as much around it as can be had. Never fails:
 * at worst it answers plain text. */
void visit_error(struct visit *v, int status, struct http_response *r);

/* Adds the other languages' forms of a page: path_of gives the path in a language. */
void visit_alternates(struct visit *v, struct view_frame *f,
                      struct str (*path_of)(struct visit *v, int lang, const void *ctx),
                      const void *ctx);

/* The site as the settings describe it; texts are conf's. */
void web_site(const struct conf *conf, struct site *out);

/* The status, title and text of an error page, by web/errors.def; unknown ones are 500.
 */
struct web_error {
    int status;
    enum tpl_string title, text;
};
const struct web_error *web_error_by_status(int status);
extern const struct web_error web_errors[];
extern const int web_n_errors;

/* Is the address one of this machine? Absent: a web server on a Unix socket. */
bool web_is_local(struct str addr);

/* What a handler's error means as a status. */
int web_status_of(enum rc rc);

#endif
