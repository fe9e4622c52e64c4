/* SPDX-License-Identifier: MIT */
/*
 * Sets whose patches all came again in others, so that they are not the newest
 * of their kind, though none of those revises the set.
 */
#pragma once

#include "sets/sets.h"

/* Fills in repeated_by. titles: see title_groups_find. */
void repeated_find(Sets *sets, const uint32_t *titles);
