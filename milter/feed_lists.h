/* SPDX-License-Identifier: MIT */
/*
 * Keeps what the feed knows about each list, and holds back lists that cannot
 * be counted. A list is held back for a fault of its own (its data in Redis has
 * another format) while the others are counted: its rows stay in the journal as
 * long as others do, and it is tried again at growing intervals (feed_held.h).
 */
#pragma once

#include "milter/feed_state.h"

/* Returns what is known of a list; lent until the feed is freed. A list that
 * nobody asked for yet is at row 0. */
ListState *feed_lists_get(Feed *feed, const char *list);

/* Returns true for a failure of one list, not of Redis. */
bool feed_lists_is_fault(const GError *error);
/* Notes the first row that a list missed; 0: it is no longer held. */
void feed_lists_set_missed(Feed *feed, ListState *state, int64_t row);
/* Holds a list back from this row on; logs and shows why. Changes nothing for a
 * list that is held already. */
void feed_lists_hold(Feed *feed, const char *list, int64_t row,
                     const char *why);
/* Takes ownership of a failure. If it is the list's own, holds the list back
 * and returns true; any other becomes error. */
bool feed_lists_hold_or_fail(Feed *feed, const char *list, int64_t row,
                             GError *failure, GError **error);
/* Waits longer than last time before the list is tried again. */
void feed_lists_postpone(ListState *state);

/* Returns the last row up to which everything is in Redis, even for held lists.
 */
int64_t feed_lists_last_told(Feed *feed);
/* To be called when the journal has a new id, under which Redis knows nothing:
 * rows after the cursor are sent again and found to be known. Held lists stay
 * held. */
void feed_lists_forget_places(Feed *feed);
