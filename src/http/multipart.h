/* http/multipart.h - a form with files, multipart/form-data (RFC 7578, RFC 2046 section
 * 5.1), read as it comes: the files' bytes go on to whoever takes them, in pieces, and
 * never lie in memory together.
 *
 * What browsers and the usual libraries send is read; whatever two readers could read
 * differently is refused: another boundary parameter, bytes before the first delimiter or
 * behind the last, lines that end otherwise than in CR LF, folded header lines, a field
 * sent twice, filename*, a body that is shorter or longer than announced. So is what is
 * too much. Whoever takes the files does with them what cannot be undone only after all
 * of the body was right. */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "http/form.h"

enum {
    HTTP_PARTS_MAX = 16,
    HTTP_PART_HEADERS_MAX = 1024,   /* bytes, of one part */
    HTTP_PART_TEXT_MAX = 64 * 1024, /* bytes, of a field that is no file */
    HTTP_FILE_NAME_MAX = 200        /* bytes; what is longer is cut */
};

/* A file of the form. */
struct http_file {
    struct str field; /* the name of its field */
    struct str name;  /* without folders; "" if none was told. Lives in the arena */
};

/* Takes the files: begin, add as often as there are pieces, end. The first that does not
 * return RC_OK ends all; its error is that of the reading. A file field in which nothing
 * was chosen (no name, no bytes) is passed over. */
struct http_file_sink {
    void *ctx;
    enum rc (*begin)(void *ctx, const struct http_file *file, struct err *err);
    enum rc (*add)(void *ctx, struct str piece, struct err *err);
    enum rc (*end)(void *ctx, struct err *err);
};

/* The boundary that a Content-Type value of multipart/form-data names; a view of value.
 * False: another type, no boundary, one that RFC 2046 does not allow, or any other
 * parameter. */
bool http_multipart_boundary(struct str content_type, struct str *out);

/* Reads the whole body.
 *   length   req->content_length; how many bytes are allowed is the caller's to check
 *   files    the name of the field that may come several times, with files
 *   out      the fields that are no files, as http_form_read gives them; filled as they
 *            come, so that the sink can look at those before a file
 *   returns  RC_OK; RC_INVALID (field "body", or the name of the form's field); RC_LIMIT
 * (a limit of this header); what the sink returned. Whatever is wrong, the body is read
 * to its announced end first: a web server that is still sending would else not take the
 * answer */
enum rc http_multipart_read(const struct http_env *env, int64_t length,
                            struct str boundary, const char *files, struct arena *a,
                            struct http_form *out, const struct http_file_sink *sink,
                            struct err *err) MUST_CHECK;

#endif
