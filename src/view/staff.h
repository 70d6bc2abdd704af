/* view/staff.h - pages of the newsroom.
 *
 * All are made of the same few parts: a form, a table, lines of text, a comparison. So
 * a part looks and behaves the same wherever it stands, and what makes forms usable (a
 * label for each field, its error beside it and tied to it, everything else kept) is done
 * in one place. */
#ifndef VIEW_STAFF_H
#define VIEW_STAFF_H

#include "model/passkey.h"
#include "view/view.h"

enum view_field_kind {
    FIELD_LINE,     /* one line of text */
    FIELD_PASSWORD, /* never shown again */
    FIELD_AREA,     /* lines of text */
    FIELD_PROSE,    /* Markdown, with the tools of the editor around it */
    FIELD_MOMENT,   /* "2026-03-31T10:30", the office's wall clock */
    FIELD_DAY,      /* "2026-03-31" */
    FIELD_CHOICE,   /* one of options */
    FIELD_CHECK,    /* "1" or "" */
    FIELD_FILES,    /* photos; never shown again. Its form has_files */
    FIELD_HIDDEN,
    FIELD_PHOTOS, /* how many photos there are, around all that is asked about each */
    FIELD_KIND__MAX
};

struct view_option {
    struct str value, name;
};

/* A picture that is the way to its own page. */
struct view_tile {
    struct str url, name;
    struct str picture; /* its address; absent: there is none, as no_picture says */
    struct str no_picture;
    int width_px, height_px;
    struct str credit;  /* whoever took it, or that nobody is named */
    bool has_no_credit; /* it is that */
    struct str note;    /* absent: not shown */
    struct str id;      /* what choosing it sends */
};

/* What a source other than the person says a field should hold. */
struct view_said {
    struct str source, text;
    struct str take, label, named; /* the button that takes it: value, text, what a screen
                                      reader says; take absent: there is none */
    struct str note;               /* instead of a button */
};

struct view_uses;

struct view_field {
    enum view_field_kind kind;
    struct str name;
    struct str label, hint; /* hint, error: absent when there is none */
    struct str value, error;
    const char *autocomplete; /* HTML section 4.10.18.7.1; NULL: "off" */
    bool is_required;
    int rows;                          /* FIELD_AREA, FIELD_PROSE */
    const struct view_option *options; /* FIELD_CHOICE */
    int n_options;
    const char *id;  /* of the control, for scripts; NULL: "f-" and the name */
    struct str fold; /* fields that follow each other with one name stand in a part of
                        that name, which is shut unless something in it is wrong */
    bool is_half;    /* two of these stand beside each other where there is room */
    const struct view_said *said;
    int n_said;
    const struct view_tile *shown; /* a picture above the field; NULL: none */
    bool is_of_photo; /* stands with its photo, in the FIELD_PHOTOS of the form */
    const struct view_uses *uses; /* FIELD_PHOTOS */
};

/* A photo in an item's form. */
struct view_use {
    struct str number;  /* from "1": its place, and how the text names it */
    struct str name;    /* what it is called */
    struct str picture; /* its address, which has none yet right after the upload */
    int width_px, height_px;
    struct str url;    /* its page in the library */
    struct str credit; /* shown with it; absent: there is none */
    struct str error;  /* what is wrong with it as a whole; absent: nothing */
    struct str note;   /* what has just happened to it, and where the page begins then */
    struct str ends;   /* that it is to leave soon; absent: it is not */
    const struct view_field *fields;
    int n_fields;
};

/* The photos in an item's form (static/js/photos.js; works without it). */
struct view_uses {
    const struct view_use *all;
    int n;
    struct str form;   /* the form's own address */
    struct str choose; /* the page where photos are chosen and uploaded */
};

struct view_button {
    const char *name, *value; /* which one was pressed; NULL: there is one only */
    struct str label;
};

