/* SPDX-License-Identifier: MIT */
#include "milter/marks.h"

#include "journal/journal_origin.h"
#include "journal/journal_rescue.h"
#include "journal/journal_rows.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

static const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;
/* Of a journal that has long ended, or whose host is gone. */
static const int64_t forgotten_ms = INT64_C(30) * 24 * 60 * 60 * 1000;

/* False: there is none that can be read. */
static bool read_mark(const char *value, Mark *mark)
{
    g_auto(GStrv) words = g_strsplit(value != NULL ? value : "", " ", 3);

    if (g_strv_length(words) != 3)
        return false;
    *mark = (Mark){ .row = g_ascii_strtoll(words[0], NULL, 10),
                    .covered_ms = g_ascii_strtoll(words[1], NULL, 10),
                    .said_ms = g_ascii_strtoll(words[2], NULL, 10) };
    return mark->said_ms > 0;
}

/* The lowest of those that were alive in the day before. */
static int64_t covered_at(GHashTable *marks, int64_t at_ms)
{
    GHashTableIter each;
    gpointer value = NULL;
    int64_t covered_ms = at_ms;

    g_hash_table_iter_init(&each, marks);
    while (g_hash_table_iter_next(&each, NULL, &value)) {
        Mark mark;

        if (read_mark(value, &mark) && mark.said_ms >= at_ms - day_ms)
            covered_ms = MIN(covered_ms, mark.covered_ms);
    }
    return covered_ms;
}

bool marks_covered(Store *store, int64_t at_ms, int64_t *covered_ms,
                   GError **error)
{
    g_autoptr(GHashTable) marks = store_facts(store, MARK_HASH, error);

    if (marks == NULL)
        return false;
    *covered_ms = covered_at(marks, at_ms);
    return true;
}

bool marks_of_copy(Store *store, Journal *journal, int64_t *from_ms,
                   int64_t *until_ms, GError **error)
{
    g_auto(JournalOrigin) origin = { 0 };

    if (!journal_get_origin(journal, &origin, error))
        return false;
    *until_ms = origin.is_copy ? origin.begun_ms : 0;
    return !origin.is_copy ||
           marks_covered(store, origin.begun_ms, from_ms, error);
}

/* --- looking ----------------------------------------------------------------
 */

/* From when on Redis may lack what prior journals had counted. */
static int64_t doubtful_from(GHashTable *marks, const JournalOrigin *origin,
                             int64_t until_ms)
{
    g_auto(GStrv) priors = g_strsplit(origin->priors, " ", -1);
    Mark mark;

    for (char **id = priors; *id != NULL; id++) {
        if (**id != '\0' && read_mark(g_hash_table_lookup(marks, *id), &mark))
            return MIN(mark.covered_ms, covered_at(marks, mark.said_ms));
    }
    if (*origin->priors != '\0' || g_hash_table_size(marks) == 0)
        return 0;
    return covered_at(marks, until_ms);
}

static bool is_prior_whole(GHashTable *marks, const JournalOrigin *origin)
{
    g_auto(GStrv) priors = g_strsplit(origin->priors, " ", 2);
    Mark mark;

    return origin->told == 0 || priors[0] == NULL ||
           (read_mark(g_hash_table_lookup(marks, priors[0]), &mark) &&
            mark.row >= origin->told);
}

/* What the journal has is counted again: the gap ends where that begins. */
static bool find_until(Journal *journal, const JournalOrigin *origin,
                       int64_t now_ms, int64_t *until_ms, GError **error)
{
    if (!journal_arrival_after(journal, 0, until_ms, error))
        return false;
    *until_ms = MAX(*until_ms, origin->begun_ms);
    if (*until_ms == 0)
        *until_ms = now_ms;
    return true;
}

bool marks_until(Journal *journal, int64_t now_ms, int64_t *until_ms,
                 GError **error)
{
    g_auto(JournalOrigin) origin = { 0 };

    return journal_get_origin(journal, &origin, error) &&
           find_until(journal, &origin, now_ms, until_ms, error);
}

