/* tests/fuzz/fuzz_image.c - any bytes into the image header reader, and what it takes
 * into the walk over the whole file.
 *
 * The bytes are copied to a block of their exact length, so that AddressSanitizer sees a
 * read of one byte too many. What is accepted must obey the limits. */
#include <assert.h>
#include <stdlib.h>

#include "media/burden.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
check(const struct media_image *image)
{
    assert((unsigned)image->type < MEDIA_TYPE__MAX);
    assert(image->width_px > 0 && image->width_px <= MEDIA_SIDE_MAX_PX);
    assert(image->height_px > 0 && image->height_px <= MEDIA_SIDE_MAX_PX);
    assert((int64_t)image->width_px * image->height_px <= MEDIA_AREA_MAX_PX);
    assert(image->orientation >= 1 && image->orientation <= 8);
}

/* Nothing of a file can make walking it longer than it is. */
static void
check_whole(const struct media_image *image, struct str file)
{
    struct err err;
    check(image);
    enum rc rc = media_burden_check(image->type, file, &err);
    assert(rc == RC_OK || (rc == RC_LIMIT && err.reason != 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct media_image image;
    struct err err;
    char *copy = malloc(n > 0 ? n : 1);
    if (copy == NULL)
        return 0;
    if (n > 0)
        memcpy(copy, data, n);
    struct str head = {copy, n};
    /* Once as a whole file, once as the head of a longer one. */
    const uint64_t sizes[] = {n, (uint64_t)n + 1000 * 1000};
    for (size_t i = 0; i < N_ELEMENTS(sizes); i++) {
        enum rc rc = media_image_read(head, sizes[i], &image, &err);
        assert(rc == RC_OK || rc == RC_INVALID || rc == RC_LIMIT);
        if (rc == RC_OK)
            check_whole(&image, head);
        else
            assert(err.rc == rc && err.text[0] != '\0');
    }
    free(copy);
    return 0;
}
