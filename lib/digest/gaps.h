/* SPDX-License-Identifier: MIT */
/*
 * Reads the times in which mail was not counted and that touch the interval.
 */
#pragma once

#include "digest/loading.h"

/* Fills the digest's gaps, in order of time. Fails with STORE_ERROR. */
bool gaps_load(const Loading *loading, GError **error);
