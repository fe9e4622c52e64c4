/* SPDX-License-Identifier: MIT */
/*
 * What a list must have and has not: told by what else is known of it, since
 * an erased post is no fault. What is found is kept for store_missing.
 */
#pragma once

#include "store/internal.h"

/* Notes those of the posts that were never erased. */
bool missing_note_posts(Store *store, const char *list, const GArray *posts,
                        GError **error);

/* How many posts each month has, by its counters: -1 where that says nothing,
 * since old posts went; in the order of months (char *). Owned array of
 * int64_t. */
GArray *missing_month_counts(Store *store, const char *list,
                             const GPtrArray *months, GError **error);
/* Notes where fewer rows were found (int64_t, in the same order) than were
 * counted both before and now. */
bool missing_note_rows(Store *store, const char *list, const GPtrArray *months,
                       const GArray *before, const GArray *found,
                       GError **error);
