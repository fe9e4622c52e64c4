/* SPDX-License-Identifier: MIT */
/*
 * The months and weeks of a list that have posts, and which of them are no
 * longer as they were published.
 */
#pragma once

#include "activity/record.h"
#include "base/moment.h"
#include "publish/book.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Unit {
    char *name;  /* "2025-10", "2025-W40" */
    char *title; /* "October 2025", "Week 40 of 2025" */
    int64_t start_ms, end_ms;
    uint64_t print;       /* of its rows */
    uint64_t print_known; /* of those up to the last post published */
    uint64_t duplicates;
    bool is_dirty;
} Unit;

/* Returns the months, or weeks, of rows in order of arrival, oldest first;
 * array of Unit, cleared by the array. Rows at times that no calendar has are
 * in none. known: the highest number of a post published. */
GArray *units_of(const GArray *rows, const char *zone_name, bool by_week,
                 uint32_t known);
/* Returns true if all that is in the books is still as it was, posts that came
 * since aside. */
bool units_are_as_told(const GArray *units, const GPtrArray *told);
/* Marks those that tell of something that arrived then: they hold it, or what
 * waits is told in them. */
void units_touch(GArray *units, int64_t arrival_ms);
/* Marks all that end after a time. */
void units_touch_from(GArray *units, int64_t from_ms);
/* Marks those that lead to a unit that the book has not, and that one. */
void units_touch_new(GArray *units, const GPtrArray *told);
