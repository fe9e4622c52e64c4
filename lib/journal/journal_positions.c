/* SPDX-License-Identifier: MIT */
#include "journal/journal_positions.h"

#include "journal/database.h"

#include "base/banned.h"

void journal_position_clear(JournalPosition *position)
{
    g_clear_pointer(&position->list, g_free);
}

GArray *journal_positions_new(void)
{
    return database_array_new(sizeof(JournalPosition),
                              (GDestroyNotify)journal_position_clear);
}

static bool set_position(Journal *journal, const JournalPosition *position,
                         GError **error)
{
    const bool is_there = position->row != 0;
    sqlite3_stmt *set = database_query(
        journal, is_there ? QUERY_POSITION_SET : QUERY_POSITION_DROP, error);

    if (set == NULL)
        return false;
    sqlite3_bind_text(set, 1, position->list, -1, SQLITE_STATIC);
    if (is_there)
        sqlite3_bind_int64(set, 2, position->row);
    return database_perform(journal, set, error);
}

/* positions: or NULL. */
bool journal_put_positions(Journal *journal, const GArray *positions,
                           GError **error)
{
    const unsigned count = positions != NULL ? positions->len : 0;
    bool good = true;

    for (unsigned i = 0; good && i < count; i++)
        good = set_position(
            journal, &g_array_index(positions, JournalPosition, i), error);
    return good;
}

bool journal_set_applied(Journal *journal, int64_t row, int64_t now_ms,
                         const GArray *positions, GError **error)
{
    if (!database_begin(journal, error))
        return false;
    bool good = database_set_number(journal, "applied", row, error) &&
                database_set_number(journal, "applied_ms", now_ms, error);
    good = good && journal_put_positions(journal, positions, error);
    return database_end(journal, good, error);
}

bool journal_applied(Journal *journal, int64_t *row, GError **error)
{
    return database_number(journal, "applied", row, error);
}

bool journal_positions(Journal *journal, GArray *positions, GError **error)
{
    sqlite3_stmt *statement = database_query(journal, QUERY_POSITIONS, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    while (database_next(journal, statement, &failed, error)) {
        const JournalPosition position = {
            .list = database_text(statement, 0),
            .row = sqlite3_column_int64(statement, 1),
        };
        g_array_append_val(positions, position);
    }
    return !failed;
}

bool journal_set_aside(Journal *journal, int64_t row, const char *why,
                       GError **error)
{
    sqlite3_stmt *set = database_query(journal, QUERY_ASIDE_SET, error);

    if (set == NULL)
        return false;
    sqlite3_bind_int64(set, 1, row);
    sqlite3_bind_text(set, 2, why, -1, SQLITE_STATIC);
    return database_perform(journal, set, error);
}

bool journal_is_aside(Journal *journal, int64_t row, bool *is_aside,
                      GError **error)
{
    sqlite3_stmt *get = database_query(journal, QUERY_ASIDE_GET, error);
    bool failed = false, found = false;

    if (get == NULL)
        return false;
    sqlite3_bind_int64(get, 1, row);
    while (database_next(journal, get, &failed, error))
        found = true;
    if (!failed)
        *is_aside = found;
    return !failed;
}
