/* SPDX-License-Identifier: MIT */
/*
 * Notes what a list should have but has not, judged by what else is known of
 * it, since an erased post is no fault. store_missing() reports what was found.
 */
#pragma once

#include "store/internal.h"

/* Notes the posts (uint32_t) that were not found, unless they were erased. */
bool missing_note_posts(Store *store, const char *list, const GArray *posts,
                        GError **error);

/* Returns how many posts each month has by its counters, in the order of months
 * (char *); -1 if counters do not tell, since old posts were dropped. Owned
 * array of int64_t. */
GArray *missing_month_counts(Store *store, const char *list,
                             const GPtrArray *months, GError **error);
/* Notes months in which fewer rows were found (int64_t, in the same order) than
 * were counted both before and now. */
bool missing_note_rows(Store *store, const char *list, const GPtrArray *months,
                       const GArray *before, const GArray *found,
                       GError **error);
