/* SPDX-License-Identifier: MIT */
/*
 * Sends the journal to Redis, each row once: knows which rows Redis holds of
 * each list, goes back when Redis comes back older, waits when it is away.
 *
 * If Redis fails, or the journal cannot be read, a step is FEED_FAILED, the
 * health says why, and the connection is made anew after feed_pause_ms(). A
 * fault of one list holds that list back, and the others are counted on
 * (feed_lists.h). If the journal cannot be written, feed_save() fails, and what
 * was counted since is asked of Redis by the next life.
 */
#pragma once

#include "base/settings.h"
#include "journal/health.h"
#include "journal/journal.h"
#include "milter/feed_outcome.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Feed Feed;

/* journal and health are lent, settings until feed_use replaces them. NULL with
 * JOURNAL_ERROR if the journal's positions cannot be read. */
Feed *feed_new(Journal *journal, const Settings *settings, Health *health,
               GError **error);
void feed_free(Feed *feed);
/* Uses another configuration; closes a connection that does not fit it. */
void feed_use(Feed *feed, const Settings *settings);

/* Connects to Redis and starts a private one. Returns false if it failed: try
 * again after feed_pause_ms. Reads no mail. */
bool feed_connect(Feed *feed);
/* From now on starts no Redis. */
void feed_start_nothing(Feed *feed);
/* Returns true if it waits for a private Redis that somebody has to start. */
bool feed_needs_start(const Feed *feed);

/* Connects, and counts the next rows. */
FeedOutcome feed_step(Feed *feed);
int feed_pause_ms(const Feed *feed);

/* To be called now and then when idle: checks that Redis is still the one that
 * we filled. */
void feed_check(Feed *feed);
/* Does one step of dropping old texts and posts. */
void feed_retain(Feed *feed);
/* Rewrites what an older program counted in the present form, a few posts at a
 * time. */
void feed_upgrade(Feed *feed);
/* Stores in the journal what is in Redis, if that changed. */
bool feed_save(Feed *feed, GError **error);
