/* web/upload.c - from a request's body into the photo library. */
#include "web/upload.h"

#include "media/take.h"
#include "model/refusal.h"
#include "ops/log.h"

#include "base/hash.h"
#include "base/utf8.h"

/* Storing a body that nginx has whole already; each photo's helper gets time of its own
 * (visit_helper). */
enum { RECEIVE_S = 60, PIECE_SIZE = 64 * 1024, MB = 1000 * 1000 };

bool
upload_is_for(const struct route *route)
{
    return route->methods == ROUTE_WRITE && route_right(route) == RIGHT_PHOTO_ADD;
}

int64_t
upload_most(const struct conf *conf)
{
    return conf->upload_max_mb * MB;
}

/* ---- receiving ---- */

static void
end_all(void *ctx)
{
    struct upload *u = ctx;
    for (int i = 0; i < u->n; i++)
        media_receive_end(&u->files[i].in);
}

static struct upload *
begin(struct visit *v)
{
    struct upload *u = arena_new(v->a, struct upload);
    u->originals_dir = v->w->conf->originals_dir;
    u->form = &v->staff.form;
    arena_at_end(v->a, end_all, u);
    v->staff.upload = u;
    if (v->env->more_time != NULL)
        v->env->more_time(RECEIVE_S);
    return u;
}

/* What has a problem takes up no room any longer. */
static void
give_up(struct upload_file *f)
{
    media_receive_end(&f->in);
}

static void
add_piece(struct upload_file *f, struct str piece)
{
    if (f->problem.rc == RC_OK && media_receive_add(&f->in, piece, &f->problem) != RC_OK)
        give_up(f);
}

static struct upload_file *
begin_file(struct upload *u, struct str name)
{
    struct upload_file *f = &u->files[u->n++];
    if (utf8_is_blank(name))
        name = STR(""); /* a link with it could not be seen */
    *f = (struct upload_file){.name = name, .in = MEDIA_RECEIVE_NONE};
    (void)!media_receive_begin(&f->in, u->originals_dir, &f->problem);
    return f;
}

static bool
has_token(const struct upload *u)
{
    struct str sent = http_form_get(u->form, "csrf");
    return u->token.p == NULL || (sent.p != NULL && hash_is_same(sent, u->token));
}

static enum rc
take_file(void *ctx, const struct http_file *file, struct err *err)
{
    struct upload *u = ctx;
    if (!has_token(u))
        return err_set(err, RC_DENIED, "a file before the form's token");
    begin_file(u, file->name);
    return RC_OK;
}

static enum rc
take_piece(void *ctx, struct str piece, struct err *err)
{
    struct upload *u = ctx;
    (void)err;
    add_piece(&u->files[u->n - 1], piece);
    return RC_OK;
}

static enum rc
take_end(void *ctx, struct err *err)
{
    (void)ctx, (void)err;
    return RC_OK;
}

static enum rc
check_length(struct visit *v, struct err *err)
{
    int64_t most = upload_most(v->w->conf);
    if (v->req.content_length <= most)
        return RC_OK;
    return err_set(err, RC_LIMIT, "a body of %lld bytes, at most %lld are read",
                   (long long)v->req.content_length, (long long)most);
}

enum rc
upload_read_form(struct visit *v, struct str boundary, struct str token, struct err *err)
{
    TRY(check_length(v, err));
    struct upload *u = begin(v);
    struct http_file_sink sink = {u, take_file, take_piece, take_end};
    u->token = token;
    return http_multipart_read(v->env, v->req.content_length, boundary, UPLOAD_FIELD,
                               v->a, &v->staff.form, &sink, err);
}

enum rc
upload_read_photo(struct visit *v, struct err *err)
{
    int64_t left = v->req.content_length;
    TRY(check_length(v, err));
    struct upload_file *f = begin_file(begin(v), STR(""));
    char *piece = arena_alloc(v->a, PIECE_SIZE);
    long got;
    if (v->env->read == NULL)
        return err_field(err, "body", "there is no way to read it");
    /* What is read behind the announced bytes must be their end. */
    while ((got = v->env->read(v->env->body_ctx, piece, PIECE_SIZE)) > 0) {
        left -= got;
        if (left >= 0)
            add_piece(f, (struct str){piece, (size_t)got});
    }
    if (got < 0 || left != 0)
        return err_field(err, "body", "shorter or longer than announced");
    return RC_OK;
}

void
upload_drop(struct visit *v)
{
    char *piece = arena_alloc(v->a, PIECE_SIZE);
    if (v->env->read == NULL || v->req.content_length == 0)
        return;
    while (v->env->read(v->env->body_ctx, piece, PIECE_SIZE) > 0) {
    }
}

/* ---- into the library ---- */

/* What the library has is not decoded again; the file is kept all the same, since the one
 * that was there may be gone. */
static enum rc
receive_known(struct visit *v, const struct desk *d, struct upload_file *f,
              struct err *err)
{
    struct media_photo facts;
    if (media_receive_look(&f->in, v->a, &facts, &f->problem) != RC_OK)
        return f->problem.rc;
    TRY(news_photo_by_sha256(d, facts.sha256, v->a, &f->photo, err));
    f->is_known = true;
    return media_receive_keep(&f->in, &f->problem);
}

static enum rc
receive_new(struct visit *v, const struct desk *d, struct upload_file *f, struct err *err)
{
    int64_t id = 0;
    struct library_photo p;
    if (media_take(&f->in, visit_helper(v), v->a, &p, &f->problem) != RC_OK)
        return RC_OK;
    p.file_name = f->name;
    TRY(news_photo_add(d, &p, &id, &f->is_known, err));
    return news_photo(d, id, v->a, &f->photo, err);
}

/* Nothing is wrong with a file that nobody had time or room for. */
static void
name_reason(struct err *problem)
{
    if (problem->rc == RC_BUSY)
        problem->reason = REFUSED_FILE_LATER;
    else if (problem->rc == RC_FAILED)
        problem->reason = REFUSED_FILE_NO_ROOM;
}

static enum rc
take(struct visit *v, const struct desk *d, struct upload_file *f, struct err *err)
{
    enum rc rc = RC_OK;
    if (f->problem.rc == RC_OK)
        rc = receive_known(v, d, f, err);
    if (f->problem.rc == RC_OK && rc == RC_NOT_FOUND)
        rc = receive_new(v, d, f, err);
    name_reason(&f->problem);
    return f->problem.rc == RC_OK ? rc : RC_OK;
}

/* The server's own troubles are for its log, too. */
static void
log_problem(const struct visit *v, const struct upload_file *f)
{
    if (f->problem.rc == RC_FAILED)
        log_event(LOG_ERROR, "upload_failed", LOG_S("request", v->req.id),
                  LOG_ERR(&f->problem), LOG_END);
}

enum rc
upload_take(struct visit *v, const struct desk *d, struct err *err)
{
    struct upload *u = v->staff.upload;
    for (int i = 0; i < u->n; i++) {
        TRY(take(v, d, &u->files[i], err));
        log_problem(v, &u->files[i]);
        give_up(&u->files[i]);
    }
    return RC_OK;
}

int
upload_taken(const struct upload *u)
{
    int n = 0;
    for (int i = 0; i < u->n; i++)
        n += u->files[i].problem.rc == RC_OK;
    return n;
}
