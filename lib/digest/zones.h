/* SPDX-License-Identifier: MIT */
/*
 * From which time zones an interval was written, as Dates say. Pure.
 */
#pragma once

#include "sets/sets.h"

#include <glib.h>
#include <stdbool.h>

/* Appends a DigestZone * a time zone, from west to east, and one behind them
 * for posts that tell none. is_inside: by record, whether it is told of. */
void zones_count(const Sets *sets, const bool *is_inside, GPtrArray *out);
