/* SPDX-License-Identifier: MIT */
/*
 * Turns the options that restrict a digest to some posts into a filter.
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
    bool is_asked; /* some of these options were given */
    Subsystem *subsystem;
    char *path[2];
} Narrow;

/* Checks the options as far as possible without settings. */
bool narrow_check(const NarrowOptions *options, GError **error);
/* Reads the options, which narrow_check() accepted. narrow uses their strings;
 * it has to be cleared in any case. */
bool narrow_read(const NarrowOptions *options, const Settings *settings,
                 const ListSettings *list, Narrow *narrow, GError **error);
void narrow_clear(Narrow *narrow);
