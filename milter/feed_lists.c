/* SPDX-License-Identifier: MIT */
#include "milter/feed_lists.h"

#include "journal/journal.h"
#include "milter/clock.h"
#include "milter/feed_state.h"
#include "milter/log.h"

#include "base/banned.h"

enum {
    HOLD_FIRST_MS = 5 * 1000,
    HOLD_MAX_MS = 10 * 60 * 1000,
};

ListState *feed_lists_get(Feed *feed, const char *list)
{
    ListState *state = g_hash_table_lookup(feed->lists, list);

    if (state == NULL) {
        state = g_new0(ListState, 1);
        g_hash_table_insert(feed->lists, g_strdup(list), state);
    }
    return state;
}

/* The list's own fault, not Redis': the others can be counted on. */
bool feed_lists_is_fault(const GError *error)
{
    return g_error_matches(error, STORE_ERROR, STORE_ERROR_SCHEMA);
}

void feed_lists_set_missed(Feed *feed, ListState *state, int64_t row)
{
    state->missed = row;
    state->is_missed_changed = feed->is_changed = true;
}

void feed_lists_postpone(ListState *state)
{
    state->hold_ms = CLAMP(state->hold_ms * 2, HOLD_FIRST_MS, HOLD_MAX_MS);
    state->try_at_ms = clock_ticks_ms() + state->hold_ms;
}

/* Its rows from this one on stay in the journal as long as others do. */
void feed_lists_hold(Feed *feed, const char *list, int64_t row, const char *why)
{
    ListState *state = feed_lists_get(feed, list);
    g_autofree char *words = g_strdup_printf("%s: %s", list, why);

    state->sent = state->in_redis;
    if (state->missed != 0)
        return;
    feed_lists_set_missed(feed, state, MAX(row, 1));
    feed_lists_postpone(state);
    health_add(feed->health, HEALTH_HELD_LISTS, 1);
    health_say(feed->health, HEALTH_HELD, words, clock_now_ms());
    log_error("list %s is held back, other lists are counted on: %s", list,
              why);
}

/* What failed on one list only holds that one. */
bool feed_lists_hold_or_fail(Feed *feed, const char *list, int64_t row,
                             GError *failure, GError **error)
{
    if (!feed_lists_is_fault(failure)) {
        g_propagate_error(error, failure);
        return false;
    }
    feed_lists_hold(feed, list, row, failure->message);
    g_error_free(failure);
    return true;
}

/* Rows up to it are in Redis, also those of lists that are held. */
int64_t feed_lists_last_told(Feed *feed)
{
    GHashTableIter each;
    gpointer value = NULL;
    int64_t row = feed->cursor;

    g_hash_table_iter_init(&each, feed->lists);
    while (g_hash_table_iter_next(&each, NULL, &value)) {
        const ListState *state = value;

        if (state->missed != 0)
            row = MIN(row, state->missed - 1);
    }
    return row;
}

static ListState without_place(const ListState *state)
{
    return (ListState){ .is_asked = true,
                        .noted = state->noted,
                        .missed = state->missed,
                        .is_missed_changed = state->missed != 0,
                        .hold_ms = state->hold_ms,
                        .try_at_ms = state->try_at_ms };
}

/* Under the new id Redis knows nothing: rows behind the cursor are sent again
 * and found to be known. A list that is held still is. */
void feed_lists_forget_places(Feed *feed)
{
    GHashTableIter each;
    gpointer state = NULL;

    g_hash_table_iter_init(&each, feed->lists);
    while (g_hash_table_iter_next(&each, NULL, &state))
        *(ListState *)state = without_place(state);
    feed->is_changed = health_get(feed->health, HEALTH_HELD_LISTS) > 0;
    health_say(feed->health, HEALTH_JOURNAL_ID, journal_id(feed->journal),
               clock_now_ms());
}
