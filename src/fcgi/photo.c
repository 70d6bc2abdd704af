/* fcgi/photo.c - the duty of the photo process: it starts photo helpers for the staff
 * workers and the work process, which may start nothing. It reads no byte of a picture.
 */
#include <stdlib.h>

#include "fcgi/child.h"
#include "media/helper_server.h"

static struct media_server server;

/* Before the walls: later nothing can be opened. */
enum rc
fcgi_photo_open(const struct child *c, struct err *err)
{
    static struct arena a;
    arena_init(&a);
    return media_server_open(c->conf->originals_dir, (int)c->conf->photo_helpers,
                             c->conf->sandbox, c->photo_fd, &a, &server, err);
}

/* Also when nobody is left to say so: the others were killed. */
static bool
is_to_end(void)
{
    return fcgi_child_is_told_to_end() || media_server_is_alone(&server);
}

/* When it is to end, it takes no more orders; those under way are brought to their end.
 */
int
fcgi_photo_main(const struct child *c)
{
    struct pollfd on[MEDIA_SERVER_POLLS_MAX];
    fcgi_child_has_begun(c);
    while (!is_to_end() || !media_server_is_idle(&server)) {
        int timeout_ms;
        int n = media_server_polls(&server, !is_to_end(), on, &timeout_ms);
        fcgi_child_wait_all(on, n, timeout_ms);
        media_server_step(&server, !is_to_end());
    }
    return EXIT_SUCCESS;
}
