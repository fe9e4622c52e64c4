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

/* journal and health are lent; settings until feed_use gives others. NULL with
 * JOURNAL_ERROR if the journal's positions cannot be read. */
Feed *feed_new(Journal *journal, const Settings *settings, Health *health,
               GError **error);
void feed_free(Feed *feed);
/* Another configuration; a connection that does not fit it is closed. */
void feed_use(Feed *feed, const Settings *settings);

/* Connects to Redis; a private one is started. False: not before
 * feed_pause_ms. Reads no mail. */
bool feed_connect(Feed *feed);
/* From here on no Redis is started. */
void feed_start_nothing(Feed *feed);
/* It waits for a private Redis that somebody has to start. */
bool feed_needs_start(const Feed *feed);

/* Connects, and counts the next rows. */
FeedOutcome feed_step(Feed *feed);
int feed_pause_ms(const Feed *feed);

/* When idle, now and then: is Redis still the one that we filled. */
void feed_check(Feed *feed);
/* One step of letting old texts and posts go. */
void feed_retain(Feed *feed);
/* Brings up what an older program counted, a few posts at a time. */
void feed_upgrade(Feed *feed);
/* Writes down in the journal what is in Redis, if that changed. */
bool feed_save(Feed *feed, GError **error);
