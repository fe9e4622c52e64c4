/* SPDX-License-Identifier: MIT */
#include "milter/feed_held.h"

#include "milter/clock.h"
#include "milter/feed_lists.h"
#include "milter/feed_place.h"
#include "milter/feed_safe.h"
#include "milter/feed_state.h"
#include "milter/log.h"
#include "milter/rollback.h"

#include "base/banned.h"

/* Reads again from the first row that the list missed; the others have those
 * rows and pass. */
static bool read_again(Feed *feed, const char *list, FeedPlace first,
                       const char *why, GError **error)
{
    ListState *state = feed_lists_get(feed, list);
    const int64_t known = state->in_redis;
    g_autoptr(GString) names = g_string_new(list);

    if (!feed_place_ask_late(feed, list, state, error))
        return false;
    /* Redis may have come back older meanwhile, and nobody asked for this list.
     */
    Rollback rollback = { .row = state->in_redis < known
                                     ? MIN(first.row - 1, state->in_redis)
                                     : first.row - 1,
                          .arrival_ms = first.arrival_ms,
                          .lists = 1,
                          .names = names,
                          .why = why };
    feed->cursor = MIN(feed->cursor, rollback.row);
    feed->is_changed = true;
    return feed_safe_uncover_rows(feed, error) &&
           rollback_name_gap(feed, &rollback, error);
}

static bool release(Feed *feed, const char *list, ListState *state,
                    GError **error)
{
    const int64_t row = state->missed;

    if (!read_again(feed, list, (FeedPlace){ .row = row },
                    "the list was held back for longer than the journal keeps "
                    "its mails",
                    error))
        return false;
    log_notice("list %s is counted again, from row %" G_GINT64_FORMAT, list,
               row);
    feed_lists_set_missed(feed, state, 0);
    health_add(feed->health, HEALTH_HELD_LISTS, -1);
    return true;
}

static bool try_list(Feed *feed, const char *list, ListState *state,
                     GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (store_check_list(feed->store, list, &failure))
        return release(feed, list, state, error);
    if (feed_lists_is_fault(failure)) {
        feed_lists_postpone(state);
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

/* Somebody may have mended them. */
bool feed_held_try(Feed *feed, GError **error)
{
    GHashTableIter each;
    gpointer list = NULL, value = NULL;
    bool good = true;

    if (health_get(feed->health, HEALTH_HELD_LISTS) == 0)
        return true;
    g_hash_table_iter_init(&each, feed->lists);
    while (good && g_hash_table_iter_next(&each, &list, &value)) {
        ListState *state = value;

        if (state->missed != 0 && clock_ticks_ms() >= state->try_at_ms)
            good = try_list(feed, list, state, error);
    }
    return good;
}

/* A place became free, or was taken from a list that hardly has mail. */
bool feed_held_seat_waiting(Feed *feed, GError **error)
{
    while (true) {
        Seated seated;

        if (!places_next(feed->places, feed->store, feed->settings, &seated,
                         error))
            return false;
        if (seated.list == NULL)
            return true;
        g_autofree char *list = seated.list;
        const FeedPlace first = { seated.row, seated.arrival_ms };
        if (!read_again(feed, list, first,
                        "the list had no place among max_lists for longer than "
                        "the journal keeps its mails",
                        error))
            return false;
        log_notice("list %s has a place now, and is counted from row "
                   "%" G_GINT64_FORMAT,
                   list, seated.row);
        places_seat(feed->places, list);
    }
}
