/* photo/words_write.c - the blocks of metadata that carry our texts.
 *
 * Made here and not by a library: gexiv2 writes only into a file that it has opened, and
 * in AVIF not at all, while these dozen properties are two loops over photo/words.def. */
#include "photo/words.h"

#include "base/buf.h"
#include "base/time.h"
#include "base/utf8.h"

/* A JPEG segment holds 65,533 bytes, 29 of them name the packet (XMP part 3, 1.1.3). */
enum { PACKET_MAX = 65502, DATASET_MAX = 2000 };

enum form { TEXT, LIST, ALT, TERM };

static const struct row {
    int word;
    const char *prefix, *property;
    enum form form;
    unsigned char dataset;
    size_t iim_most;
} rows[] = {
#define PHOTO_WORD(member, ns, property, form, dataset, most, iim, exif) \
    {FOUND_WORD_##member, #ns, property, form, dataset, most},
#include "photo/words.def"
#undef PHOTO_WORD
};

/* What is written of row r; empty if nothing. */
static struct str
text_of(const struct row *r, const struct photo *p, struct arena *a)
{
    struct photo copy = *p;
    return media_photo_clean(a, *media_photo_text(&copy, r->word),
                             media_photo_most(r->word));
}

/* ---- XMP ---- */

static void
add_escaped(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '&')
            buf_add_z(b, "&amp;");
        else if (s.p[i] == '<')
            buf_add_z(b, "&lt;");
        else if (s.p[i] == '>')
            buf_add_z(b, "&gt;");
        else
            buf_add_c(b, s.p[i]);
    }
}

/* What stands around a text of each form (ISO 16684-1, 7.5 to 7.8). */
static const struct {
    const char *before, *after;
} around[] = {
    [TEXT] = {"", ""},
    [LIST] = {"<rdf:Seq><rdf:li>", "</rdf:li></rdf:Seq>"},
    [ALT] = {"<rdf:Alt><rdf:li xml:lang=\"x-default\">", "</rdf:li></rdf:Alt>"},
};

static void
add_property(struct buf *b, const struct row *r, struct str text)
{
    if (r->form == TERM) {
        buf_fmt(b,
                "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
                "<plus:%s>",
                r->property);
        add_escaped(b, text);
        buf_fmt(b, "</plus:%s></rdf:li></rdf:Seq></plus:Licensor>", r->property);
        return;
    }
    buf_fmt(b, "<%s:%s>%s", r->prefix, r->property, around[r->form].before);
    add_escaped(b, text);
    buf_fmt(b, "%s</%s:%s>", around[r->form].after, r->prefix, r->property);
}

static const char packet_head[] =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
    "<rdf:Description rdf:about=\"\""
#define PHOTO_NAMESPACE(prefix, library, uri) " xmlns:" #prefix "=\"" uri "\""
#include "photo/words.def"
#undef PHOTO_NAMESPACE
    ">";
static const char packet_tail[] =
    "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>";

static enum rc
write_packet(const struct photo *p, struct arena *a, struct str *out, struct err *err)
{
    struct buf b;
    buf_init(&b, a, PACKET_MAX);
    buf_add_z(&b, packet_head);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct str text = text_of(&rows[i], p, a);
        if (text.n > 0)
            add_property(&b, &rows[i], text);
    }
    buf_add_z(&b, packet_tail);
    if (!buf_ok(&b))
        return err_set(err, RC_LIMIT, "the texts of a photo need more than %d bytes",
                       PACKET_MAX);
    *out = buf_str(&b);
    return RC_OK;
}

/* ---- IIM ---- */

/* IIM 4.2, chapter 1: marker, record, dataset, length of two bytes (all are short). */
static void
add_dataset(struct buf *b, unsigned char record, unsigned char dataset, struct str value)
{
    buf_fmt(b, "\x1c%c%c%c%c", record, dataset, (int)(value.n >> 8),
            (int)(value.n & 255));
    buf_add(b, value);
}

/* ISO 8601 gives "2026-11-25T04:05:06+03:00"; IIM has CCYYMMDD and HHMMSS±HHMM (2:55 and
 * 2:60), and no time without a zone. 0 in a pattern stands for a digit. */
