/* SPDX-License-Identifier: MIT */
/*
 * The options by which a digest tells only of some posts, made into a filter.
 */
#pragma once

#include "base/settings.h"
#include "digest/filter.h"
#include "identity/maintainers.h"

#include <stdbool.h>

typedef struct NarrowOptions {
    const char *author, *path, *tag, *state, *thread, *subsystem, *open;
} NarrowOptions;

typedef struct Narrow {
    DigestFilter filter;
    bool is_asked; /* for any of them */
    Subsystem *subsystem;
    char *path[2];
} Narrow;

/* Returns whether the options alone can be understood. */
bool narrow_check(const NarrowOptions *options, GError **error);
/* Reads the options, which narrow_check() let pass. narrow lends from options;
 * to be cleared in any case. */
bool narrow_read(const NarrowOptions *options, const Settings *settings,
                 const ListSettings *list, Narrow *narrow, GError **error);
void narrow_clear(Narrow *narrow);
