/* SPDX-License-Identifier: MIT */
/*
 * The patch sets of what was gathered. Which set is a revision of which hangs
 * on all sets that either may be a revision of, so that more may have to be
 * gathered once sets are known.
 */
#pragma once

#include "gather/gather.h"
#include "sets/sets.h"

enum { GATHER_REVISION_ROUNDS = 8 };

/* Wants what decides on the revisions of sets with a post that has one of these
 * labels or wishes. sets: built of what was gathered, or what sets_begin()
 * found so far. Returns false if all of it is there; else gather_run() fetches
 * it, and the sets are to be built anew. */
bool gather_want_revisions(Gather *gather, const Sets *sets, unsigned labels,
                           unsigned wishes);
/* Does so after gather_run(), until all is there or GATHER_REVISION_ROUNDS are
 * done. Returns a model of all records; owned, lends what the gather holds.
 * NULL as gather_run() fails. */
Sets *gather_sets(Gather *gather, unsigned labels, unsigned wishes,
                  GError **error);
