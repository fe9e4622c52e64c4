/* SPDX-License-Identifier: MIT */
#include "milter/feed_place.h"

#include "journal/journal_rows.h"
#include "milter/feed_lists.h"
#include "milter/feed_positions.h"
#include "milter/feed_safe.h"
#include "milter/feed_state.h"
#include "milter/marks.h"
#include "milter/rollback.h"

#include "base/banned.h"

enum { ARRIVAL_MAX_BITS = 46 }; /* of an arrival in Redis */

/* A journal may be older than what Redis was filled from (a power cut, a
 * backup, a lost log), or a copy of another host's. Then the row at the place
 * is not there, or another mail's. One that was trimmed is believed if it was
 * known to be in Redis. */
static bool is_own_place(Feed *feed, const ListState *state, FeedPlace place,
                         bool *is_own, GError **error)
{
    int64_t arrival_ms = 0;
    bool is_there = false;

    *is_own = true;
    if (place.row == 0)
        return true;
    if (!journal_arrival_of(feed->journal, place.row, &arrival_ms, &is_there,
                            error))
        return false;
    *is_own = is_there ? CLAMP(arrival_ms, 1, INT64_C(1) << ARRIVAL_MAX_BITS) ==
                             place.arrival_ms
                       : place.row <= MAX(state->in_redis, ANCHOR_ROW);
    return true;
}

/* Where Redis is with a list, and whether that can be. */
bool feed_place_get(Feed *feed, const char *list, const ListState *state,
                    FeedPlace *place, bool *is_own, GError **error)
{
    uint64_t row = 0;

    if (!store_position(feed->store, list, journal_id(feed->journal), &row,
                        &place->arrival_ms, error))
        return false;
    place->row = (int64_t)MIN(row, (uint64_t)INT64_MAX);
    return is_own_place(feed, state, *place, is_own, error);
}

static bool ask_position(Feed *feed, const char *list, ListState *state,
                         Rollback *rollback, GError **error)
{
    FeedPlace place = { 0 };
    bool is_own = false;

    if (!feed_place_get(feed, list, state, &place, &is_own, error))
        return false;
    rollback->has_place = rollback->has_place || place.row > 0;
    if (!is_own) {
        rollback_record_foreign(rollback, list, place);
        return true;
    }
    if (place.row < state->in_redis) {
        rollback_record(rollback, list, place);
        if (place.row == 0 &&
            !rollback_record_lost(feed, list, rollback, error))
            return false;
    }
    state->is_changed = state->is_changed || state->in_redis != place.row;
    state->in_redis = place.row;
    state->sent = place.row;
    state->is_asked = true;
    return true;
}

static bool ask_or_hold(Feed *feed, const char *list, ListState *state,
                        Rollback *rollback, GError **error)
{
    GError *failure = NULL;

    return state->missed != 0 ||
           ask_position(feed, list, state, rollback, &failure) ||
           feed_lists_hold_or_fail(feed, list, feed->cursor + 1, failure,
                                   error);
}

static bool ask_all(Feed *feed, Rollback *rollback, GError **error)
{
    GHashTableIter each;
    gpointer list = NULL, state = NULL;
    bool good = true;

    g_hash_table_iter_init(&each, feed->lists);
    while (good && g_hash_table_iter_next(&each, &list, &state))
        good = ask_or_hold(feed, list, state, rollback, error);
    return good;
}

/* In a cluster all lists are asked for, since each tells only what its node has
 * lost. *lists: those of the cluster, owned; NULL elsewhere. */
static bool know_all_lists(Feed *feed, GPtrArray **lists, GError **error)
{
    *lists = NULL;
    if (!store_is_cluster(feed->store))
        return true;
    *lists = store_lists(feed->store, error);
    for (unsigned i = 0; *lists != NULL && i < (*lists)->len; i++)
        (void)feed_lists_get(feed, (*lists)->pdata[i]);
    return *lists != NULL;
}

/* Those of the cluster's lists (or NULL) without a place of this journal, lent;
 * see anchors.h. A journal whose first row is no higher has lists at their
 * beginning. */
static bool find_unanchored(Feed *feed, const GPtrArray *lists,
                            GPtrArray *unanchored, GError **error)
{
    int64_t first = 0;

    if (lists == NULL)
        return true;
    if (!journal_ends(feed->journal, &first, NULL, error))
        return false;
    for (unsigned i = 0; first != ANCHOR_ROW && i < lists->len; i++) {
        const ListState *state = feed_lists_get(feed, lists->pdata[i]);

        if (state->is_asked && state->missed == 0 && state->in_redis == 0)
            g_ptr_array_add(unanchored, lists->pdata[i]);
    }
    return true;
}

static void note_anchors(Feed *feed, const GPtrArray *lists)
{
    for (unsigned i = 0; i < lists->len; i++) {
        ListState *state = feed_lists_get(feed, lists->pdata[i]);

        state->in_redis = state->sent = ANCHOR_ROW;
        state->is_changed = feed->is_changed = true;
    }
}

static bool set_anchors(Feed *feed, const GPtrArray *lists, int64_t covered_ms,
                        GError **error)
{
    bool good = true;

    for (unsigned i = 0; good && i < lists->len; i++)
        good = store_set_place(feed->store, lists->pdata[i],
                               journal_id(feed->journal), ANCHOR_ROW,
                               covered_ms, error);
    return good;
}

/* Only now is the cursor what Redis holds. */
static bool meet(Feed *feed, const GPtrArray *lists, GError **error)
{
    g_autoptr(GPtrArray) unanchored = g_ptr_array_new();
    Mark mark;

    if (!feed_safe_find_mark(feed, &mark, error) ||
        !find_unanchored(feed, lists, unanchored, error))
        return false;
    note_anchors(feed, unanchored);
    feed->are_priors_seen = true;
    if (!feed_positions_save(feed, error) ||
        !marks_meet(feed->store, feed->journal, &mark, error) ||
        !set_anchors(feed, unanchored, mark.covered_ms, error))
        return false;
    feed->told_row = mark.row;
    feed->tell_at_ms = 0;
    return true;
}

/* Asks Redis for every list that it should know. */
bool feed_place_find(Feed *feed, GError **error)
{
    g_autoptr(GPtrArray) lists = NULL;
    Rollback rollback = rollback_new();

    places_doubt(feed->places);
    const bool good = know_all_lists(feed, &lists, error) &&
                      ask_all(feed, &rollback, error) &&
                      rollback_look_at_marks(feed, &rollback, error) &&
                      rollback_look_at_priors(feed, &rollback, error) &&
                      rollback_go_back(feed, &rollback, error) &&
                      rollback_settle_loss(feed, &rollback.loss, error) &&
                      rollback_begin_anew(feed, &rollback, error) &&
                      feed_safe_uncover_rows(feed, error) &&
                      meet(feed, lists, error);
    feed_positions_show_cursor(feed);
    rollback_clear(&rollback);
    return good;
}

/* A list that was not asked for on this connection. */
bool feed_place_ask_late(Feed *feed, const char *list, ListState *state,
                         GError **error)
{
    Rollback rollback = rollback_new();
    const bool good = ask_position(feed, list, state, &rollback, error);
    const bool is_foreign = rollback.foreign > 0;

    rollback_clear(&rollback);
    if (good && is_foreign)
        g_set_error(error, STORE_ERROR, STORE_ERROR_GAP,
                    "%s: the place is not of this journal", list);
    return good && !is_foreign;
}
