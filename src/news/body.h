/* news/body.h - an item's body as HTML, made once, when it is saved.
 *
 * Every letter of a body is shown. In Markdown (CommonMark 0.30) raw HTML becomes text,
 * so do definitions of links that no link uses, and what stands behind a code fence is
 * the code's first line. Headings begin with <h2>, below the page's title, and leave out
 * no level. Links may lead to http, https, mailto, tel and to addresses of the site;
 * others become text with their address behind it. An image may only name a photo of the
 * item, each once and in a paragraph of its own: ![](photo:2).
 *
 * Where a photo goes, the HTML holds a mark: byte 01, its number, byte 01. No text of
 * ours can hold byte 01, so nobody else makes one. */
#ifndef NEWS_BODY_H
#define NEWS_BODY_H

#include "model/page.h"

/* Renders it->body in it->body_format.
 *   RC_INVALID  an image that is none of the item's photos, is there twice or stands
 *               among text; control characters or invalid UTF-8; err->text names the
 *               line of the body
 *   RC_LIMIT    the HTML would be more than 20 times as long as the body, or over 2 MiB
 */
enum rc news_body_render(const struct item *it, struct arena *a, struct str *html,
                         struct err *err) MUST_CHECK;

/* Cuts rendered HTML at its marks. *n parts in the arena. */
struct body_part *news_body_parts(struct str html, struct arena *a, int *n);

/* Takes a last line of the form "Photo: X", "Фото: X" or "Photo credit: X" out of a body
 * of either format. Returns X, a view into the body, and shortens *body to what is before
 * it; absent when there is no such line. */
struct str news_body_take_credit(struct str *body);

#endif
