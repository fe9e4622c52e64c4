/* SPDX-License-Identifier: MIT */
/*
 * Finds out how far Redis is with each list, and what follows from that. Each
 * connection begins with this. All that return bool fail with STORE_ERROR or
 * JOURNAL_ERROR: the connection must then be dropped.
 */
#pragma once

#include "milter/feed_state.h"

/* Asks Redis for the last row of a list that it has. Sets *is_own if that can
 * be a row of this journal, see is_own_place(). */
bool feed_place_get(Feed *feed, const char *list, const ListState *state,
                    FeedPlace *place, bool *is_own, GError **error);
/* Asks for every list that Redis should know, takes the cursor back if rows are
 * missing, names what is lost (rollback.h), and introduces the journal to Redis
 * (marks.h). Only then does the cursor agree with Redis. */
bool feed_place_find(Feed *feed, GError **error);
/* Asks for a list that was not asked for on this connection. Fails as well with
 * STORE_ERROR_GAP if its place is not of this journal. */
bool feed_place_ask_late(Feed *feed, const char *list, ListState *state,
                         GError **error);
