/* SPDX-License-Identifier: MIT */
#include "milter/feed_safe.h"

#include "base/gap.h"
#include "journal/journal_gaps.h"
#include "milter/clock.h"
#include "milter/feed_lists.h"
#include "milter/feed_state.h"

#include "base/banned.h"

enum { TELL_MS = 10 * 60 * 1000 }; /* a mark, though nothing came */

/* See HEALTH_COVERED_MS: it must go back before what it covers is not so any
 * more. */
void feed_safe_uncover(const Feed *feed, int64_t from_ms)
{
    const int64_t covered = health_get(feed->health, HEALTH_COVERED_MS);

    if (covered > from_ms)
        health_set(feed->health, HEALTH_COVERED_MS, MAX(from_ms, 1));
}

/* The cursor went back. */
bool feed_safe_uncover_rows(Feed *feed, GError **error)
{
    int64_t covered_ms = 0;

    if (!marks_find_covered(feed->journal, feed_lists_last_told(feed), 0,
                            clock_now_ms(), &covered_ms, error))
        return false;
    feed_safe_uncover(feed, covered_ms);
    return true;
}

bool feed_safe_name_gap(const Feed *feed, JournalGap *gap, GError **error)
{
    feed_safe_uncover(feed, gap->from_ms);
    if (!journal_add_gap(feed->journal, gap, error))
        return false;
    health_note_gap(feed->health, gap->gap);
    return true;
}

/* An older program told it under its journal and number alone. Hosts that are
 * copies of one have journals with the same id, and give the same number to
 * different gaps: so its times are in its name. */
static bool is_told(GHashTable *told, const JournalGap *gap, const char *field,
                    const char *value)
{
    g_autofree char *older =
        g_strdup_printf("%s:%" G_GINT64_FORMAT, gap->journal, gap->gap);

    return g_hash_table_contains(told, field) ||
           g_strcmp0(g_hash_table_lookup(told, older), value) == 0;
}

static bool tell_gap(Feed *feed, GHashTable *told, const JournalGap *gap,
                     GError **error)
{
    const Gap fact = { gap->from_ms, gap->until_ms, gap->lists, gap->why };
    g_autofree char *value = gap_write(&fact);
    g_autofree char *field = g_strdup_printf(
        "%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
        gap->journal, gap->gap, gap->from_ms, gap->until_ms);

    return is_told(told, gap, field, value) ||
           store_fact_set(feed->store, GAP_HASH, field, value, error);
}

bool feed_safe_tell_gaps(Feed *feed, GError **error)
{
    g_autoptr(GArray) gaps = journal_gaps_new();
    const uint64_t now = health_counter(feed->health, HEALTH_GAPS);

    if (!journal_gaps(feed->journal, gaps, error))
        return false;
    g_autoptr(GHashTable) told = store_facts(feed->store, GAP_HASH, error);
    bool good = told != NULL;
    for (unsigned i = 0; good && i < gaps->len; i++)
        good = tell_gap(feed, told, &g_array_index(gaps, JournalGap, i), error);
    if (good)
        feed->gaps_told = now;
    return good;
}

bool feed_safe_has_new_gaps(const Feed *feed)
{
    return health_counter(feed->health, HEALTH_GAPS) != feed->gaps_told;
}

/* The collector still appends to this journal. If it has begun another, nobody
 * knows here what waits. */
static bool check_in_use(const Feed *feed, GError **error)
{
    if (health_get(feed->health, HEALTH_JOURNAL_FILE) ==
        journal_file_number(feed->journal))
        return true;
    g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_OPEN,
                "journal: another one was begun");
    return false;
}

/* What may be said. Gaps are told first, so that it may cover them; and the
 * collector is asked last, since what it appends to another journal is younger
 * than whole_ms only then. */
bool feed_safe_find_mark(Feed *feed, Mark *mark, GError **error)
{
    const int64_t whole_ms = health_get(feed->health, HEALTH_WHOLE_MS);

    *mark =
        (Mark){ .row = feed_lists_last_told(feed), .said_ms = clock_now_ms() };
    return (!feed_safe_has_new_gaps(feed) ||
            feed_safe_tell_gaps(feed, error)) &&
           marks_find_covered(feed->journal, mark->row, whole_ms, mark->said_ms,
                              &mark->covered_ms, error) &&
           check_in_use(feed, error);
}

/* Redis and the health are told, if it is time to. */
bool feed_safe_tell_mark(Feed *feed, GError **error)
{
    Mark mark;

    if (!feed_safe_find_mark(feed, &mark, error))
        return false;
    if (feed->told_row != mark.row || clock_ticks_ms() >= feed->tell_at_ms) {
        if (!marks_tell(feed->store, feed->journal, &mark, error))
            return false;
        feed->told_row = mark.row;
        feed->tell_at_ms = clock_ticks_ms() + TELL_MS;
    }
    health_set(feed->health, HEALTH_COVERED_MS, mark.covered_ms);
    return true;
}
