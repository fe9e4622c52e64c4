/* SPDX-License-Identifier: MIT */
/*
 * Which patches were applied: by notices, until they are taken back, and by
 * the pull requests that list them.
 */
#pragma once

#include "sets/sets.h"

typedef struct AppliedFinder AppliedFinder;

/* Fills in the notices of sets, which sets these apply, and which are taken,
 * once answers are known. Returns what applied_find takes. */
AppliedFinder *applied_find_notices(Sets *sets);
/* Fills in what pull requests and resends apply, once revisions are known.
 */
void applied_find(const AppliedFinder *finder);
void applied_finder_free(AppliedFinder *finder);
