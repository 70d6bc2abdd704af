/* web/staff.h - what the newsroom's handlers share. */
#ifndef WEB_STAFF_H
#define WEB_STAFF_H

#include "auth/passkey.h"
#include "news/desk.h"
#include "view/staff.h"
#include "web/form.h"
#include "web/visit.h"

#define SESSION_COOKIE "__Host-byline"
#define DEVICE_COOKIE  "__Host-byline-device"
#define LANG_COOKIE    "__Host-byline-lang"

/* ---- the gate ---- */

/* Everything between a row and its handler: transport, session, capability, and for a
 * WRITE origin, body, form and token. When it has answered itself (a refusal, the way to
 * sign in), r->status is set; else the handler may run. Any error but RC_OK is answered
 * by the pipeline. */
enum rc gate_pass(struct visit *v, struct http_response *r, struct err *err) MUST_CHECK;

/* A random token in the cookie of somebody who is not signed in, so that the forms of
 * the sign-in page are protected like all others. Does nothing when there is one. */
void gate_begin(struct visit *v, struct http_response *r);

/* Sets the session cookie to a token; an absent one removes it. */
void gate_set_token(struct visit *v, struct str token, struct http_response *r);

/* Gives the session a new token, after a change of what it may do. */
enum rc gate_renew(struct visit *v, struct http_response *r, struct err *err) MUST_CHECK;

/* The language of a visit: chosen by cookie, else asked for by the browser. */
int gate_lang(const struct visit *v);
/* Lets the browser be known as the person's own for a year. */
void gate_set_device(struct visit *v, struct str device, struct http_response *r);
void gate_set_lang(struct visit *v, struct str code, struct http_response *r);

/* Security headers of every answer of the staff door; what a handler has set stays. */
void gate_headers(struct http_response *r);

/* ---- pages ---- */

/* A word of the interface in the visit's language. */
struct str staff_word(const struct visit *v, enum tpl_string s);

/* A frame for the visit; what ?done= says is told on top. */
struct view_staff_frame staff_frame(struct visit *v, enum tpl_string title,
                                    enum view_place place);

enum rc staff_page(struct visit *v, const struct view_staff_frame *f,
                   const struct view_block *blocks, int n, int status,
                   struct http_response *r, struct err *err) MUST_CHECK;

/* A page with one form; its status is 422 when the form has errors. */
enum rc staff_form_page(struct visit *v, struct view_staff_frame *f,
                        const struct view_block *block, const struct form *form,
                        const struct view_form *shown, struct http_response *r,
                        struct err *err) MUST_CHECK;

/* A page that only says something. */
enum rc staff_message(struct visit *v, int status, enum tpl_string title, struct str text,
                      struct http_response *r, struct err *err) MUST_CHECK;

/* Recovery codes, the one time they can be seen, and what was done (a word). */
enum rc staff_codes(struct visit *v, const struct str codes[FACTOR_CODES],
                    enum tpl_string done, struct http_response *r,
                    struct err *err) MUST_CHECK;

/* Is it really the person who sits there? Compares a form's field with the password, and
 * notes in the form when it is another. Does nothing when the form has errors already. */
enum rc staff_confirm(struct visit *v, struct form *form, const char *field,
                      struct err *err) MUST_CHECK;

/* Gives the part of a page that asks for a passkey a challenge of the visit's session. */
enum rc staff_challenge(struct visit *v, enum passkey_use use, struct view_passkey *out,
                        struct err *err) MUST_CHECK;

/* 303 to a path of the staff door, which tells there what was done (NULL: nothing). */
enum rc staff_see_other(struct visit *v, struct str path, const char *done,
                        struct http_response *r);

/* The number in the path at the i-th : word. */
int64_t staff_number(const struct visit *v, int i);

/* What the person of the visit asks news for. Ends the visit's read transaction: news
 * begins its own. Lives as long as the visit. */
struct desk staff_desk(struct visit *v);

/* What came with the request, for auth. */
struct auth_attempt staff_attempt(const struct visit *v, struct str password);

/* Who the visit is, as audit log and history tell it. */
struct actor staff_actor(const struct visit *v);

/* The office's date and time of an instant, to the minute ("31.03.2026 10:30"). */
struct str staff_moment(const struct visit *v, int64_t t);
/* The same without the date when it is today's. */
struct str staff_clock(const struct visit *v, int64_t t);

/* What the audit log calls an action, in the words of the interface. */
struct str staff_action(const struct visit *v, struct str action);

#endif