struct view_form {
    struct str action;
    const struct view_field *fields;
    int n_fields;
    const struct view_button *buttons; /* the first is the one that Enter presses */
    int n_buttons;
    struct str cancel; /* where to instead; absent: nowhere */
    bool has_files;    /* multipart/form-data; js/upload.js sends them one by one, too */
    struct str next;   /* has_files: where that goes then, the photos' numbers follow */
    bool is_inline;    /* its fields stand beside each other */
    bool is_quiet;     /* none of its buttons is what most people come for */
    bool is_question;  /* asks for a page and changes nothing: GET, without the token */
    bool is_open;      /* its folds are open, whatever is in them */
    bool is_pressed_first; /* its buttons stand above its fields and stay in sight */
    struct str keys;       /* how the first is pressed from anywhere; absent: as ever */
    const struct view_table *table; /* stands in it, before its fields; NULL: none */
    struct str legend;              /* of the fields behind a table */
};

/* A cell is a link, a button of its own or plain text. */
struct view_cell {
    struct str text;
    struct str url;    /* a link, and the name of its row */
    bool is_way;       /* a link that is not the name of its row; named says more */
    struct str action; /* a button that posts the id of the row there */
    struct str id;     /* of the button */
    struct str pick;   /* a check box of that name; text is its value */
    bool is_picked;
    struct str named; /* button, check box: what a screen reader says */
};

struct view_table {
    struct str name; /* what it lists */
    const struct str *columns;
    int n_columns;
    const struct view_cell *cells; /* n_rows * n_columns */
    int n_rows;
    struct str empty;        /* instead of a table without rows */
    struct str newer, older; /* addresses of the pages beside this one; absent: none */
};

enum view_change { CHANGE_SAME, CHANGE_ADDED, CHANGE_REMOVED };

struct view_piece {
    enum view_change change;
    struct str text;
};

/* Two texts, in pieces that both have or only one. */
struct view_compared {
    struct str name;
    const struct view_piece *pieces;
    int n_pieces;
};

/* How long it is to an instant. */
struct view_countdown {
    int64_t left_s;         /* 0: not shown */
    struct str at;          /* RFC 3339 */
    struct str text, words; /* words: "in|d|h|min|s|over", for the script */
};

/* A form that an authenticator fills in, by js/passkey.js, which the frame must name;
 * without script the page says what is missing. */
struct view_passkey {
    struct str action, button, cancel; /* cancel absent: nowhere */
    bool is_new;                       /* makes a passkey, else uses one */
    bool must_verify;                  /* the device has to check who is there */
    bool is_main;                      /* it is what the page is for */
    struct str page; /* where to get another challenge; absent: nowhere */
    struct str party, challenge, ticket;
    struct str user, login, person; /* is_new: whose it will be */
    const struct passkey *known;    /* is_new: devices that have one; else those to ask */
    int n_known;
    const struct view_field *kept; /* sent back with it, hidden */
    int n_kept;
};

/* What somebody said, with a button of its own or without (action absent). */
struct view_remark {
    struct str head, text, note; /* note: absent when there is none */
    struct str action, id, button, named;
};

/* What an item's form needs so that what is typed is kept and people see each other
 * (static/js/autosave.js); without script it shows the two texts. */
struct view_together {
    struct str url;    /* where the script asks and sends */
    struct str go_on;  /* the form with a kept text: the form's word follows */
    bool is_fresh;     /* the form was asked for, not sent and shown again */
    struct str others; /* who else is here; absent: nobody */
};

/* A day of a calendar. */
struct view_day_entry {
    struct str time; /* absent: the whole day */
    struct view_link link;
    struct str note;
};
struct view_day {
    struct str date, number; /* "2026-03-31", "31" */
    const struct view_day_entry *entries;
    int n;
    struct view_link more; /* url absent: these are all */
    bool is_today;
};
struct view_calendar {
    struct str name;        /* the month */
    struct str weekdays[7]; /* from Monday */
    const struct view_day *days;
    int n, first; /* first: the day of the week of the first, 0 Monday */
};

