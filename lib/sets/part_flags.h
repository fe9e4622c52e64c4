/* SPDX-License-Identifier: MIT */
/*
 * Flags for the parts of a set, one for each member. A part may have come in
 * several forms.
 */
#pragma once

#include "sets/sets.h"

/* Returns for each set an array of flags, one for each of its members; owned,
 * see part_flags_free(). */
bool **part_flags_new(const Sets *sets);
void part_flags_free(bool **flags);
/* Flags the part that the record is, by its number, for all forms in which it
 * came; a cover stands for all parts. */
void part_flags_add(const PatchSet *set, unsigned record, bool *flags);
/* Flags all parts but the one that the record is. */
void part_flags_add_others(const PatchSet *set, unsigned record, bool *flags);
/* Flags the parts of an extent (patch/extent.h). */
void part_flags_add_extent(const PatchSet *set, uint64_t extent, bool *flags);
void part_flags_add_all(const PatchSet *set, bool *flags);
/* Returns how many parts are flagged, the cover not counted. */
unsigned part_flags_count(const PatchSet *set, const bool *flags);
