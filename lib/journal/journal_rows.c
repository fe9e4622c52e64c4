/* SPDX-License-Identifier: MIT */
#include "journal/journal_rows.h"

#include "journal/database.h"

#include <string.h>

#include "base/banned.h"

void journal_row_clear(JournalRow *row)
{
    g_clear_pointer(&row->lists, g_free);
    g_clear_pointer(&row->queue_id, g_free);
    g_clear_pointer(&row->mail, g_bytes_unref);
}

GArray *journal_rows_new(void)
{
    return database_array_new(sizeof(JournalRow),
                              (GDestroyNotify)journal_row_clear);
}

static uint64_t add_to_sum(uint64_t sum, const void *bytes, size_t length)
{
    const char *at = bytes;
    uint64_t word = 0;

    for (; length >= sizeof word; at += sizeof word, length -= sizeof word) {
        memcpy(&word, at, sizeof word);
        sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        sum ^= sum >> 29;
    }
    word = length;
    memcpy(&word, at, length);
    sum = (sum ^ word ^ (uint64_t)length << 56) * UINT64_C(0x9e3779b97f4a7c15);
    return sum ^ sum >> 32;
}

/* Returns the checksum that is stored above a row's flags; never 0, which older
 * rows have. It protects against a bad disk, not against people. */
static uint32_t sum_of_row(const JournalRow *row)
{
    size_t length = 0;
    const void *mail = g_bytes_get_data(row->mail, &length);
    uint64_t sum = (uint64_t)row->arrival_ms ^ row->size << 20;

    sum = add_to_sum(sum, row->lists, strlen(row->lists));
    if (length > 0)
        sum = add_to_sum(sum, mail, length);
    return (uint32_t)sum | 1;
}

/* number: 0 for the next one. */
static bool insert(Journal *journal, JournalRow *row, int64_t number,
                   GError **error)
{
    sqlite3_stmt *statement = database_query(journal, QUERY_INSERT, error);
    size_t length = 0;

    if (statement == NULL)
        return false;
    const void *mail = g_bytes_get_data(row->mail, &length);
    sqlite3_bind_int64(statement, 1, row->arrival_ms);
    sqlite3_bind_int64(
        statement, 2,
        (int64_t)((uint64_t)sum_of_row(row) << 32 | row->capture_flags));
    sqlite3_bind_int64(statement, 3, (int64_t)row->size);
    sqlite3_bind_text(statement, 4, row->lists, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, row->queue_id, -1, SQLITE_STATIC);
    /* A NULL pointer would bind NULL, not nothing. */
    sqlite3_bind_blob64(statement, 6, mail != NULL ? mail : "", length,
                        SQLITE_STATIC);
    if (number != 0)
        sqlite3_bind_int64(statement, 7, number);
    if (!database_perform(journal, statement, error))
        return false;
    row->row = sqlite3_last_insert_rowid(journal->database);
    return true;
}

void journal_skip_to(Journal *journal, int64_t row)
{
    journal->skip_to = row;
}

/* Sets the number that the next row must get, and stores the jump; 0: any. */
static bool jump(Journal *journal, int64_t *number, GError **error)
{
    int64_t last = 0;

    *number = 0;
    if (journal->skip_to == 0)
        return true;
    if (!journal_ends(journal, NULL, &last, error))
        return false;
    if (journal->skip_to <= last + 1)
        return true;
    sqlite3_stmt *statement = database_query(journal, QUERY_JUMP, error);
    if (statement == NULL)
        return false;
    *number = journal->skip_to;
    sqlite3_bind_int64(statement, 1, *number);
    sqlite3_bind_int64(statement, 2, *number - last - 1);
    return database_perform(journal, statement, error);
}

static bool insert_all(Journal *journal, JournalRow *const *rows,
                       unsigned count, GError **error)
{
    int64_t number = 0;
    bool good = jump(journal, &number, error);

    for (unsigned i = 0; good && i < count; i++)
        good = insert(journal, rows[i], i == 0 ? number : 0, error);
    return good;
}

