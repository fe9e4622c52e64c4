/* SPDX-License-Identifier: MIT */
/*
 * Of which parts of a set does a notice speak? "Series applied" answers one
 * patch and means all, "Queued 1-9 and 18" answers the cover and means ten.
 */
#pragma once

#include "patch/line.h"

#include <stdbool.h>
#include <stdint.h>

/* A bit a part, the lowest for part 1; or one of these. */
#define PATCH_EXTENT_ANSWERED UINT64_C(0) /* what the notice answers */
#define PATCH_EXTENT_ALL      UINT64_MAX
#define PATCH_EXTENT_UNTOLD   (UINT64_C(1) << 63) /* some, not said which */
/* "Applied the rest": those that it does not answer, if it answers a part. */
#define PATCH_EXTENT_OTHERS (UINT64_C(3) << 62)

/* "Applied this one": of a part, no more than it. */
#define PATCH_EXTENT_THIS (UINT64_C(5) << 61)

enum { PATCH_EXTENT_PARTS_MAX = 63 }; /* of higher ones it says nothing */

/* b4's table, "[2/7] title" and the commit. */
uint64_t patch_extent_of_table(PatchText text);
/* patchwork-bot's summary, "  - [net,2/7] title" and a link. */
uint64_t patch_extent_of_summary(PatchText text);
/* The parts of "1-12", "patches 1 and 3", "the first two patches". */
uint64_t patch_extent_of_numbers(PatchText text);
/* What people write; quoted lines say nothing. */
uint64_t patch_extent_of_words(PatchText text);
bool patch_extent_has(uint64_t extent, unsigned part);
