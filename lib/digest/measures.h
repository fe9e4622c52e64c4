/* SPDX-License-Identifier: MIT */
/*
 * How long answers and reviews took, and how much was reviewed: medians over
 * the patch sets of a digest. Pure.
 */
#pragma once

#include "digest/digest.h"

/* Fills digest->measures from its sets and applied ones. */
void measures_fill(Digest *digest);
/* Returns the value below which so many percent of the values lie, by nearest
 * rank; sorts values (int64_t). -1 for none. */
int64_t measures_percentile(GArray *values, unsigned percent);
