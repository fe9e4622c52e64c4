/* SPDX-License-Identifier: MIT */
/*
 * Releases lists that missed rows and counts them again from the first of
 * these: lists that were held back for a fault of their own, and lists that
 * waited for a place among max_lists (places.h). Other lists already have the
 * rows that are read again, and skip them. Rows that the journal no longer has
 * become a gap. Both functions fail with STORE_ERROR or JOURNAL_ERROR; what was
 * not released is tried again.
 */
#pragma once

#include "milter/feed_state.h"

/* Tries each held list whose pause is over, since somebody may have mended it.
 */
bool feed_held_try(Feed *feed, GError **error);
/* Seats each list that waits and may have a place now. */
bool feed_held_seat_waiting(Feed *feed, GError **error);
