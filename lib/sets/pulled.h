/* SPDX-License-Identifier: MIT */
/*
 * Which patches did a pull request take? It lists their titles and authors;
 * of those that were sent before it, the latest of each is meant.
 */
#pragma once

#include "sets/sets.h"

typedef struct PulledPatch {
    unsigned pull, member; /* records */
} PulledPatch;

/* By pull, in order. Owned array of PulledPatch. */
GArray *pulled_find(Sets *sets);
