/* SPDX-License-Identifier: MIT */
/*
 * Which parts of a set something holds for: a flag for each member. A part may
 * have come in several forms.
 */
#pragma once

#include "sets/sets.h"

/* For each set an array of flags, one for each of its members. */
bool **part_flags_new(const Sets *sets);
void part_flags_free(bool **flags);
/* Flags the part that the record is, by its number, for all forms in which it
 * came; a cover stands for all parts. */
void part_flags_add(const PatchSet *set, unsigned record, bool *flags);
/* Flags the parts that the record is not. */
void part_flags_add_others(const PatchSet *set, unsigned record, bool *flags);
/* Flags the parts of an extent (patch/extent.h). */
void part_flags_add_extent(const PatchSet *set, uint64_t extent, bool *flags);
void part_flags_add_all(const PatchSet *set, bool *flags);
/* How many parts are flagged; the cover is none. */
unsigned part_flags_count(const PatchSet *set, const bool *flags);
