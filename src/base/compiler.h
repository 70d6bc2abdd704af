/* base/compiler.h - the few things gcc and clang share beyond C17.
 *
 * Everything that is not plain C17 hides behind a name in this file, so that a
 * reader meets one spelling and a port changes one place. */
#ifndef BASE_COMPILER_H
#define BASE_COMPILER_H

/* The result of the function must be looked at; ignoring one fails the build. */
#define MUST_CHECK __attribute__((warn_unused_result))

/* The function takes a printf format as argument fmt, its values from argument first. */
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))

/* The function never comes back. */
#define NO_RETURN __attribute__((noreturn))

/* The variable is handed to fn when its scope ends. */
#define AT_END(fn) __attribute__((cleanup(fn)))

/* How many elements an array (never a pointer) has. */
#define N_ELEMENTS(a) (sizeof(a) / sizeof((a)[0]))

#endif
