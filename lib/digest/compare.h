/* SPDX-License-Identifier: MIT */
/*
 * Compares the numbers of a digest with those of the previous interval. Pure.
 */
#pragma once

#include "digest/digest.h"

/* Fills before and rank_before of the top lists' rows, and before of periods,
 * from digest->before, whose own top lists are whole. */
void compare_fill(Digest *digest);
