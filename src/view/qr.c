/* view/qr.c - QR codes as SVG, one path of unit squares. */
#include <qrencode.h>

#include "view/staff.h"

#include "base/buf.h"

enum {
    QUIET = 4 /* modules of margin, ISO/IEC 18004 section 6.3.8 */,
    SVG_MAX = 256 * 1024
};

static void
draw(struct buf *out, const QRcode *code, struct str name, struct arena *a)
{
    int size = code->width + 2 * QUIET;
    buf_fmt(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"qr\" role=\"img\" "
            "aria-label=\"%.*s\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
            "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"",
            STR_ARG(tpl_escape_html(a, name)), size, size, size, size);
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (code->data[y * code->width + x] & 1)
                buf_fmt(out, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
    buf_add_z(out, "\"/></svg>");
}

struct tpl_html
view_qr(struct arena *a, struct str text, struct str name)
{
    struct buf out;
    QRcode *code = QRcode_encodeString8bit(str_z(a, text), 0 /* as small as it fits */,
                                           QR_ECLEVEL_M);
    if (code == NULL)
        return (struct tpl_html){{NULL, 0}};
    buf_init(&out, a, SVG_MAX);
    draw(&out, code, name, a);
    QRcode_free(code);
    return buf_ok(&out) ? tpl_html_trusted(buf_str(&out)) : (struct tpl_html){{NULL, 0}};
}
