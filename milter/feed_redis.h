/* SPDX-License-Identifier: MIT */
/*
 * What Redis is like, and how long to wait for it. After any failure the
 * connection is dropped, since what became of the commands under way cannot be
 * known: the next one asks Redis where it is. Failures are counted and shown in
 * the health, and logged when the state of Redis changes. Nothing here fails.
 */
#pragma once

#include "milter/feed_state.h"

void feed_redis_disconnect(Feed *feed);
/* Of Redis, or of the journal where both are compared. Returns FEED_FAILED;
 * feed_pause_ms() is longer each time. */
FeedOutcome feed_redis_on_failure(Feed *feed, const GError *error);
FeedOutcome feed_redis_on_journal_failure(Feed *feed, const GError *error);
/* Redis answered: no pause any more. Returns outcome. */
FeedOutcome feed_redis_on_success(Feed *feed, FeedOutcome outcome);
/* Redis refused rows as not following on what it has, and was asked anew.
 * Returns FEED_MORE the first time, then FEED_FAILED. */
FeedOutcome feed_redis_on_refusal(Feed *feed);
