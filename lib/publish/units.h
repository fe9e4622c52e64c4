/* SPDX-License-Identifier: MIT */
/*
 * Finds the months and weeks of a list that have posts, and which of them have
 * changed since they were published.
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
    uint64_t print;       /* a hash of its rows */
    uint64_t print_known; /* a hash of those up to the last published post */
    uint64_t duplicates;
    bool is_dirty;
} Unit;

/* Returns the months, or weeks, of rows in order of arrival, oldest first;
 * array of Unit, cleared by the array. Rows at times that no calendar has are
 * in none. known: the highest number of a post published. */
GArray *units_of(const GArray *rows, const char *zone_name, bool by_week,
                 uint32_t known);
/* Returns true if all units of the book are unchanged, apart from posts that
 * came since. */
bool units_are_as_told(const GArray *units, const GPtrArray *told);
/* Marks the units that show something that arrived then: they contain it, or
 * show it as waiting. */
void units_touch(GArray *units, int64_t arrival_ms);
/* Marks all units that end after a time. */
void units_touch_from(GArray *units, int64_t from_ms);
/* Marks the units that the book does not have, and those that link to them. */
void units_touch_new(GArray *units, const GPtrArray *told);
