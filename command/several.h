/* SPDX-License-Identifier: MIT */
/*
 * The lists of which one digest is asked for: a list, several with commas
 * between, a group of the settings, or all.
 */
#pragma once

#include "base/settings.h"
#include "store/store.h"

typedef struct Several {
    char *list;             /* an id, or a name under which all are joined */
    ListSettings *settings; /* of that name */
    GPtrArray *members;     /* ListSettings *, NULL behind the last; NULL: one
                               list is asked for */
    bool is_part;           /* some could not be read, which was told */
} Several;

/* Finds the lists that a word names; NULL: all that are known. A list of
 * several that cannot be read is told on stderr and left out. To be cleared in
 * any case. */
bool several_choose(Store *store, const Settings *settings, const char *word,
                    Several *several, GError **error);
void several_clear(Several *several);
