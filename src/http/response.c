/* http/response.c - one writer for every header line. */
#include "http/response.h"

#include <assert.h>
#include <strings.h>

/* A token of RFC 9110 section 5.6.2. */
static bool
is_token(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_alnum =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_alnum && (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL))
            return false;
    }
    return s.n > 0;
}

static bool
is_field_value(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return true;
}

void
http_response_header(struct http_response *r, struct str name, struct str value)
{
    assert(is_token(name) && is_field_value(value));
    assert(r->n_headers < HTTP_HEADERS_MAX);
    r->headers[r->n_headers++] = (struct http_header){name, value};
}

struct str
http_response_find(const struct http_response *r, const char *name)
{
    struct str wanted = str_of(name);
    for (int i = 0; i < r->n_headers; i++) {
        struct str have = r->headers[i].name;
        if (have.n == wanted.n && strncasecmp(have.p, wanted.p, wanted.n) == 0)
            return r->headers[i].value;
    }
    return (struct str){NULL, 0};
}

static const struct {
    int status;
    const char *text;
} statuses[] = {
    {200, "OK"},
    {201, "Created"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
};

const char *
http_status_text(int status)
{
    for (size_t i = 0; i < N_ELEMENTS(statuses); i++)
        if (statuses[i].status == status)
            return statuses[i].text;
    return "";
}

/* RFC 9110 sections 15.3.5 and 15.4.5: these end with the header. */
static bool
is_bodiless_status(int status)
{
    return status == 204 || status == 304;
}

void
http_response_write(const struct http_response *r, struct buf *out)
{
    bool is_bodiless = is_bodiless_status(r->status);
    buf_fmt(out, "Status: %d %s\r\n", r->status, http_status_text(r->status));
    for (int i = 0; i < r->n_headers; i++) {
        buf_add(out, r->headers[i].name);
        buf_add_z(out, ": ");
        buf_add(out, r->headers[i].value);
        buf_add_z(out, "\r\n");
    }
    if (!is_bodiless)
        buf_fmt(out, "Content-Length: %zu\r\n", r->body.n);
    buf_add_z(out, "\r\n");
    if (!is_bodiless && !r->has_no_body)
        buf_add(out, r->body);
}
