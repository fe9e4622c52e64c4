/* SPDX-License-Identifier: MIT */
/*
 * Libraries that are loaded when the first of their functions is called. Most
 * digests need neither, and the libraries that they bring with them take longer
 * to start than a digest of a day takes. LAZY defines a function that stands in
 * for the library's own, so that those who call it need not know. A function
 * that is missing makes the linker take the library as ever; a test tells.
 */
#pragma once

#include <stddef.h>

typedef struct LazyLibrary {
    const char *soname;
    void *handle; /* of dlopen; NULL before */
} LazyLibrary;

/* The function of that name, of this library or one that it brings. Ends the
 * program, with a message, if there is none. May be called by any thread. */
void *lazy_find(LazyLibrary *library, const char *name);

/* Stands in for a function of `library`. Whichever thread is first: all find
 * the same. Types and lists of parameters cannot stand in parentheses:
 * NOLINTBEGIN(bugprone-macro-parentheses). */
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
