/* SPDX-License-Identifier: MIT */
/*
 * The numbers of a digest that rows tell: totals, days, hours, top lists.
 */
#pragma once

#include "digest/loading.h"

/* Fills what of them is shown. Fails with STORE_ERROR. */
bool counting_numbers(const Loading *loading, GError **error);

/* Fills how many posts came to each of several lists. */
void counting_lists(const Loading *loading);

/* Returns how many rows are patches, covers or pull requests. */
unsigned counting_parts(const Loading *loading);
