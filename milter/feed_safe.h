/* SPDX-License-Identifier: MIT */
/*
 * What is safe (lib/journal/health.h): how far HEALTH_COVERED_MS may go, and
 * what Redis is told of it: the journal's gaps, and its mark (marks.h). Gaps
 * are told before a mark covers them. All that return bool fail with the error
 * of Redis (STORE_ERROR) or of the journal (JOURNAL_ERROR); then nothing more
 * is covered than before.
 */
#pragma once

#include "journal/journal_gaps.h"
#include "milter/feed_state.h"
#include "milter/marks.h"

/* Takes HEALTH_COVERED_MS back to this time at least: before what it covers is
 * not so any more. */
void feed_safe_uncover(const Feed *feed, int64_t from_ms);
/* The same after the cursor went back. */
bool feed_safe_uncover_rows(Feed *feed, GError **error);
/* Uncovers a gap and writes it into the journal, which numbers it. */
bool feed_safe_name_gap(const Feed *feed, JournalGap *gap, GError **error);

/* Returns true if the journal has gaps that this Redis was not told of. */
bool feed_safe_has_new_gaps(const Feed *feed);
bool feed_safe_tell_gaps(Feed *feed, GError **error);
/* Fills in what may be said now. Fails, too, if the collector has begun another
 * journal: then nobody knows here what waits. */
bool feed_safe_find_mark(Feed *feed, Mark *mark, GError **error);
/* Tells Redis and the health how far the journal is, if it is time to. */
bool feed_safe_tell_mark(Feed *feed, GError **error);
