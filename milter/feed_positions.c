/* SPDX-License-Identifier: MIT */
#include "milter/feed_positions.h"

#include "journal/journal_positions.h"
#include "journal/journal_rows.h"
#include "milter/clock.h"
#include "milter/feed_lists.h"
#include "milter/feed_state.h"

#include <string.h>

#include "base/banned.h"

/* In the journal, beside the place of a list: this and its id, and the first
 * row that it missed; 0: it is held no more. */
static const char held_place[] = "held ";

bool feed_positions_load(Feed *feed, GError **error)
{
    int64_t held = 0;
    g_autoptr(GArray) positions = journal_positions_new();

    if (!journal_applied(feed->journal, &feed->cursor, error) ||
        !journal_positions(feed->journal, positions, error))
        return false;
    for (unsigned i = 0; i < positions->len; i++) {
        const JournalPosition *position =
            &g_array_index(positions, JournalPosition, i);
        if (places_is_position(position)) {
            places_load(feed->places, position);
            continue;
        }
        if (anchors_load(feed->anchors, position))
            continue;
        if (!g_str_has_prefix(position->list, held_place)) {
            feed_lists_get(feed, position->list)->in_redis = position->row;
            continue;
        }
        const char *list = position->list + strlen(held_place);
        feed_lists_get(feed, list)->missed = position->row;
        held += position->row != 0;
    }
    health_set(feed->health, HEALTH_HELD_LISTS, held);
    return true;
}

/* The health is that of the last life, which may have ended before it had all
 * that the journal knows to be in Redis; the rest is noted as it is read. */
bool feed_positions_catch_up(Feed *feed, GError **error)
{
    int64_t known = 0, now = 0;

    feed->noted = health_get(feed->health, HEALTH_JOURNAL_APPLIED);
    if (feed->noted >= feed->cursor)
        return true;
    if (!journal_serial(feed->journal, feed->noted, &known, error) ||
        !journal_serial(feed->journal, feed->cursor, &now, error))
        return false;
    health_count(feed->health, HEALTH_COUNTED, (uint64_t)MAX(now - known, 0));
    feed->noted = feed->cursor;
    return true;
}

/* For status: where the cursor is. */
void feed_positions_show_cursor(Feed *feed)
{
    int64_t rows = 0;

    health_set(feed->health, HEALTH_JOURNAL_APPLIED, feed->cursor);
    if (journal_serial(feed->journal, feed->cursor, &rows, NULL))
        health_set(feed->health, HEALTH_JOURNAL_ROWS_APPLIED, rows);
}

/* The names that are made for it are owned by names. */
static void add_positions(const ListState *state, char *list, GArray *positions,
                          GPtrArray *names)
{
    const JournalPosition place = { list, state->in_redis };
    const JournalPosition held = { g_strconcat(held_place, list, NULL),
                                   state->missed };

    g_ptr_array_add(names, held.list);
    if (state->is_changed)
        g_array_append_val(positions, place);
    if (state->is_missed_changed)
        g_array_append_val(positions, held);
}

bool feed_positions_save(Feed *feed, GError **error)
{
    g_autoptr(GArray) positions =
        g_array_new(FALSE, FALSE, sizeof(JournalPosition));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter each;
    gpointer list = NULL, value = NULL;

    if (!feed->is_changed && !feed->are_priors_seen &&
        !places_has_changed(feed->places))
        return true;
    g_hash_table_iter_init(&each, feed->lists);
    while (g_hash_table_iter_next(&each, &list, &value)) {
        const ListState *state = value;
        if (state->is_changed || state->is_missed_changed)
            add_positions(state, list, positions, names);
    }
    places_save(feed->places, positions, names);
    if (feed->are_priors_seen)
        anchors_settle(feed->anchors, positions, names);
    if (!journal_set_applied(feed->journal, feed->cursor, clock_now_ms(),
                             positions, error))
        return false;
    g_hash_table_iter_init(&each, feed->lists);
    while (g_hash_table_iter_next(&each, NULL, &value))
        ((ListState *)value)->is_changed =
            ((ListState *)value)->is_missed_changed = false;
    places_saved(feed->places);
    if (feed->are_priors_seen)
        anchors_settled(feed->anchors);
    feed->are_priors_seen = false;
    feed->is_changed = false;
    return true;
}
