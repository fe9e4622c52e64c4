/* SPDX-License-Identifier: MIT */
/*
 * Names the two ends of a digest's interval for its first line.
 */
#pragma once

#include "digest/digest.h"
#include "gather/interval_rows.h"

/* Fills from, to and last_mark: 9 digits of a post's mark, more where another
 * post of the list begins with those, or the time in the zone. */
bool digest_name_ends(Store *store, const char *list, const IntervalRows *span,
                      const char *zone_name, Digest *digest, GError **error);
