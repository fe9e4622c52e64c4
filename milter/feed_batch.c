/* SPDX-License-Identifier: MIT */
#include "milter/feed_batch.h"

#include "journal/journal_rows.h"
#include "milter/feed_lists.h"
#include "milter/feed_place.h"
#include "milter/feed_positions.h"
#include "milter/feed_redis.h"
#include "milter/feed_state.h"
#include "milter/reading.h"

#include "base/banned.h"

enum { ITEMS_MAX = 256 }; /* and those of the row that reaches it */

/* Activities of rows, on their way to Redis. */
typedef struct Batch {
    GArray *items;         /* StoreItem */
    GArray *rows;          /* int64_t, the row of each item */
    GPtrArray *activities; /* owner of what the items point to */
    int64_t last;          /* the last row that was looked at */
} Batch;

static Batch batch_new(void)
{
    return (Batch){
        .items = g_array_new(FALSE, TRUE, sizeof(StoreItem)),
        .rows = g_array_new(FALSE, FALSE, sizeof(int64_t)),
        .activities =
            g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref),
    };
}

static void batch_clear(Batch *batch)
{
    g_array_unref(batch->items);
    g_array_unref(batch->rows);
    g_ptr_array_unref(batch->activities);
}

static bool ask_late_or_hold(Feed *feed, const char *list, ListState *state,
                             int64_t row, GError **error)
{
    GError *failure = NULL;

    return state->missed != 0 ||
           feed_place_ask_late(feed, list, state, &failure) ||
           feed_lists_hold_or_fail(feed, list, row, failure, error);
}

/* Redis has the row, of a life that ended before it wrote that down. */
static void note_counted(const Feed *feed, ListState *state, int64_t row)
{
    if (row <= MAX(feed->noted, state->noted))
        return;
    health_count(feed->health, HEALTH_COUNTED, 1);
    state->noted = row;
}

/* Lists of a row that Redis does not hold it of yet; NULL-terminated. */
static bool lists_to_send(Feed *feed, const JournalRow *row, GPtrArray *lists,
                          GError **error)
{
    g_auto(GStrv) ids = g_strsplit(row->lists, " ", -1);

    for (char **id = ids; *id != NULL; id++) {
        bool is_admitted = false;

        if (**id == '\0')
            continue;
        if (!places_admit(feed->places, feed->store, feed->settings, *id, row,
                          &is_admitted, error))
            return false;
        if (!is_admitted)
            continue;
        ListState *state = feed_lists_get(feed, *id);
        if (!state->is_asked &&
            !ask_late_or_hold(feed, *id, state, row->row, error))
            return false;
        if (state->missed == 0 && state->sent < row->row)
            g_ptr_array_add(lists, g_strdup(*id));
        else if (state->missed == 0)
            note_counted(feed, state, row->row);
    }
    g_ptr_array_add(lists, NULL);
    return true;
}

static void add_item(Feed *feed, Batch *batch, const Activity *activity,
                     int64_t row)
{
    ListState *state = feed_lists_get(feed, activity->list);
    const StoreItem item = {
        .activity = activity,
        .position = { .source = journal_id(feed->journal),
                      .row = (uint64_t)row,
                      .previous = (uint64_t)state->sent },
    };

    state->sent = row;
    g_array_append_val(batch->items, item);
    g_array_append_val(batch->rows, row);
}

static bool add_row(Feed *feed, Batch *batch, const JournalRow *row,
                    GError **error)
{
    const Reading reading = { feed->settings, feed->journal, feed->health };
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(g_free);

    if (!lists_to_send(feed, row, lists, error))
        return false;
    batch->last = row->row;
    if (lists->len == 1)
        return true; /* only the end of the array: Redis has it */
    GPtrArray *activities =
        reading_of_row(&reading, row, (char *const *)lists->pdata);
    g_ptr_array_add(batch->activities, activities);
    for (unsigned i = 0; i < activities->len; i++) {
        Activity *activity = activities->pdata[i];

        activity->is_replay = row->row <= journal_replay_to(feed->journal);
        add_item(feed, batch, activity, row->row);
    }
    return true;
}

static bool fill(Feed *feed, Batch *batch, const GArray *rows, GError **error)
{
    for (unsigned i = 0; i < rows->len && batch->items->len < ITEMS_MAX; i++) {
        if (!add_row(feed, batch, &g_array_index(rows, JournalRow, i), error))
            return false;
    }
    return true;
}

