/* web/form.h - the newsroom's forms: one table says what a form asks for; by it fields
 * are shown, read back, checked, and shown again with what is wrong beside each. */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "view/staff.h"

#include "base/err.h"

struct visit;

/* One field. A table of these ends nowhere: its length is given with it. */
struct form_spec {
    const char *name;
    enum view_field_kind kind;
    enum tpl_string label, hint; /* S__MAX: none */
    size_t most;                 /* bytes */
    bool is_required;
    const char *autocomplete;
    int rows;
};

/* What a script fills in, a few KiB at most. */
#define FORM_HIDDEN(name)                                        \
    {                                                            \
        name, FIELD_HIDDEN, S__MAX, S__MAX, 8192, false, NULL, 0 \
    }

struct form {
    struct visit *v;
    const struct form_spec *spec;
    int n;
    struct view_field *fields; /* one for each row of spec */
    int n_errors;
};

/* An empty form; spec is kept, not copied. */
void form_begin(struct form *f, struct visit *v, const struct form_spec *spec, int n);

/* Takes the values that were submitted, without white space around lines of text, and
 * notes what is missing, too long or no text (shown mended). A check box that is off is
 * not submitted; any other field must be there: RC_INVALID (the name in err->field), as
 * no form of ours lacks it.
 */
enum rc form_read(struct form *f, struct visit *v, const struct form_spec *spec, int n,
                  struct err *err) MUST_CHECK;

/* Takes the values of the query likewise; what is not there is empty. RC_INVALID: there
 * twice. */
enum rc form_read_query(struct form *f, struct visit *v, const struct form_spec *spec,
                        int n, struct err *err) MUST_CHECK;

/* A field's value, never absent after form_read; text is kept, not copied. */
struct str form_value(const struct form *f, const char *name);
bool form_has(const struct form *f, const char *name);
/* The field itself, for what only its page knows. */
struct view_field *form_field(struct form *f, const char *name);
void form_set(struct form *f, const char *name, struct str value);
bool form_is_on(const struct form *f, const char *name);

/* Text as one line, wherever it was pasted from: line ends and tabs are spaces, none at
 * its ends; empty if nothing of it can be seen. In a. */
struct str form_line(struct arena *a, struct str s);

/* A page with the form's values that are not empty as its query ("/admin/items/?q=x"),
 * and in *mark the character before the next parameter. In v's arena. */
struct str form_address(struct visit *v, const char *path, const struct form *f,
                        char *mark);

/* Offers what a FIELD_CHOICE may be. */
void form_options(struct form *f, const char *name, const struct view_option *options,
                  int n);

/* Offers the languages of the site. */
void form_languages(struct form *f, const char *name);

/* Is the value of every FIELD_CHOICE one that was offered? Notes what is not. */
void form_check_choices(struct form *f);

/* Why it is refused, in the words of the interface, by its reason (model/refusal.h);
 * without one, that it cannot be accepted. */
struct str form_reason(struct visit *v, const struct err *err);

/* Notes what err says against its field, by its reason (model/refusal.h); without one,
 * that it cannot be accepted. */
void form_refused(struct form *f, const struct err *err);

/* Notes what is wrong with a field, in the words of the interface; the first note stays.
 * A name that no field has: the first field's. */
void form_error(struct form *f, const char *name, enum tpl_string text);
void form_error_text(struct form *f, const char *name, struct str text);

#endif
