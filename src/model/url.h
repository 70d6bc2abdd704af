/* model/url.h - every address of the site is built here, and nowhere else.
 *
 * A path begins with '/' and, in another language than the default one, with its code.
 * Slugs, cursors and hashes need no percent-encoding. lang is an index of site.langs. */
#ifndef MODEL_URL_H
#define MODEL_URL_H

#include "model/cursor.h"
#include "model/site.h"

#include "base/str.h"

struct str url_home(struct arena *a, const struct site *s, int lang);
struct str url_all(struct arena *a, const struct site *s, int lang);
struct str url_corrections(struct arena *a, const struct site *s, int lang);
struct str url_year(struct arena *a, const struct site *s, int lang, int year);
struct str url_month(struct arena *a, const struct site *s, int lang, int year,
                     int month);
struct str url_section(struct arena *a, const struct site *s, int lang,
                       struct str section);
struct str url_article(struct arena *a, const struct site *s, int lang,
                       struct str section, struct str slug);

#define URL_API        "/admin/api/v1/"
#define URL_API_ITEMS  URL_API "items/"
#define URL_API_PHOTOS URL_API "photos/"

/* The address of an item for programs, and the id that its segment stands for. A path
 * cannot hold every id: '/', '\\', '%' and '~', and a '.' at the beginning, are written
 * as
 * '~' and two hex digits. All else is percent-encoded.
 * False: the segment stands for no id. */
struct str url_api_item(struct arena *a, struct str public_id);
bool url_api_id(struct arena *a, struct str segment, struct str *public_id);

/* The address of a part of a listing: what lies before (older than) or after (newer
 * than) a cursor. */
struct str url_before(struct arena *a, struct str listing, struct cursor c);
struct str url_after(struct arena *a, struct str listing, struct cursor c);

/* The web app manifest of a language. */
struct str url_manifest(struct arena *a, const struct site *s, int lang);

/* A file of those made of a photo: /media/ab/<digest>/<file>; the digest and the name are
 * those of model/rendition.h. */
struct str url_media(struct arena *a, struct str digest, struct str file);

/* With scheme and host of the setting site_url; never from a request. */
struct str url_absolute(struct arena *a, const struct site *s, struct str path);

/* Is it an absolute http or https address with a host, and of no other bytes than an
 * address may hold as they are (RFC 3986 section 2; letters beyond ASCII as in RFC 3987)?
 */
bool url_is_web(struct str s);

#endif
