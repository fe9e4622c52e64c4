/* SPDX-License-Identifier: MIT */
#include "journal/database.h"

#include "base/banned.h"

static const char *const query_texts[QUERIES] = {
    [QUERY_INSERT] = "INSERT INTO mail(arrival_ms, flags, size, lists,"
                     " queue_id, mail, row) VALUES(?, ?, ?, ?, ?, ?, ?)",
    [QUERY_READ] = "SELECT row, arrival_ms, flags, size, lists, queue_id, mail"
                   " FROM mail WHERE row > ? ORDER BY row LIMIT ?",
    [QUERY_ENDS] = "SELECT (SELECT min(row) FROM mail),"
                   " (SELECT max(row) FROM mail)",
    [QUERY_ARRIVAL] = "SELECT arrival_ms FROM mail WHERE row > ?"
                      " ORDER BY row LIMIT 1",
    [QUERY_ARRIVAL_OF] = "SELECT arrival_ms FROM mail WHERE row = ?",
    [QUERY_ARRIVAL_BEFORE] = "SELECT arrival_ms FROM mail WHERE row < ?"
                             " ORDER BY row DESC LIMIT 1",
    [QUERY_JUMP] = "INSERT OR REPLACE INTO jumps VALUES(?, ?)",
    [QUERY_SERIAL] = "SELECT ?1 - coalesce(sum(min(skipped,"
                     " ?1 - (row - 1 - skipped))), 0) FROM jumps"
                     " WHERE row - 1 - skipped < ?1",
    [QUERY_JUMPED] = "SELECT row - skipped FROM jumps WHERE row = ?",
    [QUERY_META_GET] = "SELECT value FROM meta WHERE name = ?",
    [QUERY_META_SET] = "INSERT OR REPLACE INTO meta VALUES(?, ?)",
    [QUERY_POSITION_SET] = "INSERT OR REPLACE INTO positions VALUES(?, ?)",
    [QUERY_POSITION_DROP] = "DELETE FROM positions WHERE list = ?",
    [QUERY_POSITIONS] = "SELECT list, row FROM positions ORDER BY list",
    [QUERY_ASIDE_SET] = "INSERT OR REPLACE INTO aside VALUES(?, ?)",
    [QUERY_ASIDE_GET] = "SELECT 1 FROM aside WHERE row = ?",
    [QUERY_GAP_ADD] = "INSERT INTO gaps(from_ms, until_ms, lists, why, gap)"
                      " VALUES(?, ?, ?, ?, ?)",
    [QUERY_GAP_TOLD] = "INSERT OR REPLACE INTO told VALUES(?, ?)",
    [QUERY_GAPS] = "SELECT gap, from_ms, until_ms, lists, why, coalesce("
                   "(SELECT journal FROM told WHERE told.gap = gaps.gap),"
                   " (SELECT value FROM meta WHERE name = 'id'))"
                   " FROM gaps ORDER BY gap",
    [QUERY_OLDEST] = "SELECT row, arrival_ms FROM mail ORDER BY row LIMIT ?",
    [QUERY_DROP] = "DELETE FROM mail WHERE row <= ?",
    [QUERY_PAGES] = "SELECT (page_count - freelist_count) * page_size FROM"
                    " pragma_page_count, pragma_freelist_count,"
                    " pragma_page_size",
    [QUERY_UNUSED] = "SELECT freelist_count * page_size, freelist_count,"
                     " (SELECT auto_vacuum FROM pragma_auto_vacuum) FROM"
                     " pragma_freelist_count, pragma_page_size",
};

GQuark journal_error_quark(void)
{
    return g_quark_from_static_string("journal-error-quark");
}

static JournalError error_of(int code)
{
    /* It was cut short. */
    if (code == SQLITE_IOERR_SHORT_READ)
        return JOURNAL_ERROR_BROKEN;
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return JOURNAL_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return JOURNAL_ERROR_BROKEN;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
        return JOURNAL_ERROR_FULL;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return JOURNAL_ERROR_OPEN;
    default:
        return JOURNAL_ERROR_BROKEN;
    }
}