/* Fills TPL_ADMIN_CALENDAR; for view/staff.c. */
void view_calendar_fill(struct tpl_dict *d, const struct view_calendar *c);

/* Pictures beside each other. */
struct view_tiles {
    struct str name;
    const struct view_tile *all;
    int n;
    struct str empty;                     /* instead of pictures */
    struct str action;                    /* where those chosen lead; absent: nowhere */
    struct str kept, kept_value;          /* sent along; kept absent: nothing is */
    struct str pick, pick_label, button;  /* the choice's name; what is said at it */
    struct view_link first, newer, older; /* other pages; url absent: none */
};

/* Fills TPL_ADMIN_TILES; for view/staff.c. */
void view_tiles_fill(struct tpl_dict *d, const struct view_tiles *t);

/* A part of a page; what is absent or NULL is not shown. */
struct view_block {
    struct str heading;
    struct str line, line2;
    struct view_countdown countdown;
    const struct view_link *links;
    int n_links;
    bool links_open_anew;    /* in another tab: this page holds what was typed */
    struct tpl_html picture; /* SVG; s absent: none */
    const struct str *codes;
    int n_codes;
    const struct view_compared *compared;
    int n_compared;
    const struct view_remark *remarks;
    int n_remarks;
    const struct view_together *together;
    const struct view_calendar *calendar;
    const struct view_tiles *tiles;
    const struct view_table *table;
    const struct view_form *form;
    const struct view_passkey *passkey;
};

/* Where a page stands in the menu. */
enum view_place {
    PLACE_NONE,
    PLACE_TODAY,
    PLACE_ITEMS,
    PLACE_CALENDAR,
    PLACE_NEW_ITEM,
    PLACE_PHOTOS,
    PLACE_PEOPLE,
    PLACE_SECTIONS,
    PLACE_WORDS,
    PLACE_AUDIT,
    PLACE_ACCOUNT,
    PLACE__MAX
};

enum { VIEW_SCRIPTS_MAX = 4 };

/* What every page has around its parts. */
struct view_staff_frame {
    int lang;
    struct str title;
    struct str person; /* who is signed in; absent: nobody, and no menu */
    int64_t person_id;
    bool may[PLACE__MAX]; /* which entries the menu has */
    enum view_place place;
    const struct view_link *pages; /* of one subject, as a row below the heading */
    int n_pages, page;             /* page: the index of this one */
    struct str pages_name;         /* for screen readers; absent: "This item" */
    const char *scripts[VIEW_SCRIPTS_MAX]; /* "js/x.js"; the page works without them */
    struct str csrf;                       /* the token that every form carries */
    struct str done, problem; /* what has just happened, or not; absent: nothing */
};

/* The whole page, in a. RC_FAILED, RC_LIMIT. */
enum rc view_staff_page(struct view *v, const struct view_staff_frame *f,
                        const struct view_block *blocks, int n_blocks, struct arena *a,
                        struct str *out, struct err *err) MUST_CHECK;

/* Facts for a script of ours, as a JSON object of texts; absent ones are left out. */
struct view_fact {
    const char *name;
    struct str text;
};
struct str view_facts(struct arena *a, const struct view_fact *facts, int n);

/* A part of a photo, as it is cut out. Sides and places in pixels of the photo. */
struct view_crop {
    struct str name, picture; /* picture: the address of all of it, in any size */
    int width_px, height_px;  /* of the photo */
    int left, top, part_width_px, part_height_px;
    int ratio_x, ratio_y; /* of the part, for the script; 0: all of it */
    bool has_focal;       /* shows the point that matters, for js/photo.js */
    struct str focal;     /* "x,y" in percent; absent: the middle */
};

/* Beside each other, as SVG; s absent when it would be too long. */
struct tpl_html view_crops(struct arena *a, const struct view_crop *crops, int n);

/* A QR code of a text (ISO/IEC 18004, error correction M) as an SVG with a name for
 * screen readers; s absent when the text is too long for one. */
struct tpl_html view_qr(struct arena *a, struct str text, struct str name);

#endif
