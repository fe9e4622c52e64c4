/* SPDX-License-Identifier: MIT */
/*
 * Counts the numbers of a digest that rows are enough for: totals, days, hours,
 * top lists.
 */
#pragma once

#include "digest/loading.h"

/* Fills those that will be shown. Fails with STORE_ERROR. */
bool counting_numbers(const Loading *loading, GError **error);

/* If the digest is of several lists, fills how many posts came to each. */
void counting_lists(const Loading *loading);

/* Returns the number of rows that are patches, covers or pull requests. */
unsigned counting_parts(const Loading *loading);