/* Always false, so that a caller can return it. */
bool database_fail(Journal *journal, int code, GError **error)
{
    g_set_error(error, JOURNAL_ERROR, error_of(code), "journal: %s",
                journal->database != NULL ? sqlite3_errmsg(journal->database)
                                          : sqlite3_errstr(code));
    return false;
}

void database_set_wait(Journal *journal, int milliseconds)
{
    journal->wait_microseconds = milliseconds * 1000;
}

bool database_run(Journal *journal, const char *text, GError **error)
{
    const int code = sqlite3_exec(journal->database, text, NULL, NULL, NULL);

    return code == SQLITE_OK || database_fail(journal, code, error);
}

/* A statement ready for binding, or NULL with error set. */
sqlite3_stmt *database_query(Journal *journal, Query which, GError **error)
{
    sqlite3_stmt **prepared = &journal->prepared[which];

    if (*prepared == NULL) {
        const int code =
            sqlite3_prepare_v3(journal->database, query_texts[which], -1,
                               SQLITE_PREPARE_PERSISTENT, prepared, NULL);
        if (code != SQLITE_OK)
            database_fail(journal, code, error);
    }
    return *prepared;
}

/* Ends a statement, so that it holds no lock and no lent bytes. */
void database_finish(sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

/* Runs a statement that gives no rows. */
bool database_perform(Journal *journal, sqlite3_stmt *statement, GError **error)
{
    const int code = sqlite3_step(statement);
    const bool done = code == SQLITE_DONE || code == SQLITE_ROW ||
                      database_fail(journal, code, error);

    database_finish(statement);
    return done;
}

/* True: there is a row to read. False: at the end (*failed stays) or failed;
 * the statement is finished then. */
bool database_next(Journal *journal, sqlite3_stmt *statement, bool *failed,
                   GError **error)
{
    const int code = sqlite3_step(statement);

    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        *failed = !database_fail(journal, code, error);
    database_finish(statement);
    return false;
}

char *database_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);

    return g_strdup(text != NULL ? text : "");
}

bool database_begin(Journal *journal, GError **error)
{
    return database_run(journal, "BEGIN IMMEDIATE", error);
}

/* Commits what succeeded, else takes all of it back. */
bool database_end(Journal *journal, bool succeeded, GError **error)
{
    if (succeeded && database_run(journal, "COMMIT", error))
        return true;
    sqlite3_exec(journal->database, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

bool database_number(Journal *journal, const char *name, int64_t *value,
                     GError **error)
{
    sqlite3_stmt *get = database_query(journal, QUERY_META_GET, error);
    bool failed = false;

    if (get == NULL)
        return false;
    sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
    int64_t found = 0;
    while (database_next(journal, get, &failed, error))
        found = sqlite3_column_int64(get, 0);
    if (!failed)
        *value = found;
    return !failed;
}

bool database_set_number(Journal *journal, const char *name, int64_t value,
                         GError **error)
{
    sqlite3_stmt *set = database_query(journal, QUERY_META_SET, error);

    if (set == NULL)
        return false;
    sqlite3_bind_text(set, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(set, 2, value);
    return database_perform(journal, set, error);
}

bool database_set_text(Journal *journal, const char *name, const char *text,
                       GError **error)
{
    sqlite3_stmt *set = database_query(journal, QUERY_META_SET, error);

    if (set == NULL)
        return false;
    sqlite3_bind_text(set, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(set, 2, text, -1, SQLITE_STATIC);
    return database_perform(journal, set, error);
}

/* Sets an owned text; NULL without failure if there is none. */
bool database_string(Journal *journal, const char *name, char **text,
                     GError **error)
{
    sqlite3_stmt *get = database_query(journal, QUERY_META_GET, error);
    bool failed = false;

    *text = NULL;
    if (get == NULL)
        return false;
    sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
    while (database_next(journal, get, &failed, error)) {
        g_free(*text);
        *text = database_text(get, 0);
    }
    return !failed;
}

char *database_log_path(const char *path)
{
    return g_strconcat(path, "-wal", NULL);
}

GArray *database_array_new(size_t element_size, GDestroyNotify clear)
{
    GArray *array = g_array_new(FALSE, FALSE, (guint)element_size);

    g_array_set_clear_func(array, clear);
    return array;
}
