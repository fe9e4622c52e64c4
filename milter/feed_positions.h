/* SPDX-License-Identifier: MIT */
/*
 * How far the feed is, from the journal and back: the cursor, and for each list
 * the last row in Redis and the first that it missed. All that return bool fail
 * with JOURNAL_ERROR; then the journal holds what it held.
 */
#pragma once

#include "milter/feed_state.h"

/* Fills cursor, lists, places and anchors. */
bool feed_positions_load(Feed *feed, GError **error);
/* Counts in the health what the last life knew to be in Redis and did not live
 * to count. */
bool feed_positions_catch_up(Feed *feed, GError **error);
/* Writes down what changed. */
bool feed_positions_save(Feed *feed, GError **error);
/* Shows in the health where the cursor is. */
void feed_positions_show_cursor(Feed *feed);
