/* SPDX-License-Identifier: MIT */
/*
 * Finds which patches belong to one patch set. Fills all and set_of of sets.
 *
 * A part joins the set above it in its thread (deep, shallow) that has its
 * version and total and lacks its number; parts without such a thread join by
 * author or sender, tags, version and total within 20 minutes. Then: a cover
 * adopts the series that answers it under another total; v5.1 10/12 belongs to
 * v5; and a few parts of a v3 that only answer v2, when no other part of a v3
 * is known, replace parts of v2.
 */
#pragma once

#include "sets/sets.h"

void series_find(Sets *sets);
