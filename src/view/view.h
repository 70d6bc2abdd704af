/* view/view.h - facts to bytes: HTML pages through the templates.
 *
 * The view asks no questions: whatever a page shows is in the structs it is given, and a
 * photo is never shown without its credit, because one function shows photos. */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include "model/section.h"
#include "model/wording.h"
#include "tpl/tpl.h"
#include "view/lang.h"

/* A page is longer than what the largest item may hold (news/body.h, ITEM_..._MAX), each
 * character escaped: what can be saved can be shown. */
enum { VIEW_PAGE_MAX = 16 << 20, VIEW_CHROMES_MAX = 64 };

/* The parts of a page that are the same as long as nothing changes, as HTML. */
struct view_chrome {
    int lang;
    int64_t section_id; /* the menu's current entry: a section, 0 none, -1 all news */
    struct tpl_html header;
};

struct view {
    const struct site *site;
    struct tpl_set *set;
    struct view_lang langs[SITE_LANGS_MAX]; /* as they are shown */
    struct view_lang files[SITE_LANGS_MAX]; /* as the language files have them */
    struct arena arena;                     /* their texts */
    struct wordings wordings; /* what is shown instead of theirs, in wording_arena */
    struct arena wording_arena, wordings_before;
    struct arena chrome_arena; /* as long as the epoch */
    int64_t epoch;
    struct view_chrome chromes[VIEW_CHROMES_MAX];
    int n_chromes;
    bool has_strip[SITE_LANGS_MAX];
    struct tpl_html strips[SITE_LANGS_MAX];
};

/* Another form of the same page, for the language switch and hreflang. */
struct view_alternate {
    int lang;
    struct str path;
    bool is_same_page; /* false: only the place to go on in that language */
};

/* A bar above a page that is not public: what it says, and links from there. */
struct view_link {
    struct str url, name;
};
struct view_bar {
    struct str text;
    const struct view_link *links;
    int n_links;
};

/* What every page has around its content. Absent texts: none. */
struct view_frame {
    int lang;
    int64_t now;
    int64_t epoch;                   /* of the sections and the strip below */
    const struct sections *sections; /* NULL when the database cannot be read */
    const struct cards *strip;       /* NULL likewise */
    int64_t current;                 /* as view_chrome.section_id */
    struct str title;                /* of the page; the site's name is added */
    struct str description;
    struct str path; /* the page's own address; absent: no canonical link */
    bool is_noindex;
    struct view_alternate alternates[SITE_LANGS_MAX];
    int n_alternates;
    struct str prev, next;          /* addresses of newer and older pages */
    const struct view_bar *preview; /* NULL: a public page */
    struct str photos; /* what stands before an article's photos' addresses */
};

/* Loads language files and templates: the operator's folder first, if it is there.
 * RC_INVALID with file and line, RC_NOT_FOUND (language), RC_FAILED. site must outlive.
 */
enum rc view_open(const struct site *site, struct str folder, struct view *v,
                  struct err *err) MUST_CHECK;
void view_close(struct view *v);

/* The address of a static file by its name in static/ ("css/site.css"), empty for one
 * that could not be made in this build; asking for any other ends the process. */
struct str view_static(const char *name);

/* A string of the interface in a language. */
struct str view_string(const struct view *v, int lang, enum tpl_string s);

/* What fills the content of a page: sets values in d for one struct of facts. */
typedef void view_fill(struct view *v, const struct view_frame *f, struct tpl_dict *d,
                       const void *page);

/* One kind of page: its template and what fills it; what it has in the page's head of its
 * own (NULL: nothing), when it is a public page. */
struct view_kind {
    enum tpl_file content;
    view_fill *fill, *head;
};

/* The kinds of pages; page is the struct named. */
extern const struct view_kind view_home;    /* struct page_home */
extern const struct view_kind view_listing; /* struct page_listing */
extern const struct view_kind view_article; /* struct page_article */
extern const struct view_kind view_error;   /* struct view_error_page */

extern const struct view_kind view_correction_list; /* struct page_corrections */

struct view_error_page {
    int status; /* shown; 0: not */
    struct str heading, text;
    struct str notice;     /* absent: none */
    struct str request_id; /* absent: not shown */
};

/* What a page shows in its frame: a kind and the struct that belongs to it. */
struct view_content {
    const struct view_kind *kind;
    const void *page;
};

/* The whole page: frame and content, in a. RC_FAILED, RC_LIMIT. */
enum rc view_page(struct view *v, const struct view_frame *f, struct view_content content,
                  struct arena *a, struct str *out, struct err *err) MUST_CHECK;

/* A page that nginx sends by itself, without menu and strip: heading and text. */
enum rc view_static_error(struct view *v, int lang, const struct view_error_page *page,
                          struct arena *a, struct str *out, struct err *err) MUST_CHECK;

/* The web app manifest (W3C Application Manifest) of a language, JSON in a. */
struct str view_manifest(const struct view *v, int lang, struct arena *a);

#endif
