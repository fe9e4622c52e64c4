/* SPDX-License-Identifier: MIT */
/*
 * The outcome of a step of the feed: see feed.h.
 */
#pragma once

typedef enum FeedOutcome {
    FEED_MORE,   /* there is more to do: step again at once */
    FEED_IDLE,   /* all rows are in Redis */
    FEED_FAILED, /* step again after feed_pause_ms */
} FeedOutcome;
