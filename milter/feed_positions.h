/* SPDX-License-Identifier: MIT */
/*
 * Loads from the journal, and saves, how far the feed is: the cursor, and for
 * each list the last row in Redis and the first that it missed. All that return
 * bool fail with JOURNAL_ERROR; the journal is then unchanged.
 */
#pragma once

#include "milter/feed_state.h"

/* Fills cursor, lists, places and anchors. */
bool feed_positions_load(Feed *feed, GError **error);
/* Adds to the health's counters what the previous life stored in Redis but did
 * not count before it ended. */
bool feed_positions_catch_up(Feed *feed, GError **error);
/* Saves what changed. */
bool feed_positions_save(Feed *feed, GError **error);
/* Shows in the health where the cursor is. */
void feed_positions_show_cursor(Feed *feed);
