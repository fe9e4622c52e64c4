/* SPDX-License-Identifier: MIT */
#include "journal/journal_gaps.h"

#include "journal/database.h"

#include "base/banned.h"

void journal_gap_clear(JournalGap *gap)
{
    g_clear_pointer(&gap->journal, g_free);
    g_clear_pointer(&gap->lists, g_free);
    g_clear_pointer(&gap->why, g_free);
}

GArray *journal_gaps_new(void)
{
    return database_array_new(sizeof(JournalGap),
                              (GDestroyNotify)journal_gap_clear);
}

/* number: 0 for the next one. */
static bool add_gap(Journal *journal, JournalGap *gap, int64_t number,
                    GError **error)
{
    sqlite3_stmt *add = database_query(journal, QUERY_GAP_ADD, error);

    if (add == NULL)
        return false;
    sqlite3_bind_int64(add, 1, gap->from_ms);
    sqlite3_bind_int64(add, 2, gap->until_ms);
    sqlite3_bind_text(add, 3, gap->lists, -1, SQLITE_STATIC);
    sqlite3_bind_text(add, 4, gap->why, -1, SQLITE_STATIC);
    if (number != 0)
        sqlite3_bind_int64(add, 5, number);
    if (!database_perform(journal, add, error))
        return false;
    gap->gap = sqlite3_last_insert_rowid(journal->database);
    return true;
}

bool journal_add_gap(Journal *journal, JournalGap *gap, GError **error)
{
    return add_gap(journal, gap, 0, error);
}

/* A gap of another journal keeps its number and that journal's id. */
bool journal_take_gap(Journal *journal, JournalGap *gap, GError **error)
{
    if (gap->gap == 0 || gap->journal == NULL)
        return add_gap(journal, gap, 0, error);
    sqlite3_stmt *told = database_query(journal, QUERY_GAP_TOLD, error);
    if (told == NULL || !add_gap(journal, gap, gap->gap, error))
        return false;
    sqlite3_bind_int64(told, 1, gap->gap);
    sqlite3_bind_text(told, 2, gap->journal, -1, SQLITE_STATIC);
    return database_perform(journal, told, error);
}

bool journal_gaps(Journal *journal, GArray *gaps, GError **error)
{
    sqlite3_stmt *statement = database_query(journal, QUERY_GAPS, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    while (database_next(journal, statement, &failed, error)) {
        const JournalGap gap = {
            .gap = sqlite3_column_int64(statement, 0),
            .from_ms = sqlite3_column_int64(statement, 1),
            .until_ms = sqlite3_column_int64(statement, 2),
            .lists = database_text(statement, 3),
            .why = database_text(statement, 4),
            .journal = database_text(statement, 5),
        };
        g_array_append_val(gaps, gap);
    }
    return !failed;
}
