/* SPDX-License-Identifier: MIT */
/*
 * Loads libraries when the first of their functions is called. Most digests
 * need neither, and the libraries that they bring with them take longer to
 * start than a digest of a day takes. LAZY defines a function that replaces the
 * library's own, so that callers need not know. If one is missing, the linker
 * links the library as usual; a test notices that.
 */
#pragma once

#include <stddef.h>

typedef struct LazyLibrary {
    const char *soname;
    const char *start; /* its function to call before any other, which takes
                          nothing and gives nothing; NULL: none */
    void *handle;      /* of dlopen; NULL before */
} LazyLibrary;

/* Returns the function of that name, of this library or one that it loads. Ends
 * the program, with a message, if there is none. Any thread. */
void *lazy_find(LazyLibrary *library, const char *name);

/* Defines a replacement for a function of `library`. Whichever thread is first,
 * all find the same function. Types and lists of parameters cannot be in
 * parentheses: NOLINTBEGIN(bugprone-macro-parentheses). */
#define LAZY(result, name, parameters, arguments)                              \
    result name parameters                                                     \
    {                                                                          \
        static void *found;                                                    \
        void *function = __atomic_load_n(&found, __ATOMIC_ACQUIRE);            \
                                                                               \
        if (function == NULL) {                                                \
            function = lazy_find(&library, #name);                             \
            __atomic_store_n(&found, function, __ATOMIC_RELEASE);              \
        }                                                                      \
        return ((__typeof__(&name))function)arguments;                         \
    }
/* NOLINTEND(bugprone-macro-parentheses) */
