/* photo/duties.c - what the photo helper can be asked. */
#include "photo/order.h"

const struct photo_duty photo_duties[] = {
    {"look", photo_look},
    {"render", photo_order_render},
    {"check", photo_order_check},
    {"rewrite", photo_order_rewrite},
    {NULL, NULL},
};