static bool
is_like(struct str s, const char *pattern)
{
    size_t n = strlen(pattern);
    for (size_t i = 0; i < n && s.n == n; i++) {
        bool is_digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (pattern[i] == '0' ? !is_digit : s.p[i] != pattern[i])
            return false;
    }
    return s.n == n;
}

static bool
is_within(struct str s, size_t at, size_t n, int most)
{
    int64_t ignored;
    return str_to_int(str_sub(s, at, n), 0, most, &ignored);
}

static bool
is_date(struct str s)
{
    int64_t y = 0, m = 0, d = 0;
    return is_like(s, "0000-00-00") && str_to_int(str_sub(s, 0, 4), 1, 9999, &y) &&
           str_to_int(str_sub(s, 5, 2), 1, 12, &m) &&
           str_to_int(str_sub(s, 8, 2), 1, 31, &d) &&
           time_is_date((int)y, (int)m, (int)d);
}

static bool
is_time(struct str s)
{
    return (is_like(s, "T00:00:00+00:00") || is_like(s, "T00:00:00-00:00")) &&
           is_within(s, 1, 2, 23) && is_within(s, 4, 2, 59) && is_within(s, 7, 2, 59) &&
           is_within(s, 10, 2, 13) && is_within(s, 13, 2, 59);
}

static void
add_date(struct buf *b, struct str s, struct arena *a)
{
    enum { DATE = 55, TIME = 60 };
    struct str t = str_from(s, 10);
    if (!is_date(str_sub(s, 0, 10)))
        return;
    add_dataset(b, 2, DATE, str_fmt(a, "%.4s%.2s%.2s", s.p, s.p + 5, s.p + 8));
    if (is_time(t))
        add_dataset(b, 2, TIME,
                    str_fmt(a, "%.2s%.2s%.2s%.3s%.2s", t.p + 1, t.p + 4, t.p + 7, t.p + 9,
                            t.p + 13));
}

/* IIM holds bytes as they are: what a program that guesses could take for a tag of HTML
 * stands in XMP alone, where it is escaped. */
static bool
has_tag(struct str s)
{
    for (size_t i = 0; i + 1 < s.n; i++) {
        char next = s.p[i + 1], small = (char)(next | ' ');
        bool is_letter = small >= 'a' && small <= 'z';
        if (s.p[i] == '<' && (is_letter || next == '!' || next == '/' || next == '?'))
            return true;
    }
    return false;
}

static void
add_text(struct buf *b, const struct row *r, struct str text, struct arena *a)
{
    if (r->word == FOUND_WORD_taken_at)
        add_date(b, text, a);
    else if (r->dataset != 0 && text.n > 0 && !has_tag(text))
        add_dataset(b, 2, r->dataset, str_trim(utf8_cut(text, r->iim_most)));
}

/* The datasets, ascending by record: 1:90 marks UTF-8, 2:0 is the version. */
static struct str
write_datasets(const struct photo *p, struct arena *a)
{
    struct buf b;
    size_t n_before;
    buf_init(&b, a, PACKET_MAX);
    add_dataset(&b, 1, 90, STR("\x1b%G"));
    add_dataset(&b, 2, 0, STR("\0\4"));
    n_before = b.n;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        add_text(&b, &rows[i], text_of(&rows[i], p, a), a);
    return b.n > n_before ? buf_str(&b) : (struct str){NULL, 0};
}

/* Around them an image resource: signature, number, empty name, length, padded to an
 * even one (Adobe Photoshop File Formats, "Image Resource Blocks"). */
static struct str
write_resource(const struct photo *p, struct arena *a)
{
    struct buf b;
    struct str iim = write_datasets(p, a);
    if (iim.n == 0)
        return iim;
    buf_init(&b, a, PACKET_MAX);
    buf_add(&b, STR("Photoshop 3.0\0"
                    "8BIM\x04\x04\0\0\0"));
    buf_fmt(&b, "%c%c%c", (int)(iim.n >> 16), (int)(iim.n >> 8 & 255),
            (int)(iim.n & 255));
    buf_add(&b, iim);
    if (iim.n % 2 == 1)
        buf_add_c(&b, '\0');
    return buf_str(&b);
}

enum rc
photo_words_write(const struct photo *p, struct arena *a, struct str *xmp,
                  struct str *iim, struct err *err)
{
    TRY(write_packet(p, a, xmp, err));
    *iim = write_resource(p, a);
    return RC_OK;
}
