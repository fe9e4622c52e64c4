/* SPDX-License-Identifier: MIT */
/*
 * Decides what is safe (lib/journal/health.h), that is, how far
 * HEALTH_COVERED_MS may go, and writes the journal's gaps and its mark
 * (marks.h) to Redis. Gaps are written before a mark covers them. All that
 * return bool fail with the error of Redis (STORE_ERROR) or of the journal
 * (JOURNAL_ERROR); then nothing more is covered than before.
 */
#pragma once

#include "journal/journal_gaps.h"
#include "milter/feed_state.h"
#include "milter/marks.h"

/* Takes HEALTH_COVERED_MS back to at most this time; to be called before what
 * it covers ceases to be true. */
void feed_safe_uncover(const Feed *feed, int64_t from_ms);
/* The same after the cursor went back. */
bool feed_safe_uncover_rows(Feed *feed, GError **error);
/* Uncovers a gap and writes it into the journal, which numbers it. */
bool feed_safe_name_gap(const Feed *feed, JournalGap *gap, GError **error);

/* Returns true if the journal has gaps that this Redis does not have. */
bool feed_safe_has_new_gaps(const Feed *feed);
bool feed_safe_tell_gaps(Feed *feed, GError **error);
/* Fills in the mark that is true now. Fails also if the collector has begun
 * another journal: then it is not known here what waits. */
bool feed_safe_find_mark(Feed *feed, Mark *mark, GError **error);
/* Writes to Redis and to the health how far the journal is, if it is time to.
 */
bool feed_safe_tell_mark(Feed *feed, GError **error);
