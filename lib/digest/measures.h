/* SPDX-License-Identifier: MIT */
/*
 * Measures how long answers and reviews took, and how much was reviewed:
 * medians over the patch sets of a digest. Pure.
 */
#pragma once

#include "digest/digest.h"

/* Fills digest->measures from its sets and applied ones. */
void measures_fill(Digest *digest);
/* Returns the value that so many percent of the values do not exceed, by
 * nearest rank; -1 if there are none. Sorts values (int64_t). */
int64_t measures_percentile(GArray *values, unsigned percent);
