/* SPDX-License-Identifier: MIT */
#include "journal/journal_rescue.h"

#include "journal/database.h"
#include "journal/journal_gaps.h"
#include "journal/journal_origin.h"
#include "journal/journal_positions.h"
#include "journal/journal_rows.h"

#include <stdio.h>
#include <unistd.h>

#include "base/banned.h"

char *journal_aside_name(const Journal *journal, int64_t now_seconds)
{
    return g_strdup_printf("%s.broken-%" G_GINT64_FORMAT, journal->path,
                           now_seconds);
}

static void put_aside(const Journal *journal, const char *aside)
{
    g_autofree char *log = database_log_path(journal->path);
    g_autofree char *log_aside = g_strconcat(aside, "-wal", NULL);
    g_autofree char *index = g_strconcat(journal->path, "-shm", NULL);

    (void)rename(journal->path, aside);
    (void)rename(log, log_aside);
    (void)unlink(index);
}

Journal *journal_begin_another(const Journal *journal, const char *aside,
                               GError **error)
{
    put_aside(journal, aside);

    return journal_open(journal->path, JOURNAL_WRITER, journal->sync, error);
}

static bool read_some(Journal *journal, int64_t after, unsigned limit,
                      GArray *rows)
{
    return journal_read(journal, after, limit, rows, NULL);
}

/* Returns true if a row after this one can be read. */
static bool is_readable(Journal *journal, int64_t after)
{
    g_autoptr(GArray) rows = journal_rows_new();

    return read_some(journal, after, 1, rows);
}

/* Returns the lowest number after this one from which on a row can be read;
 * INT64_MAX: none. If there is no row, this is the end, which can be read, too.
 */
static int64_t behind_damage(Journal *journal, int64_t after)
{
    int64_t step = 1;

    while (!is_readable(journal, after + step)) {
        if (step > INT64_MAX / 4 - after)
            return INT64_MAX;
        step *= 2;
    }
    int64_t low = after + step / 2, high = after + step;
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (is_readable(journal, middle))
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* Rows before the damage are read one by one, since a step that fails returns
 * no rows. */
static void read_singly(Journal *journal, int64_t after, unsigned limit,
                        GArray *rows)
{
    while (rows->len < limit) {
        const unsigned before = rows->len;

        if (!read_some(journal, after, 1, rows) || rows->len == before)
            return;
        after = g_array_index(rows, JournalRow, rows->len - 1).row;
    }
}

void journal_read_what_can_be(Journal *journal, int64_t after, unsigned limit,
                              GArray *rows, bool *damaged)
{
    const unsigned before = rows->len;

    *damaged = false;
    if (read_some(journal, after, limit, rows))
        return;
    g_array_set_size(rows, before);
    read_singly(journal, after, before + limit, rows);
    if (rows->len > before)
        return;
    *damaged = true;
    after = behind_damage(journal, after);
    if (after < INT64_MAX)
        read_singly(journal, after, before + limit, rows);
}

void journal_rescue_clear(JournalRescue *rescue)
{
    g_clear_pointer(&rescue->file, g_free);
}

static bool put_rescue(Journal *journal, const JournalRescue *rescue,
                       GError **error)
{
    return database_set_text(journal, "rescue", rescue->file, error) &&
           database_set_number(journal, "rescue_after", rescue->after, error) &&
           database_set_number(journal, "rescue_last", rescue->last, error) &&
           database_set_number(journal, "rescue_since_ms", rescue->since_ms,
                               error);
}

bool journal_set_rescue(Journal *journal, const JournalRescue *rescue,
                        GError **error)
{
    if (!database_begin(journal, error))
        return false;
    const bool good =
        rescue->file == NULL
            ? database_run(journal,
                           "DELETE FROM meta WHERE name LIKE 'rescue%';"
                           "INSERT OR REPLACE INTO meta SELECT 'replay_to',"
                           " coalesce(max(row), 0) FROM mail;",
                           error)
            : put_rescue(journal, rescue, error);
    return database_end(journal, good, error);
}

bool journal_get_rescue(Journal *journal, JournalRescue *rescue, GError **error)
{
    *rescue = (JournalRescue){ 0 };
    return database_string(journal, "rescue", &rescue->file, error) &&
           database_number(journal, "rescue_after", &rescue->after, error) &&
           database_number(journal, "rescue_last", &rescue->last, error) &&
           database_number(journal, "rescue_since_ms", &rescue->since_ms,
                           error);
}

bool journal_inherit(Journal *journal, const JournalHeritage *heritage,
                     GError **error)
{
    GArray *gaps = heritage->gaps;

    if (!database_begin(journal, error))
        return false;
    bool good = journal_put_origin(journal, &heritage->origin, error) &&
                put_rescue(journal, &heritage->rescue, error) &&
                journal_put_positions(journal, heritage->positions, error) &&
                database_set_number(journal, "replay_to", INT64_MAX, error);
    for (unsigned i = 0; good && i < gaps->len; i++)
        good = journal_take_gap(journal, &g_array_index(gaps, JournalGap, i),
                                error);
    return database_end(journal, good, error);
}
