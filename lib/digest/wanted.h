/* SPDX-License-Identifier: MIT */
/*
 * Finds the posts that a digest needs for what it shows: those of the interval,
 * those around it, sets that have waited since before it, and a thread that is
 * asked for.
 */
#pragma once

#include "digest/loading.h"

/* Gathers their records: fills .gather. Fails with STORE_ERROR. */
bool wanted_gather(Loading *loading, GError **error);
