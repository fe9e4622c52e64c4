/* SPDX-License-Identifier: MIT */
/*
 * Describes what was built from the records: fills the patch sets of a digest,
 * the applied, superseded and waiting ones. Pure.
 */
#pragma once

#include "digest/presenter.h"

DigestState present_state(Sets *sets, const PatchSet *set);
/* Fills sets, others, older, applied, superseded and waiting. Does not set
 * text; fetch it for the records that present_heads() returns, in that order.
 */
void present_sets(const Presenter *presenter, Digest *digest);
/* Chooses whose entries are printed: at most so many sets (0: all), those with
 * most answers, reviews and lines. Sets is_entry and entries_left. */
void present_choose_entries(Digest *digest, unsigned limit);
/* Appends the records (unsigned) whose texts the entries show, and for each the
 * DigestSet whose text it is. */
void present_heads(const Presenter *presenter, const Digest *digest,
                   GArray *records, GPtrArray *to_fill);
/* Returns how many sets have their head among the flagged records. */
uint64_t present_count_sets(const Sets *sets, const bool *is_counted);
