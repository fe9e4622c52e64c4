/* SPDX-License-Identifier: MIT */
/*
 * Finds stable selections: patches of others that somebody, or a program,
 * picked for a maintained branch. They are announced and need no review.
 */
#pragma once

#include "sets/sets.h"

/* Fills is_selection. */
void selection_find(Sets *sets);
