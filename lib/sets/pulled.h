/* SPDX-License-Identifier: MIT */
/*
 * Finds the patches that a pull request lists. The request gives titles and
 * authors; of the patches sent before it, the latest of each title is meant.
 */
#pragma once

#include "sets/sets.h"

typedef struct PulledPatch {
    unsigned pull, member; /* records */
} PulledPatch;

/* Returns an array of PulledPatch, ordered by pull; owned. */
GArray *pulled_find(Sets *sets);
