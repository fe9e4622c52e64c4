/* SPDX-License-Identifier: MIT */
/*
 * Which patches were applied: by notices, until they are taken back, and by
 * the pull requests that list them.
 */
#pragma once

#include "sets/sets.h"

/* Fills in the notices of sets, and which sets these apply, once answers are
 * known. Returns what applied_find takes: a flag a member, by set. */
bool **applied_find_notices(Sets *sets);
/* Fills in what pull requests and resends apply, once revisions are known.
 * flags: of applied_find_notices; freed. */
void applied_find(Sets *sets, bool **flags);
