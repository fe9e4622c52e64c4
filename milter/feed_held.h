/* SPDX-License-Identifier: MIT */
/*
 * Lists that missed rows and are counted again from the first of these: those
 * that were held back for a fault of their own, and those that waited for a
 * place among max_lists (places.h). The other lists have the rows that are read
 * again, and pass them. Rows that the journal does not have any more are named
 * as a gap. Both fail with STORE_ERROR or JOURNAL_ERROR; what was not released
 * is tried again.
 */
#pragma once

#include "milter/feed_state.h"

/* Tries each list that is held and whose pause is over: somebody may have
 * mended it. */
bool feed_held_try(Feed *feed, GError **error);
/* Seats each list that waits and may have a place now. */
bool feed_held_seat_waiting(Feed *feed, GError **error);
