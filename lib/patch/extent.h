/* SPDX-License-Identifier: MIT */
/*
 * Finds the parts of a set that a notice is about. "Series applied" answers one
 * patch and means all, "Queued 1-9 and 18" answers the cover and means ten.
 */
#pragma once

#include "patch/line.h"

#include <stdbool.h>
#include <stdint.h>

/* A bit for each part, the lowest for part 1; or one of these. */
#define PATCH_EXTENT_ANSWERED UINT64_C(0) /* what the notice answers */
#define PATCH_EXTENT_ALL      UINT64_MAX
#define PATCH_EXTENT_UNTOLD   (UINT64_C(1) << 63) /* some, unknown which */
/* "Applied the rest": all but the part that it answers, if it answers one. */
#define PATCH_EXTENT_OTHERS (UINT64_C(3) << 62)

/* "Applied this one": only the part that it answers. */
#define PATCH_EXTENT_THIS (UINT64_C(5) << 61)

enum { PATCH_EXTENT_PARTS_MAX = 63 }; /* higher ones have no bit */

/* Reads b4's table: "[2/7] title" and the commit. */
uint64_t patch_extent_of_table(PatchText text);
/* Reads patchwork-bot's summary: " - [net,2/7] title" and a link. */
uint64_t patch_extent_of_summary(PatchText text);
/* Returns the parts of "1-12", "patches 1 and 3", "the first two patches". */
uint64_t patch_extent_of_numbers(PatchText text);
/* Returns the parts that people name in their own words; ignores quoted lines.
 */
uint64_t patch_extent_of_words(PatchText text);
bool patch_extent_has(uint64_t extent, unsigned part);
