/* SPDX-License-Identifier: MIT */
/*
 * Which posts a digest needs, by what is shown of the interval: its own, those
 * around it, what waits since before it, and a thread that is asked for.
 */
#pragma once

#include "digest/loading.h"

/* Gathers their records: fills .gather. Fails with STORE_ERROR. */
bool wanted_gather(Loading *loading, GError **error);
