/* SPDX-License-Identifier: MIT */
/*
 * What came of a step of the feed: see feed.h.
 */
#pragma once

typedef enum FeedOutcome {
    FEED_MORE,   /* at once again: there is more */
    FEED_IDLE,   /* all rows are in Redis */
    FEED_FAILED, /* not before feed_pause_ms */
} FeedOutcome;
