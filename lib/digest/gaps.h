/* SPDX-License-Identifier: MIT */
/*
 * Times of which mail was not counted, as far as they touch the interval.
 */
#pragma once

#include "digest/loading.h"

/* Fills the digest's gaps, in order of time. Fails with STORE_ERROR. */
bool gaps_load(const Loading *loading, GError **error);
