/* SPDX-License-Identifier: MIT */
/*
 * Which patch set is a revision of which. Fills older, newer and
 * is_same_as_older of sets.
 *
 * An earlier set is an older revision if the later one has its change-id,
 * names it (Supersedes:) and is by one of its authors or changes one of its
 * lines, answers it with a higher version, or has its title
 * and its author or sender; where there is none, if the two share half of their
 * patches, by title, change-id or patch-id, under a higher version; or if it
 * has nothing but half of the older one's patches, under the same. Of several
 * the latest is the older one, the earliest the newer one: only the two sets
 * decide, so that it does not matter which others are known.
 *
 * A later version that has no older revision so may be one worded anew
 * (reword.h) of a set that has no newer one: of several the highest version,
 * then the most alike, then the latest. Here other sets do matter; gather
 * fetches them.
 */
#pragma once

#include "sets/sets.h"

typedef struct RevisionFinder RevisionFinder;

/* Fills in the ties of sets, and that they are continued by what is tied to
 * them. Returns what the two below take; owned. */
RevisionFinder *revision_find_ties(Sets *sets);
/* Fills in the rest. */
void revision_find(const RevisionFinder *finder);
void revision_finder_free(RevisionFinder *finder);
/* Does a record say that it supersedes the set? Anybody may say so. */
bool revision_names(const Sets *sets, unsigned record, const PatchSet *older);
