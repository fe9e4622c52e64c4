/* SPDX-License-Identifier: MIT */
/*
 * Finds which patch set is a revision of which. Fills older, newer and
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
 * A later version that has found no older revision in this way may revise,
 * under a new wording (reword.h), a set that has no newer one: of several the
 * one with the highest version, then the most similar, then the latest. Here
 * other sets do matter; gather fetches them.
 */
#pragma once

#include "sets/sets.h"

typedef struct RevisionFinder RevisionFinder;

/* Fills in the ties of sets, and is_continued. Returns the finder for the two
 * functions below; owned. */
RevisionFinder *revision_find_ties(Sets *sets);
/* Fills in the rest. */
void revision_find(const RevisionFinder *finder);
void revision_finder_free(RevisionFinder *finder);
/* Returns true if a record says that it supersedes the set; anybody may say so.
 */
bool revision_names(const Sets *sets, unsigned record, const PatchSet *older);
