/* SPDX-License-Identifier: MIT */
/*
 * Finds which patches were applied: those that a notice names, unless it was
 * taken back, and those that pull requests list.
 */
#pragma once

#include "sets/sets.h"

typedef struct AppliedFinder AppliedFinder;

/* Fills in the notices of sets, which sets these apply, and which sets are
 * taken, once answers are known. Returns the finder for applied_find(); owned.
 */
AppliedFinder *applied_find_notices(Sets *sets);
/* Fills in what pull requests and resends apply, once revisions are known.
 */
void applied_find(const AppliedFinder *finder);
void applied_finder_free(AppliedFinder *finder);
