/* SPDX-License-Identifier: MIT */
/*
 * Builds the patch sets of what was gathered. Which set is a revision of which
 * depends on all sets that either may be a revision of, so more may have to be
 * gathered once sets are known.
 */
#pragma once

#include "gather/gather.h"
#include "sets/sets.h"

enum { GATHER_REVISION_ROUNDS = 8 };

/* Wants what decides on the revisions of sets that have a post with one of
 * these labels or wishes. sets: built from what was gathered, or what
 * sets_begin() found so far. Returns false if all of it is there; otherwise
 * gather_run() fetches it, and the sets have to be built again. */
bool gather_want_revisions(Gather *gather, const Sets *sets, unsigned labels,
                           unsigned wishes);
/* Does so after gather_run(), until all is there or GATHER_REVISION_ROUNDS are
 * done. Returns a model of all records; owned; it uses what the gather holds.
 * Fails as gather_run() does. */
Sets *gather_sets(Gather *gather, unsigned labels, unsigned wishes,
                  GError **error);
