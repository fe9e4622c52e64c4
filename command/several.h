/* SPDX-License-Identifier: MIT */
/*
 * Finds the lists of a digest: one list, several separated by commas, a group
 * of the settings, or all.
 */
#pragma once

#include "base/settings.h"
#include "store/store.h"

typedef struct Several {
    char *list;             /* an id, or the name under which all are joined */
    ListSettings *settings; /* of that name */
    GPtrArray *members;     /* ListSettings *, ended by NULL; NULL: it is one
                               list */
    bool is_part;           /* some could not be read, which was reported */
} Several;

/* Finds the lists that a word names; NULL: all known lists. If one of several
 * cannot be read, reports that on stderr and leaves it out. several has to be
 * cleared in any case. */
bool several_choose(Store *store, const Settings *settings, const char *word,
                    Several *several, GError **error);
/* Finds the archive of each list whose settings leave that open, see
 * digest/archive.h. Fails with STORE_ERROR. */
bool several_learn_archives(Store *store, Several *several, GError **error);
void several_clear(Several *several);
