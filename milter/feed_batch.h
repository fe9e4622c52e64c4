/* SPDX-License-Identifier: MIT */
/*
 * Counts rows of the journal: makes activities of them, sends those that Redis
 * does not have yet in one batch, and moves the cursor past what is done.
 * feed_redis.h handles a failure of Redis or the journal; what was done before
 * it is kept, and no row is skipped.
 */
#pragma once

#include "milter/feed_state.h"

/* Sends as many of these rows (JournalRow) as one batch holds, in order.
 * Returns FEED_MORE, or what feed_redis.h says of a failure. */
FeedOutcome feed_batch_send(Feed *feed, const GArray *rows);
