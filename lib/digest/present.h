/* SPDX-License-Identifier: MIT */
/*
 * Describes the patch sets that were built from records: fills those of a
 * digest, and the applied, superseded and waiting ones. Pure.
 */
#pragma once

#include "digest/presenter.h"

DigestState present_state(Sets *sets, const PatchSet *set);
/* Fills sets, others, older, applied, superseded and waiting. Does not set
 * text; fetch it for the records that present_heads() returns, in that order.
 */
void present_sets(const Presenter *presenter, Digest *digest);
/* Chooses the sets whose entries are printed: at most limit (0: all), those
 * with most answers, reviews and lines. Sets is_entry and entries_left. */
void present_choose_entries(Digest *digest, unsigned limit);
/* Appends the records (unsigned) whose texts the entries show, and for each the
 * DigestSet that gets the text. */
void present_heads(const Presenter *presenter, const Digest *digest,
                   GArray *records, GPtrArray *to_fill);
/* Returns the number of sets whose head is among the flagged records. */
uint64_t present_count_sets(const Sets *sets, const bool *is_counted);
