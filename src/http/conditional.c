/* http/conditional.c - may the visitor keep what it has? (RFC 9110 section 13) */
#include "http/field.h"
#include "http/response.h"

#include "base/time.h"

bool
http_is_not_modified(const struct http_request *req, struct str etag,
                     int64_t last_modified)
{
    if (req->method != HTTP_GET && req->method != HTTP_HEAD)
        return false;
    if (req->if_none_match.p != NULL)
        return http_field_matches_etag(req->if_none_match, etag);
    int64_t since;
    return last_modified != TIME_NONE &&
           time_read_http(str_trim(req->if_modified_since), &since) &&
           since == last_modified;
}
