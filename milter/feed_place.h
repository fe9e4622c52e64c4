/* SPDX-License-Identifier: MIT */
/*
 * Where Redis is with each list, and what follows from it. Each connection
 * begins with these questions. All that return bool fail with STORE_ERROR or
 * JOURNAL_ERROR: then the connection is of no use.
 */
#pragma once

#include "milter/feed_state.h"

/* Asks Redis for the last row of a list that it has. *is_own: it can be a row
 * of this journal, see is_own_place(). */
bool feed_place_get(Feed *feed, const char *list, const ListState *state,
                    FeedPlace *place, bool *is_own, GError **error);
/* Asks for every list that Redis should know, takes the cursor back where it
 * lacks rows, names what is lost (rollback.h), and lets Redis meet the journal
 * (marks.h). Only then is the cursor what Redis holds. */
bool feed_place_find(Feed *feed, GError **error);
/* Asks for a list that was not asked for on this connection. Fails as well with
 * STORE_ERROR_GAP if its place is not of this journal. */
bool feed_place_ask_late(Feed *feed, const char *list, ListState *state,
                         GError **error);
