/* SPDX-License-Identifier: MIT */
#include "journal/journal_size.h"

#include "journal/database.h"
#include "journal/journal_positions.h"
#include "journal/journal_rows.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/banned.h"

/* Rows dropped in one step: at 8 KB each well under a millisecond, so that
 * the writer, which has a mail waiting, never notices. */
enum { TRIM_ROWS = 16 };

/* Pages given back in one step, and how many must be unused before, since some
 * always are. */
enum { SHRINK_PAGES = 32, UNUSED_PAGES_KEPT = 4096 };

/* A log longer than this is emptied, not only copied: it would grow as long
 * as mail keeps coming. */
enum {
    LOG_PAGES_MAX = 8192, /* 32 MB */
    LOG_PAGES_FAR_TOO_MANY = 32 * LOG_PAGES_MAX,
    RESTART_PAGES_MAX = 64,
    CATCH_UP_TRIES = 4,
};

bool journal_bytes(Journal *journal, uint64_t *bytes, GError **error)
{
    sqlite3_stmt *statement = database_query(journal, QUERY_PAGES, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    while (database_next(journal, statement, &failed, error))
        *bytes = (uint64_t)sqlite3_column_int64(statement, 0);
    return !failed;
}

static uint64_t size_of(const char *path)
{
    struct stat file;

    return stat(path, &file) == 0 ? (uint64_t)file.st_blocks * 512 : 0;
}

bool journal_usage(Journal *journal, JournalUsage *usage, GError **error)
{
    sqlite3_stmt *statement = database_query(journal, QUERY_UNUSED, error);
    g_autofree char *log = database_log_path(journal->path);
    struct statvfs disk;
    bool failed = false;

    *usage = (JournalUsage){ 0 };
    if (statement == NULL)
        return false;
    while (database_next(journal, statement, &failed, error))
        usage->unused = (uint64_t)sqlite3_column_int64(statement, 0);
    if (failed || !journal_bytes(journal, &usage->used, error))
        return false;
    usage->log = size_of(log);
    usage->on_disk = size_of(journal->path) + usage->log;
    usage->free = usage->disk = UINT64_MAX / 4;
    if (statvfs(journal->path, &disk) == 0) {
        usage->free = (uint64_t)disk.f_bavail * disk.f_frsize;
        usage->disk = (uint64_t)disk.f_blocks * disk.f_frsize;
    }
    return true;
}

bool journal_shrink(Journal *journal, bool *more, GError **error)
{
    sqlite3_stmt *statement = database_query(journal, QUERY_UNUSED, error);
    int64_t unused = 0, kind = 0;
    bool failed = false;

    if (statement == NULL)
        return false;
    while (database_next(journal, statement, &failed, error)) {
        unused = sqlite3_column_int64(statement, 1);
        kind = sqlite3_column_int64(statement, 2);
    }
    *more = !failed && kind == 2 && unused > UNUSED_PAGES_KEPT;
    if (failed || !*more)
        return !failed;
    g_autofree char *text =
        g_strdup_printf("PRAGMA incremental_vacuum(%d)", SHRINK_PAGES);
    return database_run(journal, text, error);
}

typedef struct Trim {
    int64_t applied, last; /* rows */
    int64_t before_ms;
    bool is_too_big;
} Trim;

/* Finds the highest of the leading rows that may be dropped; 0 for none. Looks
 * only at the oldest few: a scan for old rows would read the whole file. */
static bool find_end(Journal *journal, const Trim *trim, int64_t *up_to,
                     unsigned *count, GError **error)
{
    sqlite3_stmt *oldest = database_query(journal, QUERY_OLDEST, error);
    bool failed = false, may_go = true;

    if (oldest == NULL)
        return false;
    sqlite3_bind_int64(oldest, 1, TRIM_ROWS);
    while (database_next(journal, oldest, &failed, error)) {
        const int64_t row = sqlite3_column_int64(oldest, 0);
        const int64_t arrival = sqlite3_column_int64(oldest, 1);

        may_go = may_go && row <= trim->applied && row < trim->last &&
                 (trim->is_too_big || arrival < trim->before_ms);
        if (may_go) {
            *up_to = row;
            (*count)++;
        }
    }
    return !failed;
}

static bool drop_up_to(Journal *journal, int64_t row, GError **error)
{
    sqlite3_stmt *drop = database_query(journal, QUERY_DROP, error);

    if (drop == NULL)
        return false;
    sqlite3_bind_int64(drop, 1, row);
    return database_perform(journal, drop, error);
}

bool journal_trim(Journal *journal, int64_t before_ms, uint64_t max_bytes,
                  bool *more, GError **error)
{
    Trim trim = { .before_ms = before_ms };
    uint64_t bytes = 0;
    int64_t up_to = 0;
    unsigned count = 0;

    if (!journal_applied(journal, &trim.applied, error) ||
        !journal_ends(journal, NULL, &trim.last, error) ||
        !journal_bytes(journal, &bytes, error))
        return false;
    trim.is_too_big = bytes > max_bytes;
    if (!find_end(journal, &trim, &up_to, &count, error))
        return false;
    if (count > 0 && !drop_up_to(journal, up_to, error))
        return false;
    *more = count == TRIM_ROWS;
    return true;
}

/* Copies what it can without delaying the writer; *left: pages that were added
 * meanwhile. */
static int copy_log(Journal *journal, int *pages, int *left)
{
    int moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(
        journal->database, NULL, SQLITE_CHECKPOINT_PASSIVE, pages, &moved);

    *left = *pages - moved;
    return code;
}

/* SQLite syncs the file only when nothing is left; under load that happens only
 * in a restart, while the writer waits. */
static int sync_file(Journal *journal)
{
    sqlite3_file *file = NULL;
    const int code = sqlite3_file_control(journal->database, NULL,
                                          SQLITE_FCNTL_FILE_POINTER, &file);

    if (code != SQLITE_OK || file == NULL || file->pMethods == NULL)
        return code;
    return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
}

/* Copies and syncs until little is left. */
static int catch_up(Journal *journal, int *pages, int *left)
{
    int code = copy_log(journal, pages, left);

    for (int i = 0;
         code == SQLITE_OK && *pages > LOG_PAGES_MAX && i < CATCH_UP_TRIES;
         i++) {
        code = sync_file(journal);
        if (code == SQLITE_OK)
            code = copy_log(journal, pages, left);
        if (*left <= RESTART_PAGES_MAX)
            break;
    }
    return code;
}

/* The writer waits while the rest is copied and synced. So the rest must be
 * small, unless the log has grown beyond all bounds. */
static bool may_restart(int pages, int left)
{
    return pages > LOG_PAGES_MAX &&
           (left <= RESTART_PAGES_MAX || pages > LOG_PAGES_FAR_TOO_MANY);
}

bool journal_checkpoint(Journal *journal, GError **error)
{
    int pages = 0, left = 0;
    int code = catch_up(journal, &pages, &left);

    if (code == SQLITE_OK && may_restart(pages, left))
        code = sqlite3_wal_checkpoint_v2(journal->database, NULL,
                                         SQLITE_CHECKPOINT_RESTART, NULL, NULL);
    if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY)
        return true; /* busy: the next one will do it */
    return database_fail(journal, code, error);
}

bool journal_give_log(Journal *journal, GError **error)
{
    const int code = sqlite3_wal_checkpoint_v2(
        journal->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

    return code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY ||
           database_fail(journal, code, error);
}
