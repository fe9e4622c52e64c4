/* SPDX-License-Identifier: MIT */
#include "command/lazy.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

static void *load(const LazyLibrary *library)
{
    void *handle = dlopen(library->soname, RTLD_LAZY);
    void *start = handle != NULL && library->start != NULL
                      ? dlsym(handle, library->start)
                      : NULL;

    if (start != NULL)
        ((void (*)(void))start)();
    return handle;
}

static void *handle_of(LazyLibrary *library)
{
    (void)pthread_mutex_lock(&loading);
    if (library->handle == NULL)
        library->handle = load(library);

    void *handle = library->handle;

    (void)pthread_mutex_unlock(&loading);
    return handle;
}

void *lazy_find(LazyLibrary *library, const char *name)
{
    void *handle = handle_of(library);
    void *function = handle != NULL ? dlsym(handle, name) : NULL;

    if (function != NULL)
        return function;
    if (handle == NULL)
        fprintf(stderr,
                "listpulse: %s: cannot be loaded: %s: install the package that "
                "it is in\n",
                library->soname, dlerror());
    else
        fprintf(stderr, "listpulse: %s: has no %s: is another version\n",
                library->soname, name);
    exit(EXIT_FAILURE);
}
