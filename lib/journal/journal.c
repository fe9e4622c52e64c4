/* SPDX-License-Identifier: MIT */
#include "config.h" /* statx */

#include "journal/journal.h"

#include "journal/database.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { SCHEMA_VERSION = 1, APPLICATION_ID = 0x6c70756c }; /* "lpul" */

enum { BUSY_PAUSE_MICROSECONDS = 200 };

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS mail(row INTEGER PRIMARY KEY,"
    " arrival_ms INTEGER NOT NULL, flags INTEGER NOT NULL,"
    " size INTEGER NOT NULL, lists TEXT NOT NULL, queue_id TEXT NOT NULL,"
    " mail BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value)"
    " WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS positions(list TEXT PRIMARY KEY,"
    " row INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS aside(row INTEGER PRIMARY KEY,"
    " why TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS gaps(gap INTEGER PRIMARY KEY,"
    " from_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL,"
    " lists TEXT NOT NULL, why TEXT NOT NULL);"
    "INSERT OR IGNORE INTO meta VALUES('id', lower(hex(randomblob(16))));";

/* Tables that were added later; a program that does not know them works without
 * them. */
static const char additions[] =
    /* Numbers that no row has: row is the first behind them. */
    "CREATE TABLE IF NOT EXISTS jumps(row INTEGER PRIMARY KEY,"
    " skipped INTEGER NOT NULL);"
    /* Gaps that were told under an earlier id. */
    "CREATE TABLE IF NOT EXISTS told(gap INTEGER PRIMARY KEY,"
    " journal TEXT NOT NULL);";

/* SQLite would make the file readable for everybody, but mail is private. */
static bool make_file(const char *path, GError **error)
{
    const int file =
        open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (file < 0) {
        g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_OPEN, "%s: %s", path,
                    g_strerror(errno));
        return false;
    }
    close(file);
    return true;
}

static bool read_version(Journal *journal, int *version, GError **error)
{
    sqlite3_stmt *statement = NULL;
    const int code = sqlite3_prepare_v2(
        journal->database, "PRAGMA user_version", -1, &statement, NULL);

    if (code != SQLITE_OK)
        return database_fail(journal, code, error);
    const int stepped = sqlite3_step(statement);
    if (stepped == SQLITE_ROW)
        *version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return stepped == SQLITE_ROW || database_fail(journal, stepped, error);
}

static bool make_schema(Journal *journal, GError **error)
{
    /* So that it can become smaller again; only before the first table. */
    if (!database_run(journal, "PRAGMA auto_vacuum=INCREMENTAL", error))
        return false;
    g_autofree char *marks =
        g_strdup_printf("PRAGMA application_id=%d; PRAGMA user_version=%d;",
                        APPLICATION_ID, SCHEMA_VERSION);

    if (!database_begin(journal, error))
        return false;
    return database_end(journal,
                        database_run(journal, schema, error) &&
                            database_run(journal, marks, error),
                        error);
}

static bool check_schema(Journal *journal, JournalMode mode, GError **error)
{
    int version = 0;

    if (!read_version(journal, &version, error))
        return false;
    if (version == 0 && mode == JOURNAL_WRITER)
        return make_schema(journal, error) &&
               database_run(journal, additions, error);
    if (version == SCHEMA_VERSION)
        return mode == JOURNAL_READER ||
               database_run(journal, additions, error);
    g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN,
                version == 0 ? "journal: not made yet"
                             : "journal: made by a later version");
    return false;
}

bool journal_learn_id(Journal *journal, GError **error)
{
    sqlite3_stmt *get = database_query(journal, QUERY_META_GET, error);
    bool failed = false;

    if (get == NULL)
        return false;
    sqlite3_bind_text(get, 1, "id", -1, SQLITE_STATIC);
    while (database_next(journal, get, &failed, error)) {
        g_free(journal->id);
        journal->id = database_text(get, 0);
    }
    if (!failed && journal->id == NULL)
        g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN,
                    "journal: it has no id");
    return !failed && journal->id != NULL;
}

/* SQLite's own waits grow to 100 ms; a mail is waiting behind ours. Counts
 * its pauses, since a library does not read the clock. */
static int wait_for_turn(void *data, int attempts)
{
    const Journal *journal = data;

    if ((int64_t)attempts * BUSY_PAUSE_MICROSECONDS >=
        journal->wait_microseconds)
        return 0;
    g_usleep(BUSY_PAUSE_MICROSECONDS);
    return 1;
}

/* Only the reader does checkpoints, so end of message never waits for one. */
static bool configure(Journal *journal, JournalSync sync, GError **error)
{
    sqlite3_busy_handler(journal->database, wait_for_turn, journal);
    sqlite3_extended_result_codes(journal->database, 1);
    sqlite3_db_config(journal->database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                      NULL);
    return database_run(journal,
                        "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;"
                        "PRAGMA cache_size=-1024; PRAGMA trusted_schema=OFF;",
                        error) &&
           database_run(journal,
                        sync == JOURNAL_SYNC_FULL ? "PRAGMA synchronous=FULL"
                                                  : "PRAGMA synchronous=NORMAL",
                        error);
}

