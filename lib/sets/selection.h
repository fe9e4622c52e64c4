/* SPDX-License-Identifier: MIT */
/*
 * Stable selections: patches of others that somebody, or a program, picked for
 * a maintained branch. They are announced, and wait for no review.
 */
#pragma once

#include "sets/sets.h"

/* Fills is_selection. */
void selection_find(Sets *sets);
