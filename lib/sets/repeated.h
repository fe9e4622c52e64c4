/* SPDX-License-Identifier: MIT */
/*
 * Finds sets whose patches were all sent again in other sets, none of which is
 * a revision of the set.
 */
#pragma once

#include "sets/sets.h"

/* Fills in repeated_by. titles: see title_groups_find. */
void repeated_find(Sets *sets, const uint32_t *titles);