/* Returns a number that identifies a file; 0 if there is none. File systems
 * reuse an inode as soon as its file is deleted, so the number contains the
 * birth time if the file system knows it. It then does not contain the device,
 * whose number may change at a boot. */
static int64_t number_at(const char *path)
{
    struct statx file;
    uint64_t number = 0;

    if (statx(AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &file) != 0)
        return 0;

    const bool has_birth = (file.stx_mask & STATX_BTIME) != 0;
    const uint64_t parts[] = {
        has_birth ? 0 : file.stx_dev_major,
        has_birth ? 0 : file.stx_dev_minor,
        file.stx_ino,
        has_birth ? (uint64_t)file.stx_btime.tv_sec : 0,
        has_birth ? file.stx_btime.tv_nsec : 0,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        number = (number ^ parts[i]) * UINT64_C(0x9e3779b97f4a7c15);
    return (int64_t)(number >> 1 | 1);
}

/* Reads the numbers of both files. */
static void note_files(Journal *journal)
{
    g_autofree char *log = database_log_path(journal->path);

    journal->file = number_at(journal->path);
    journal->log = number_at(log);
}

static bool is_same_file(const char *path, int64_t known)
{
    return known == 0 || number_at(path) == known;
}

void journal_numbers_at(const char *path, int64_t *file, int64_t *log)
{
    g_autofree char *own_log = database_log_path(path);

    *file = number_at(path);
    *log = number_at(own_log);
}

int64_t journal_file_number(const Journal *journal)
{
    return journal->file;
}

int64_t journal_log_number(const Journal *journal)
{
    return journal->log;
}

bool journal_is_in_place(const Journal *journal)
{
    g_autofree char *log = database_log_path(journal->path);

    return is_same_file(journal->path, journal->file) &&
           is_same_file(log, journal->log);
}

/* Returns a number for this machine; 0: not known. */
static int64_t machine_number(void)
{
    g_autofree char *id = NULL;

    return g_file_get_contents("/etc/machine-id", &id, NULL, NULL) &&
                   *g_strstrip(id) != '\0'
               ? (int64_t)g_str_hash(id) + 1
               : 0;
}

bool journal_put_home(Journal *journal, GError **error)
{
    return database_set_number(journal, "home_file", journal->file, error) &&
           database_set_number(journal, "home_machine", machine_number(),
                               error);
}

/* Notes file and machine of a journal that does not have them yet; a full disk
 * does not prevent opening it. */
static void settle_down(Journal *journal)
{
    int64_t home = 0;

    if (database_number(journal, "home_file", &home, NULL) && home == 0)
        (void)journal_put_home(journal, NULL);
}

bool journal_is_copy(Journal *journal, bool *is_copy, GError **error)
{
    const int64_t machine = machine_number();
    int64_t home_file = 0, home_machine = 0;

    if (!database_number(journal, "home_file", &home_file, error) ||
        !database_number(journal, "home_machine", &home_machine, error))
        return false;
    *is_copy =
        (home_file != 0 && journal->file != 0 && home_file != journal->file) ||
        (home_machine != 0 && machine != 0 && home_machine != machine);
    return true;
}

Journal *journal_open(const char *path, JournalMode mode, JournalSync sync,
                      GError **error)
{
    if (mode == JOURNAL_WRITER && !make_file(path, error))
        return NULL;

    g_autoptr(Journal) journal = g_new0(Journal, 1);
    journal->path = g_strdup(path);
    journal->sync = sync;
    database_set_wait(journal, DATABASE_WAIT_MILLISECONDS);
    const int code =
        sqlite3_open_v2(path, &journal->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK)
        database_fail(journal, code, error);
    else if (configure(journal, sync, error) &&
             check_schema(journal, mode, error) &&
             journal_learn_id(journal, error) &&
             database_number(journal, "replay_to", &journal->replay_to,
                             error)) {
        note_files(journal);
        if (mode == JOURNAL_WRITER)
            settle_down(journal);
        return g_steal_pointer(&journal);
    }
    g_prefix_error(error, "%s: ", path);
    return NULL;
}

void journal_free(Journal *journal)
{
    if (journal == NULL)
        return;
    for (int i = 0; i < QUERIES; i++)
        sqlite3_finalize(journal->prepared[i]);
    sqlite3_close(journal->database);
    g_free(journal->id);
    g_free(journal->path);
    g_free(journal);
}

const char *journal_id(const Journal *journal)
{
    return journal->id;
}

int64_t journal_replay_to(const Journal *journal)
{
    return journal->replay_to;
}
