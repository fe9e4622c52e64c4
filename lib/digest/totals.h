/* SPDX-License-Identifier: MIT */
/*
 * Counts rows. Each function makes one pass with arrays indexed by person
 * number, without a hash or string per row: a million rows take a few
 * milliseconds. Nothing here fails.
 */
#pragma once

#include "activity/record.h"
#include "digest/digest.h"
#include "sets/people.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Returns the largest number of an author or sender in rows; 0 without rows. */
uint32_t totals_largest_number(const PostRow *rows, size_t count);
/* Returns the person numbers in rows, each once, ascending: uint32_t. Owned. */
GArray *totals_numbers(const PostRow *rows, size_t count);
/* Records in people how often each of them appears. */
void totals_appearances(People *people, const PostRow *rows, size_t count);
/* Returns true for patches and covers, by which contributors are counted. */
static inline bool totals_is_contribution(PostKind kind)
{
    return kind == POST_PATCH || kind == POST_COVER;
}
/* Fills what rows are enough for: all of totals but duplicates, new_people and
 * patch_sets. */
void totals_count(const People *people, const PostRow *rows, size_t count,
                  DigestTotals *totals);
/* Returns the speakers of rows (people_speaker()): person indexes, each once,
 * ascending: uint32_t. Owned. */
GArray *totals_senders(const People *people, const PostRow *rows, size_t count);

/* Appends a DigestDay for each UTC day from one time to the other, both
 * included, and for the days of the rows; rows are in order of arrival. */
void totals_days(const People *people, const PostRow *rows, size_t count,
                 int64_t first_ms, int64_t last_ms, GPtrArray *out);
/* Counts posts by hour and by weekday (from Monday on) in a time zone. */
void totals_hours(const PostRow *rows, size_t count, const char *zone_name,
                  uint64_t hours[24], uint64_t weekdays[7]);
