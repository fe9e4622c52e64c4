/* SPDX-License-Identifier: MIT */
/*
 * Tracks the state of Redis, and how long to wait for it. After any failure the
 * connection is dropped, since the fate of unanswered commands is unknown: the
 * next connection asks Redis how far it is. Failures are counted and shown in
 * the health, and logged when the state of Redis changes. Nothing here fails.
 */
#pragma once

#include "milter/feed_state.h"

void feed_redis_disconnect(Feed *feed);
/* Handle a failure of Redis, or of the journal while both are compared. Return
 * FEED_FAILED; feed_pause_ms() grows each time. */
FeedOutcome feed_redis_on_failure(Feed *feed, const GError *error);
FeedOutcome feed_redis_on_journal_failure(Feed *feed, const GError *error);
/* To be called when Redis answered: ends the pause. Returns outcome. */
FeedOutcome feed_redis_on_success(Feed *feed, FeedOutcome outcome);
/* To be called when Redis refused rows because they do not follow what it has,
 * and was asked again. Returns FEED_MORE the first time, then FEED_FAILED. */
FeedOutcome feed_redis_on_refusal(Feed *feed);
