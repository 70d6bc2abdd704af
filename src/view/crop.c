/* view/crop.c - parts of a photo, and the point in it that matters, as SVG.
 *
 * The part is the picture's view box, so what is shown is what is cut out, to the pixel,
 * without script and without a file of its own. */
#include "view/staff.h"

#include "base/buf.h"

enum { SVG_MAX = 64 * 1024 };

static void
draw_focal(struct buf *out, const struct view_crop *c)
{
    int side = c->width_px > c->height_px ? c->width_px : c->height_px;
    struct str y = c->focal, x = str_cut(&y, ',');
    if (c->focal.n == 0)
        x = y = STR("50");
    buf_fmt(out, "<svg class=\"point\" x=\"%.*s%%\" y=\"%.*s%%\" overflow=\"visible\">",
            STR_ARG(x), STR_ARG(y));
    buf_fmt(out,
            "<g transform=\"scale(%d.%d)\"><circle r=\"30\"/>"
            "<path d=\"M-30 0H30M0-30V30\"/></g></svg>",
            side / 1000, side % 1000 / 100);
}

static void
draw(struct buf *out, const struct view_crop *c, struct arena *a)
{
    buf_fmt(out, "<figure><svg class=\"crop\" role=\"img\" aria-label=\"%.*s\"",
            STR_ARG(tpl_escape_html(a, c->name)));
    buf_fmt(out, " data-ratio=\"%d/%d\"", c->ratio_x, c->ratio_y);
    buf_fmt(out, " viewBox=\"%d %d %d %d\">", c->left, c->top, c->part_width_px,
            c->part_height_px);
    buf_fmt(out,
            "<image href=\"%.*s\" width=\"%d\" height=\"%d\" "
            "preserveAspectRatio=\"none\"/>",
            STR_ARG(tpl_escape_html(a, c->picture)), c->width_px, c->height_px);
    if (c->has_focal)
        draw_focal(out, c);
    buf_fmt(out, "</svg><figcaption>%.*s</figcaption></figure>",
            STR_ARG(tpl_escape_html(a, c->name)));
}

struct tpl_html
view_crops(struct arena *a, const struct view_crop *crops, int n)
{
    struct buf out;
    buf_init(&out, a, SVG_MAX);
    for (int i = 0; i < n; i++)
        draw(&out, &crops[i], a);
    return buf_ok(&out) ? tpl_html_trusted(buf_str(&out)) : (struct tpl_html){{NULL, 0}};
}