bool journal_append(Journal *journal, JournalRow *const *rows, unsigned count,
                    int wait_milliseconds, GError **error)
{
    database_set_wait(journal, wait_milliseconds);
    bool good = database_begin(journal, error);
    if (good)
        good = database_end(journal, insert_all(journal, rows, count, error),
                            error);
    if (good)
        journal->skip_to = 0;
    database_set_wait(journal, DATABASE_WAIT_MILLISECONDS);
    return good;
}

static JournalRow row_from(sqlite3_stmt *statement)
{
    const size_t length = (size_t)sqlite3_column_bytes(statement, 6);

    return (JournalRow){
        .row = sqlite3_column_int64(statement, 0),
        .arrival_ms = sqlite3_column_int64(statement, 1),
        .capture_flags = (uint32_t)sqlite3_column_int64(statement, 2),
        .size = (uint64_t)sqlite3_column_int64(statement, 3),
        .lists = database_text(statement, 4),
        .queue_id = database_text(statement, 5),
        .mail = g_bytes_new(sqlite3_column_blob(statement, 6), length),
    };
}

bool journal_read(Journal *journal, int64_t after, unsigned limit, GArray *rows,
                  GError **error)
{
    sqlite3_stmt *statement = database_query(journal, QUERY_READ, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, after);
    sqlite3_bind_int64(statement, 2, limit);
    while (database_next(journal, statement, &failed, error)) {
        JournalRow row = row_from(statement);
        const uint32_t sum =
            (uint32_t)((uint64_t)sqlite3_column_int64(statement, 2) >> 32);

        if (sum == 0 || sum == sum_of_row(&row)) {
            g_array_append_val(rows, row);
            continue;
        }
        g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN,
                    "journal: row %" G_GINT64_FORMAT " is damaged", row.row);
        journal_row_clear(&row);
        database_finish(statement);
        return false;
    }
    return !failed;
}

bool journal_ends(Journal *journal, int64_t *first, int64_t *last,
                  GError **error)
{
    sqlite3_stmt *statement = database_query(journal, QUERY_ENDS, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    while (database_next(journal, statement, &failed, error)) {
        if (first != NULL)
            *first = sqlite3_column_int64(statement, 0);
        if (last != NULL)
            *last = sqlite3_column_int64(statement, 1);
    }
    return !failed;
}

bool journal_arrival_of(Journal *journal, int64_t row, int64_t *arrival_ms,
                        bool *is_there, GError **error)
{
    sqlite3_stmt *statement = database_query(journal, QUERY_ARRIVAL_OF, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    *is_there = false;
    sqlite3_bind_int64(statement, 1, row);
    while (database_next(journal, statement, &failed, error)) {
        *arrival_ms = sqlite3_column_int64(statement, 0);
        *is_there = true;
    }
    return !failed;
}

/* Sets the number that a query finds for a row; 0 if it finds none. */
static bool number_for_row(Journal *journal, Query which, int64_t row,
                           int64_t *number, GError **error)
{
    sqlite3_stmt *statement = database_query(journal, which, error);
    bool failed = false;
    int64_t found = 0;

    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, row);
    while (database_next(journal, statement, &failed, error))
        found = sqlite3_column_int64(statement, 0);
    if (!failed)
        *number = found;
    return !failed;
}

bool journal_serial(Journal *journal, int64_t row, int64_t *serial,
                    GError **error)
{
    return number_for_row(journal, QUERY_SERIAL, row, serial, error);
}

bool journal_follows(Journal *journal, int64_t after, int64_t row)
{
    int64_t first = 0; /* number that was skipped */

    return row == after + 1 ||
           (number_for_row(journal, QUERY_JUMPED, row, &first, NULL) &&
            first != 0 && first <= after + 1);
}

bool journal_arrival_before(Journal *journal, int64_t row, int64_t *arrival_ms,
                            GError **error)
{
    return number_for_row(journal, QUERY_ARRIVAL_BEFORE, row, arrival_ms,
                          error);
}

bool journal_arrival_after(Journal *journal, int64_t after, int64_t *arrival_ms,
                           GError **error)
{
    return number_for_row(journal, QUERY_ARRIVAL, after, arrival_ms, error);
}