bool marks_look(Store *store, Journal *journal, bool has_place, int64_t now_ms,
                Doubt *doubt, GError **error)
{
    g_auto(JournalOrigin) origin = { 0 };
    g_autoptr(GHashTable) marks = store_facts(store, MARK_HASH, error);

    *doubt = (Doubt){ 0 };
    if (marks == NULL || !journal_get_origin(journal, &origin, error))
        return false;
    const bool is_known =
        has_place || g_hash_table_contains(marks, journal_id(journal));
    const bool is_whole = origin.is_met ? is_known : true;
    if (is_whole && is_prior_whole(marks, &origin))
        return true;
    if (!find_until(journal, &origin, now_ms, &doubt->until_ms, error))
        return false;
    doubt->from_ms = doubtful_from(marks, &origin, doubt->until_ms);
    doubt->is_empty = g_hash_table_size(marks) == 0;
    doubt->is_there = true;
    return true;
}

/* --- telling ----------------------------------------------------------------
 */

/* By the rows alone. */
static bool find_counted(Journal *journal, int64_t row, int64_t whole_ms,
                         int64_t now_ms, int64_t *covered_ms, GError **error)
{
    int64_t after_ms = 0;

    if (!journal_arrival_after(journal, row, &after_ms, error))
        return false;
    if (after_ms == 0 && whole_ms != 0) {
        *covered_ms = whole_ms; /* nothing waits */
        return true;
    }
    if (!journal_arrival_before(journal, row + 1, covered_ms, error))
        return false;
    if (*covered_ms == 0)
        *covered_ms = after_ms != 0 ? after_ms : now_ms;
    *covered_ms = MAX(*covered_ms - JOURNAL_ORDER_MS, 0);
    return true;
}

bool marks_find_covered(Journal *journal, int64_t row, int64_t whole_ms,
                        int64_t now_ms, int64_t *covered_ms, GError **error)
{
    JournalRescue rescue = { 0 };

    if (!find_counted(journal, row, whole_ms, now_ms, covered_ms, error) ||
        !journal_get_rescue(journal, &rescue, error))
        return false;
    /* Older mails are still being copied from another. */
    if (rescue.file != NULL)
        *covered_ms = MIN(*covered_ms, rescue.since_ms);
    journal_rescue_clear(&rescue);
    if (whole_ms != 0)
        *covered_ms = MIN(*covered_ms, whole_ms);
    return true;
}

bool marks_tell(Store *store, Journal *journal, const Mark *mark,
                GError **error)
{
    const int64_t row = MAX(mark->row, JOURNAL_TOLD_MIN);
    g_autofree char *value = g_strdup_printf(
        "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, row,
        mark->covered_ms, mark->said_ms);

    return store_fact_set(store, MARK_HASH, journal_id(journal), value,
                          error) &&
           journal_set_told(journal, row, error);
}

static bool drop_forgotten(Store *store, GHashTable *marks, int64_t now_ms,
                           GError **error)
{
    GHashTableIter each;
    gpointer id = NULL, value = NULL;
    bool was_there = false, good = true;

    g_hash_table_iter_init(&each, marks);
    while (good && g_hash_table_iter_next(&each, &id, &value)) {
        Mark mark;

        if (!read_mark(value, &mark) || mark.said_ms < now_ms - forgotten_ms)
            good = store_fact_remove(store, MARK_HASH, id, &was_there, error);
    }
    return good;
}

bool marks_meet(Store *store, Journal *journal, const Mark *mark,
                GError **error)
{
    g_auto(JournalOrigin) origin = { 0 };
    g_autoptr(GHashTable) marks = store_facts(store, MARK_HASH, error);

    if (marks == NULL || !journal_get_origin(journal, &origin, error))
        return false;
    if (!origin.is_met || origin.told != 0 || origin.is_copy) {
        origin.is_met = true;
        origin.is_copy = false;
        origin.told = 0;
        if (!journal_set_origin(journal, &origin, NULL, error))
            return false;
    }
    return g_hash_table_contains(marks, journal_id(journal)) ||
           (drop_forgotten(store, marks, mark->said_ms, error) &&
            marks_tell(store, journal, mark, error));
}

bool marks_are_there(Store *store, Journal *journal, bool *is_there,
                     GError **error)
{
    GError *failure = NULL;
    g_autofree char *value =
        store_fact_get(store, MARK_HASH, journal_id(journal), &failure);

    *is_there = value != NULL;
    if (failure == NULL)
        return true;
    g_propagate_error(error, failure);
    return false;
}
