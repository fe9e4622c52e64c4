/* SPDX-License-Identifier: MIT */
#include "journal/journal_origin.h"

#include "journal/database.h"
#include "journal/journal_positions.h"

#include <string.h>

#include "base/banned.h"

enum { PRIORS_MAX = 8 };

static const char renewal[] =
    "INSERT OR IGNORE INTO told SELECT gap, (SELECT value FROM meta"
    " WHERE name = 'id') FROM gaps;"
    "UPDATE meta SET value = lower(hex(randomblob(16))) WHERE name = 'id';"
    "INSERT OR REPLACE INTO meta SELECT 'replay_to', coalesce(max(row), 0)"
    " FROM mail;"
    /* Which lists there are is still known. */
    "UPDATE positions SET row = 0 WHERE list NOT LIKE 'prior %';";

void journal_origin_clear(JournalOrigin *origin)
{
    g_clear_pointer(&origin->priors, g_free);
}

void journal_origin_add(JournalOrigin *origin, const char *id)
{
    g_auto(GStrv) before = g_strsplit(
        origin->priors != NULL ? origin->priors : "", " ", PRIORS_MAX);
    GString *priors = g_string_new(id);

    for (unsigned i = 0; before[i] != NULL && i + 1 < PRIORS_MAX; i++) {
        if (*before[i] != '\0' && strcmp(before[i], id) != 0)
            g_string_append_printf(priors, " %s", before[i]);
    }
    g_free(origin->priors);
    origin->priors = g_string_free(priors, FALSE);
}

bool journal_put_origin(Journal *journal, const JournalOrigin *origin,
                        GError **error)
{
    return database_set_number(journal, "met", origin->is_met, error) &&
           database_set_number(journal, "copy", origin->is_copy, error) &&
           database_set_number(journal, "begun_ms", origin->begun_ms, error) &&
           database_set_text(journal, "priors",
                             origin->priors != NULL ? origin->priors : "",
                             error) &&
           database_set_number(journal, "prior_told", origin->told, error);
}

bool journal_set_origin(Journal *journal, const JournalOrigin *origin,
                        const GArray *positions, GError **error)
{
    return database_begin(journal, error) &&
           database_end(journal,
                        journal_put_origin(journal, origin, error) &&
                            journal_put_positions(journal, positions, error),
                        error);
}

bool journal_get_origin(Journal *journal, JournalOrigin *origin, GError **error)
{
    int64_t is_met = 0, is_copy = 0;

    *origin = (JournalOrigin){ 0 };
    if (!database_string(journal, "priors", &origin->priors, error) ||
        !database_number(journal, "met", &is_met, error) ||
        !database_number(journal, "copy", &is_copy, error) ||
        !database_number(journal, "begun_ms", &origin->begun_ms, error) ||
        !database_number(journal, "prior_told", &origin->told, error))
        return false;
    origin->is_met = is_met != 0;
    origin->is_copy = is_copy != 0;
    if (origin->priors == NULL)
        origin->priors = g_strdup("");
    return true;
}

bool journal_set_told(Journal *journal, int64_t row, GError **error)
{
    return database_set_number(journal, "told", row, error);
}

bool journal_told(Journal *journal, int64_t *row, GError **error)
{
    return database_number(journal, "told", row, error);
}

bool journal_renew(Journal *journal, int64_t applied, JournalGap *gap,
                   GError **error)
{
    g_auto(JournalOrigin) origin = { 0 };

    if (!journal_get_origin(journal, &origin, error))
        return false;
    journal_origin_add(&origin, journal->id);
    origin.is_met = true;
    origin.begun_ms = gap->until_ms;
    origin.told = 0;
    if (!database_begin(journal, error))
        return false;
    const bool good = database_run(journal, renewal, error) &&
                      database_set_number(journal, "applied", applied, error) &&
                      database_set_number(journal, "told", 0, error) &&
                      journal_put_origin(journal, &origin, error) &&
                      journal_add_gap(journal, gap, error);
    return database_end(journal, good, error) &&
           journal_learn_id(journal, error) &&
           database_number(journal, "replay_to", &journal->replay_to, error);
}

/* The rows that lists wait for, or that are still being copied, keep their
 * numbers. */
static const char parting[] =
    "INSERT OR IGNORE INTO told SELECT gap, (SELECT value FROM meta"
    " WHERE name = 'id') FROM gaps;"
    "UPDATE meta SET value = lower(hex(randomblob(16))) WHERE name = 'id';"
    "INSERT OR REPLACE INTO meta SELECT 'replay_to', coalesce(max(row), 0)"
    " FROM mail WHERE NOT EXISTS (SELECT 1 FROM meta WHERE name = 'rescue');"
    "UPDATE positions SET row = 0 WHERE instr(list, ' ') = 0;";

/* Works as for a journal that is begun after another: Redis is asked for what
 * it has of that one, and gets the rest again. */
static bool put_parting(Journal *journal, JournalOrigin *origin,
                        int64_t applied, int64_t told, GError **error)
{
    if (origin->is_met) {
        const bool is_pending = origin->told != 0;

        told = MAX(told, JOURNAL_TOLD_MIN);
        applied = MIN(applied, told);
        origin->told = is_pending ? INT64_MAX : told;
        journal_origin_add(origin, journal->id);
    }
    origin->is_met = false;
    origin->is_copy = true;
    return database_run(journal, parting, error) &&
           database_set_number(journal, "applied", applied, error) &&
           database_set_number(journal, "told", 0, error) &&
           journal_put_origin(journal, origin, error) &&
           journal_put_home(journal, error);
}

bool journal_part(Journal *journal, int64_t now_ms, const GArray *positions,
                  GError **error)
{
    g_auto(JournalOrigin) origin = { 0 };
    int64_t applied = 0, told = 0;

    if (!journal_get_origin(journal, &origin, error) ||
        !journal_applied(journal, &applied, error) ||
        !journal_told(journal, &told, error) || !database_begin(journal, error))
        return false;
    origin.begun_ms = now_ms;
    const bool good = put_parting(journal, &origin, applied, told, error) &&
                      journal_put_positions(journal, positions, error);
    return database_end(journal, good, error) &&
           journal_learn_id(journal, error) &&
           database_number(journal, "replay_to", &journal->replay_to, error);
}
