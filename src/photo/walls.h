/* photo/walls.h - what the photo helper gives up before it reads the first byte of a
 * file: all files, all sockets, other programs and processes, memory and time without
 * end. */
#ifndef PHOTO_WALLS_H
#define PHOTO_WALLS_H

#include "base/err.h"

/* What a picture may cost: address space (libraries and all), processor time, bytes of
 * the answer. */
enum { PHOTO_MEMORY_MIB = 1024, PHOTO_CPU_S = 20, PHOTO_ANSWER_MIB = 128 };

/* Puts up the walls, for good; to be called with one thread. In a sanitizer build
 * resource limits and seccomp are left off. RC_DENIED (the kernel lacks a wall; nothing
 * was changed), RC_FAILED. */
enum rc photo_walls_enter(struct err *err) MUST_CHECK;

#endif