static void note_outcome(const Feed *feed, const StoreItem *item)
{
    switch (item->outcome) {
    case STORE_COUNTED:
        health_count(feed->health, HEALTH_COUNTED, 1);
        if ((item->activity->flags & POST_MALFORMED) != 0)
            health_count(feed->health, HEALTH_MALFORMED, 1);
        break;
    case STORE_DUPLICATE:
        health_count(feed->health, HEALTH_DUPLICATES, 1);
        break;
    case STORE_DIFFERING:
        health_count(feed->health, HEALTH_DUPLICATES, 1);
        health_count(feed->health, HEALTH_DIFFERING, 1);
        break;
    case STORE_KNOWN:
    case STORE_PASSED:
        health_count(feed->health, HEALTH_REPEATED, 1);
        break;
    case STORE_PENDING:
    case STORE_HELD:
        break; /* not among those that are done */
    }
}

/* Where the connection broke, some may be done behind one that is not. */
static void note_done(Feed *feed, const Batch *batch)
{
    for (unsigned i = 0; i < batch->items->len; i++) {
        const StoreItem *item = &g_array_index(batch->items, StoreItem, i);
        const int64_t row = g_array_index(batch->rows, int64_t, i);
        ListState *state = feed_lists_get(feed, item->activity->list);

        if (item->outcome == STORE_PENDING)
            continue;
        if (item->outcome == STORE_HELD) {
            feed_lists_hold(feed, item->activity->list, row,
                            store_held(feed->store, item->activity->list));
            continue;
        }
        state->in_redis = MAX(state->in_redis, row);
        state->noted = MAX(state->noted, row);
        state->is_changed = true;
        state->hold_ms = 0;
        note_outcome(feed, item);
    }
}

/* All rows before that of the first item that is not done. */
static void advance(Feed *feed, const Batch *batch, unsigned done)
{
    const int64_t cursor = done == batch->items->len
                               ? batch->last
                               : g_array_index(batch->rows, int64_t, done) - 1;

    if (cursor <= feed->cursor)
        return;
    feed->cursor = cursor;
    feed->is_changed = true;
    feed_positions_show_cursor(feed);
}

/* A row behind the position was counted before, or the position is another
 * journal's: then the mail was not counted at all. */
static bool check_passed(Feed *feed, const Batch *batch, GError **error)
{
    const char *checked = NULL;

    for (unsigned i = 0; i < batch->items->len; i++) {
        const StoreItem *item = &g_array_index(batch->items, StoreItem, i);
        const char *list = item->activity->list;
        FeedPlace place = { 0 };
        bool is_own = false;

        if (item->outcome != STORE_PASSED || g_strcmp0(list, checked) == 0)
            continue;
        if (!feed_place_get(feed, list, feed_lists_get(feed, list), &place,
                            &is_own, error))
            return false;
        checked = list;
        if (is_own)
            continue;
        g_set_error(error, STORE_ERROR, STORE_ERROR_GAP,
                    "%s: another journal's rows were counted as ours", list);
        return false;
    }
    return true;
}

/* A position is not what it was: Redis changed under us. */
static FeedOutcome on_refused(Feed *feed, const GError *error)
{
    g_autoptr(GError) failure = NULL;

    if (!g_error_matches(error, STORE_ERROR, STORE_ERROR_GAP))
        return feed_redis_on_failure(feed, error);
    if (!feed_place_find(feed, &failure))
        return feed_redis_on_failure(feed, failure);
    return feed_redis_on_refusal(feed);
}

FeedOutcome feed_batch_send(Feed *feed, const GArray *rows)
{
    Batch batch = batch_new();
    g_autoptr(GError) error = NULL;
    unsigned done = 0;

    const bool sent =
        fill(feed, &batch, rows, &error) &&
        (batch.items->len == 0 ||
         store_count(feed->store, (StoreItem *)(void *)batch.items->data,
                     batch.items->len, &done, &error));
    const bool is_ours = check_passed(feed, &batch, sent ? &error : NULL);
    if (sent)
        done = batch.items->len;
    if (is_ours) {
        note_done(feed, &batch);
        if (sent || done < batch.items->len)
            advance(feed, &batch, done);
    }
    batch_clear(&batch);
    return sent && is_ours ? feed_redis_on_success(feed, FEED_MORE)
                           : on_refused(feed, error);
}
