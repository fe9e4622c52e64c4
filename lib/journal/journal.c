/* SPDX-License-Identifier: MIT */
#include "config.h" /* statx */

#include "journal/journal.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/banned.h"

/* Rows dropped in one step: at 8 KB each well under a millisecond, so that
 * the writer, which has a mail waiting, never notices. */
enum { TRIM_ROWS = 16 };
/* Pages given back in one step, and how many must be unused for it: some always
 * are. */
enum { SHRINK_PAGES = 32, UNUSED_PAGES_KEPT = 4096 };
enum { SCHEMA_VERSION = 1, APPLICATION_ID = 0x6c70756c }; /* "lpul" */
enum { ORDINARY_WAIT_MILLISECONDS = 5000, BUSY_PAUSE_MICROSECONDS = 200 };
/* A log longer than this is emptied, not only copied: it would grow as long
 * as mail keeps coming. */
enum {
    LOG_PAGES_MAX = 8192, /* 32 MB */
    LOG_PAGES_FAR_TOO_MANY = 32 * LOG_PAGES_MAX,
    RESTART_PAGES_MAX = 64,
    CATCH_UP_TRIES = 4,
};

typedef enum Query {
    QUERY_INSERT,
    QUERY_READ,
    QUERY_ENDS,
    QUERY_ARRIVAL,
    QUERY_ARRIVAL_OF,
    QUERY_ARRIVAL_BEFORE,
    QUERY_JUMP,
    QUERY_SERIAL,
    QUERY_JUMPED,
    QUERY_META_GET,
    QUERY_META_SET,
    QUERY_POSITION_SET,
    QUERY_POSITION_DROP,
    QUERY_POSITIONS,
    QUERY_ASIDE_SET,
    QUERY_ASIDE_GET,
    QUERY_GAP_ADD,
    QUERY_GAP_TOLD,
    QUERY_GAPS,
    QUERY_OLDEST,
    QUERY_DROP,
    QUERY_PAGES,
    QUERY_UNUSED,
    QUERIES
} Query;

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

/* Came later; a program that does not know them works without. */
static const char additions[] =
    /* Numbers that no row has: row is the first behind them. */
    "CREATE TABLE IF NOT EXISTS jumps(row INTEGER PRIMARY KEY,"
    " skipped INTEGER NOT NULL);"
    /* Gaps that were told under an earlier id. */
    "CREATE TABLE IF NOT EXISTS told(gap INTEGER PRIMARY KEY,"
    " journal TEXT NOT NULL);";

struct Journal {
    sqlite3 *database;
    sqlite3_stmt *prepared[QUERIES];
    char *id;
    char *path;
    JournalSync sync;
    int64_t file, log; /* numbers, as they were opened; 0: not known */
    int64_t replay_to, skip_to;
    int wait_microseconds;
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
static bool fail(Journal *journal, int code, GError **error)
{
    g_set_error(error, JOURNAL_ERROR, error_of(code), "journal: %s",
                journal->database != NULL ? sqlite3_errmsg(journal->database)
                                          : sqlite3_errstr(code));
    return false;
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

static void set_wait(Journal *journal, int milliseconds)
{
    journal->wait_microseconds = milliseconds * 1000;
}

static bool run(Journal *journal, const char *text, GError **error)
{
    const int code = sqlite3_exec(journal->database, text, NULL, NULL, NULL);

    return code == SQLITE_OK || fail(journal, code, error);
}

/* A statement ready for binding, or NULL with error set. */
static sqlite3_stmt *query(Journal *journal, Query which, GError **error)
{
    sqlite3_stmt **prepared = &journal->prepared[which];

    if (*prepared == NULL) {
        const int code =
            sqlite3_prepare_v3(journal->database, query_texts[which], -1,
                               SQLITE_PREPARE_PERSISTENT, prepared, NULL);
        if (code != SQLITE_OK)
            fail(journal, code, error);
    }
    return *prepared;
}

/* Ends a statement, so that it holds no lock and no lent bytes. */
static void finish(sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

/* Runs a statement that gives no rows. */
static bool perform(Journal *journal, sqlite3_stmt *statement, GError **error)
{
    const int code = sqlite3_step(statement);
    const bool done =
        code == SQLITE_DONE || code == SQLITE_ROW || fail(journal, code, error);

    finish(statement);
    return done;
}

/* True: there is a row to read. False: at the end (*failed stays) or failed;
 * the statement is finished then. */
static bool next(Journal *journal, sqlite3_stmt *statement, bool *failed,
                 GError **error)
{
    const int code = sqlite3_step(statement);

    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        *failed = !fail(journal, code, error);
    finish(statement);
    return false;
}

static char *column_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);

    return g_strdup(text != NULL ? text : "");
}

static bool begin(Journal *journal, GError **error)
{
    return run(journal, "BEGIN IMMEDIATE", error);
}

/* Commits what succeeded, else takes all of it back. */
static bool end(Journal *journal, bool succeeded, GError **error)
{
    if (succeeded && run(journal, "COMMIT", error))
        return true;
    sqlite3_exec(journal->database, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

static bool meta_number(Journal *journal, const char *name, int64_t *value,
                        GError **error)
{
    sqlite3_stmt *get = query(journal, QUERY_META_GET, error);
    bool failed = false;

    if (get == NULL)
        return false;
    sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
    int64_t found = 0;
    while (next(journal, get, &failed, error))
        found = sqlite3_column_int64(get, 0);
    if (!failed)
        *value = found;
    return !failed;
}

static bool meta_set_number(Journal *journal, const char *name, int64_t value,
                            GError **error)
{
    sqlite3_stmt *set = query(journal, QUERY_META_SET, error);

    if (set == NULL)
        return false;
    sqlite3_bind_text(set, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(set, 2, value);
    return perform(journal, set, error);
}

static bool meta_set_text(Journal *journal, const char *name, const char *text,
                          GError **error)
{
    sqlite3_stmt *set = query(journal, QUERY_META_SET, error);

    if (set == NULL)
        return false;
    sqlite3_bind_text(set, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(set, 2, text, -1, SQLITE_STATIC);
    return perform(journal, set, error);
}

/* Owned; NULL and no failure: none. */
static bool meta_text(Journal *journal, const char *name, char **text,
                      GError **error)
{
    sqlite3_stmt *get = query(journal, QUERY_META_GET, error);
    bool failed = false;

    *text = NULL;
    if (get == NULL)
        return false;
    sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
    while (next(journal, get, &failed, error)) {
        g_free(*text);
        *text = column_text(get, 0);
    }
    return !failed;
}

/* --- opening ------------------------------------------------------------ */

/* SQLite would make it readable for all; mail is private. */
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
        return fail(journal, code, error);
    const int stepped = sqlite3_step(statement);
    if (stepped == SQLITE_ROW)
        *version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return stepped == SQLITE_ROW || fail(journal, stepped, error);
}

static bool make_schema(Journal *journal, GError **error)
{
    /* So that it can become smaller again; only before the first table. */
    if (!run(journal, "PRAGMA auto_vacuum=INCREMENTAL", error))
        return false;
    g_autofree char *marks =
        g_strdup_printf("PRAGMA application_id=%d; PRAGMA user_version=%d;",
                        APPLICATION_ID, SCHEMA_VERSION);

    if (!begin(journal, error))
        return false;
    return end(journal,
               run(journal, schema, error) && run(journal, marks, error),
               error);
}

static bool check_schema(Journal *journal, JournalMode mode, GError **error)
{
    int version = 0;

    if (!read_version(journal, &version, error))
        return false;
    if (version == 0 && mode == JOURNAL_WRITER)
        return make_schema(journal, error) && run(journal, additions, error);
    if (version == SCHEMA_VERSION)
        return mode == JOURNAL_READER || run(journal, additions, error);
    g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN,
                version == 0 ? "journal: not made yet"
                             : "journal: made by a later version");
    return false;
}

static bool read_id(Journal *journal, GError **error)
{
    sqlite3_stmt *get = query(journal, QUERY_META_GET, error);
    bool failed = false;

    if (get == NULL)
        return false;
    sqlite3_bind_text(get, 1, "id", -1, SQLITE_STATIC);
    while (next(journal, get, &failed, error)) {
        g_free(journal->id);
        journal->id = column_text(get, 0);
    }
    if (!failed && journal->id == NULL)
        g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN,
                    "journal: it has no id");
    return !failed && journal->id != NULL;
}

/* The reader alone does checkpoints: end of message never waits for one. */
static bool configure(Journal *journal, JournalSync sync, GError **error)
{
    sqlite3_busy_handler(journal->database, wait_for_turn, journal);
    sqlite3_extended_result_codes(journal->database, 1);
    sqlite3_db_config(journal->database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                      NULL);
    return run(journal,
               "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;"
               "PRAGMA cache_size=-1024; PRAGMA trusted_schema=OFF;",
               error) &&
           run(journal,
               sync == JOURNAL_SYNC_FULL ? "PRAGMA synchronous=FULL"
                                         : "PRAGMA synchronous=NORMAL",
               error);
}

static char *log_path_of(const char *path)
{
    return g_strconcat(path, "-wal", NULL);
}

static char *log_path(const Journal *journal)
{
    return log_path_of(journal->path);
}

/* Tells files apart; 0 if there is none. File systems give an inode to another
 * file as soon as one is deleted: so the time of birth is in it, where the file
 * system knows it. Then the device is not, whose number may be another one
 * after a boot. */
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

/* Which files they are. */
static void note_files(Journal *journal)
{
    g_autofree char *log = log_path(journal);

    journal->file = number_at(journal->path);
    journal->log = number_at(log);
}

static bool is_same_file(const char *path, int64_t known)
{
    return known == 0 || number_at(path) == known;
}

void journal_numbers_at(const char *path, int64_t *file, int64_t *log)
{
    g_autofree char *own_log = log_path_of(path);

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
    g_autofree char *log = log_path(journal);

    return is_same_file(journal->path, journal->file) &&
           is_same_file(log, journal->log);
}

/* This machine; 0: not known. */
static int64_t machine_number(void)
{
    g_autofree char *id = NULL;

    return g_file_get_contents("/etc/machine-id", &id, NULL, NULL) &&
                   *g_strstrip(id) != '\0'
               ? (int64_t)g_str_hash(id) + 1
               : 0;
}

static bool set_home(Journal *journal, GError **error)
{
    return meta_set_number(journal, "home_file", journal->file, error) &&
           meta_set_number(journal, "home_machine", machine_number(), error);
}

/* Notes where a journal is at home that does not know it; a full disk is no
 * reason not to open it. */
static void settle_down(Journal *journal)
{
    int64_t home = 0;

    if (meta_number(journal, "home_file", &home, NULL) && home == 0)
        (void)set_home(journal, NULL);
}

bool journal_is_copy(Journal *journal, bool *is_copy, GError **error)
{
    const int64_t machine = machine_number();
    int64_t home_file = 0, home_machine = 0;

    if (!meta_number(journal, "home_file", &home_file, error) ||
        !meta_number(journal, "home_machine", &home_machine, error))
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
    set_wait(journal, ORDINARY_WAIT_MILLISECONDS);
    const int code =
        sqlite3_open_v2(path, &journal->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK)
        fail(journal, code, error);
    else if (configure(journal, sync, error) &&
             check_schema(journal, mode, error) && read_id(journal, error) &&
             meta_number(journal, "replay_to", &journal->replay_to, error)) {
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

bool journal_learn_id(Journal *journal, GError **error)
{
    return read_id(journal, error);
}

int64_t journal_replay_to(const Journal *journal)
{
    return journal->replay_to;
}

/* --- rows --------------------------------------------------------------- */

void journal_row_clear(JournalRow *row)
{
    g_clear_pointer(&row->lists, g_free);
    g_clear_pointer(&row->queue_id, g_free);
    g_clear_pointer(&row->mail, g_bytes_unref);
}

/* --- damage that SQLite does not see
 * ------------------------------------------ */

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

/* Of a row, to stand above its flags; never 0, which older rows have. Against
 * a bad disk, not against people. */
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
    sqlite3_stmt *statement = query(journal, QUERY_INSERT, error);
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
    if (!perform(journal, statement, error))
        return false;
    row->row = sqlite3_last_insert_rowid(journal->database);
    return true;
}

void journal_skip_to(Journal *journal, int64_t row)
{
    journal->skip_to = row;
}

/* The number that the next row must get, written down; 0: any. */
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
    sqlite3_stmt *statement = query(journal, QUERY_JUMP, error);
    if (statement == NULL)
        return false;
    *number = journal->skip_to;
    sqlite3_bind_int64(statement, 1, *number);
    sqlite3_bind_int64(statement, 2, *number - last - 1);
    return perform(journal, statement, error);
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
    set_wait(journal, wait_milliseconds);
    bool good = begin(journal, error);
    if (good)
        good = end(journal, insert_all(journal, rows, count, error), error);
    if (good)
        journal->skip_to = 0;
    set_wait(journal, ORDINARY_WAIT_MILLISECONDS);
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
        .lists = column_text(statement, 4),
        .queue_id = column_text(statement, 5),
        .mail = g_bytes_new(sqlite3_column_blob(statement, 6), length),
    };
}

bool journal_read(Journal *journal, int64_t after, unsigned limit, GArray *rows,
                  GError **error)
{
    sqlite3_stmt *statement = query(journal, QUERY_READ, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, after);
    sqlite3_bind_int64(statement, 2, limit);
    while (next(journal, statement, &failed, error)) {
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
        finish(statement);
        return false;
    }
    return !failed;
}

bool journal_ends(Journal *journal, int64_t *first, int64_t *last,
                  GError **error)
{
    sqlite3_stmt *statement = query(journal, QUERY_ENDS, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    while (next(journal, statement, &failed, error)) {
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
    sqlite3_stmt *statement = query(journal, QUERY_ARRIVAL_OF, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    *is_there = false;
    sqlite3_bind_int64(statement, 1, row);
    while (next(journal, statement, &failed, error)) {
        *arrival_ms = sqlite3_column_int64(statement, 0);
        *is_there = true;
    }
    return !failed;
}

/* The number that a query finds for a row; 0 if it finds none. */
static bool number_for_row(Journal *journal, Query which, int64_t row,
                           int64_t *number, GError **error)
{
    sqlite3_stmt *statement = query(journal, which, error);
    bool failed = false;
    int64_t found = 0;

    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, row);
    while (next(journal, statement, &failed, error))
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

/* --- what is in Redis --------------------------------------------------- */

void journal_position_clear(JournalPosition *position)
{
    g_clear_pointer(&position->list, g_free);
}

static bool set_position(Journal *journal, const JournalPosition *position,
                         GError **error)
{
    const bool is_there = position->row != 0;
    sqlite3_stmt *set = query(
        journal, is_there ? QUERY_POSITION_SET : QUERY_POSITION_DROP, error);

    if (set == NULL)
        return false;
    sqlite3_bind_text(set, 1, position->list, -1, SQLITE_STATIC);
    if (is_there)
        sqlite3_bind_int64(set, 2, position->row);
    return perform(journal, set, error);
}

/* positions: or NULL. */
static bool set_positions(Journal *journal, const GArray *positions,
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
    if (!begin(journal, error))
        return false;
    bool good = meta_set_number(journal, "applied", row, error) &&
                meta_set_number(journal, "applied_ms", now_ms, error);
    good = good && set_positions(journal, positions, error);
    return end(journal, good, error);
}

bool journal_applied(Journal *journal, int64_t *row, GError **error)
{
    return meta_number(journal, "applied", row, error);
}

bool journal_positions(Journal *journal, GArray *positions, GError **error)
{
    sqlite3_stmt *statement = query(journal, QUERY_POSITIONS, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    while (next(journal, statement, &failed, error)) {
        const JournalPosition position = {
            .list = column_text(statement, 0),
            .row = sqlite3_column_int64(statement, 1),
        };
        g_array_append_val(positions, position);
    }
    return !failed;
}

/* --- rows set aside, gaps ----------------------------------------------- */

bool journal_set_aside(Journal *journal, int64_t row, const char *why,
                       GError **error)
{
    sqlite3_stmt *set = query(journal, QUERY_ASIDE_SET, error);

    if (set == NULL)
        return false;
    sqlite3_bind_int64(set, 1, row);
    sqlite3_bind_text(set, 2, why, -1, SQLITE_STATIC);
    return perform(journal, set, error);
}

bool journal_is_aside(Journal *journal, int64_t row, bool *is_aside,
                      GError **error)
{
    sqlite3_stmt *get = query(journal, QUERY_ASIDE_GET, error);
    bool failed = false, found = false;

    if (get == NULL)
        return false;
    sqlite3_bind_int64(get, 1, row);
    while (next(journal, get, &failed, error))
        found = true;
    if (!failed)
        *is_aside = found;
    return !failed;
}

void journal_gap_clear(JournalGap *gap)
{
    g_clear_pointer(&gap->journal, g_free);
    g_clear_pointer(&gap->lists, g_free);
    g_clear_pointer(&gap->why, g_free);
}

/* number: 0 for the next one. */
static bool add_gap(Journal *journal, JournalGap *gap, int64_t number,
                    GError **error)
{
    sqlite3_stmt *add = query(journal, QUERY_GAP_ADD, error);

    if (add == NULL)
        return false;
    sqlite3_bind_int64(add, 1, gap->from_ms);
    sqlite3_bind_int64(add, 2, gap->until_ms);
    sqlite3_bind_text(add, 3, gap->lists, -1, SQLITE_STATIC);
    sqlite3_bind_text(add, 4, gap->why, -1, SQLITE_STATIC);
    if (number != 0)
        sqlite3_bind_int64(add, 5, number);
    if (!perform(journal, add, error))
        return false;
    gap->gap = sqlite3_last_insert_rowid(journal->database);
    return true;
}

bool journal_add_gap(Journal *journal, JournalGap *gap, GError **error)
{
    return add_gap(journal, gap, 0, error);
}

/* Of another journal, under whose id it is told. */
static bool take_gap(Journal *journal, JournalGap *gap, GError **error)
{
    if (gap->gap == 0 || gap->journal == NULL)
        return add_gap(journal, gap, 0, error);
    sqlite3_stmt *told = query(journal, QUERY_GAP_TOLD, error);
    if (told == NULL || !add_gap(journal, gap, gap->gap, error))
        return false;
    sqlite3_bind_int64(told, 1, gap->gap);
    sqlite3_bind_text(told, 2, gap->journal, -1, SQLITE_STATIC);
    return perform(journal, told, error);
}

bool journal_gaps(Journal *journal, GArray *gaps, GError **error)
{
    sqlite3_stmt *statement = query(journal, QUERY_GAPS, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    while (next(journal, statement, &failed, error)) {
        const JournalGap gap = {
            .gap = sqlite3_column_int64(statement, 0),
            .from_ms = sqlite3_column_int64(statement, 1),
            .until_ms = sqlite3_column_int64(statement, 2),
            .lists = column_text(statement, 3),
            .why = column_text(statement, 4),
            .journal = column_text(statement, 5),
        };
        g_array_append_val(gaps, gap);
    }
    return !failed;
}

/* --- where it comes from ------------------------------------------------ */

enum { PRIORS_MAX = 8 };

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

static bool put_origin(Journal *journal, const JournalOrigin *origin,
                       GError **error)
{
    return meta_set_number(journal, "met", origin->is_met, error) &&
           meta_set_number(journal, "begun_ms", origin->begun_ms, error) &&
           meta_set_text(journal, "priors",
                         origin->priors != NULL ? origin->priors : "", error) &&
           meta_set_number(journal, "prior_told", origin->told, error);
}

bool journal_set_origin(Journal *journal, const JournalOrigin *origin,
                        const GArray *positions, GError **error)
{
    return begin(journal, error) &&
           end(journal,
               put_origin(journal, origin, error) &&
                   set_positions(journal, positions, error),
               error);
}

bool journal_get_origin(Journal *journal, JournalOrigin *origin, GError **error)
{
    int64_t is_met = 0;

    *origin = (JournalOrigin){ 0 };
    if (!meta_text(journal, "priors", &origin->priors, error) ||
        !meta_number(journal, "met", &is_met, error) ||
        !meta_number(journal, "begun_ms", &origin->begun_ms, error) ||
        !meta_number(journal, "prior_told", &origin->told, error))
        return false;
    origin->is_met = is_met != 0;
    if (origin->priors == NULL)
        origin->priors = g_strdup("");
    return true;
}

bool journal_set_told(Journal *journal, int64_t row, GError **error)
{
    return meta_set_number(journal, "told", row, error);
}

bool journal_told(Journal *journal, int64_t *row, GError **error)
{
    return meta_number(journal, "told", row, error);
}

/* --- another id --------------------------------------------------------- */

static const char renewal[] =
    "INSERT OR IGNORE INTO told SELECT gap, (SELECT value FROM meta"
    " WHERE name = 'id') FROM gaps;"
    "UPDATE meta SET value = lower(hex(randomblob(16))) WHERE name = 'id';"
    "INSERT OR REPLACE INTO meta SELECT 'replay_to', coalesce(max(row), 0)"
    " FROM mail;"
    /* Which lists there are is still known. */
    "UPDATE positions SET row = 0 WHERE list NOT LIKE 'prior %';";

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
    if (!begin(journal, error))
        return false;
    const bool good = run(journal, renewal, error) &&
                      meta_set_number(journal, "applied", applied, error) &&
                      meta_set_number(journal, "told", 0, error) &&
                      put_origin(journal, &origin, error) &&
                      journal_add_gap(journal, gap, error);
    return end(journal, good, error) && read_id(journal, error) &&
           meta_number(journal, "replay_to", &journal->replay_to, error);
}

/* Numbers of rows that a list waits for, or that are still being copied, are
 * what they were. */
static const char parting[] =
    "INSERT OR IGNORE INTO told SELECT gap, (SELECT value FROM meta"
    " WHERE name = 'id') FROM gaps;"
    "UPDATE meta SET value = lower(hex(randomblob(16))) WHERE name = 'id';"
    "INSERT OR REPLACE INTO meta SELECT 'replay_to', coalesce(max(row), 0)"
    " FROM mail WHERE NOT EXISTS (SELECT 1 FROM meta WHERE name = 'rescue');"
    "UPDATE positions SET row = 0 WHERE instr(list, ' ') = 0;";

/* As for a journal that is begun behind another: Redis is asked for what that
 * one told it, and gets again what it was not told of. */
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
    return run(journal, parting, error) &&
           meta_set_number(journal, "applied", applied, error) &&
           meta_set_number(journal, "told", 0, error) &&
           put_origin(journal, origin, error) && set_home(journal, error);
}

bool journal_part(Journal *journal, int64_t now_ms, const GArray *positions,
                  GError **error)
{
    g_auto(JournalOrigin) origin = { 0 };
    int64_t applied = 0, told = 0;

    if (!journal_get_origin(journal, &origin, error) ||
        !journal_applied(journal, &applied, error) ||
        !journal_told(journal, &told, error) || !begin(journal, error))
        return false;
    origin.begun_ms = now_ms;
    const bool good = put_parting(journal, &origin, applied, told, error) &&
                      set_positions(journal, positions, error);
    return end(journal, good, error) && read_id(journal, error) &&
           meta_number(journal, "replay_to", &journal->replay_to, error);
}

/* --- another file ------------------------------------------------------- */

char *journal_aside_name(const Journal *journal, int64_t now_seconds)
{
    return g_strdup_printf("%s.broken-%" G_GINT64_FORMAT, journal->path,
                           now_seconds);
}

static void put_aside(const Journal *journal, const char *aside)
{
    g_autofree char *log = log_path(journal);
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

/* Can a row behind this one be read. */
static bool is_readable(Journal *journal, int64_t after)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(JournalRow));

    g_array_set_clear_func(rows, (GDestroyNotify)journal_row_clear);
    return read_some(journal, after, 1, rows);
}

/* The lowest number behind this one from which on a row can be read; INT64_MAX:
 * none. Where no row is, the end is found, which is readable too. */
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

/* Rows before the damage are read one by one: a step that fails gives none. */
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
    return meta_set_text(journal, "rescue", rescue->file, error) &&
           meta_set_number(journal, "rescue_after", rescue->after, error) &&
           meta_set_number(journal, "rescue_last", rescue->last, error) &&
           meta_set_number(journal, "rescue_since_ms", rescue->since_ms, error);
}

bool journal_set_rescue(Journal *journal, const JournalRescue *rescue,
                        GError **error)
{
    if (!begin(journal, error))
        return false;
    const bool good =
        rescue->file == NULL
            ? run(journal,
                  "DELETE FROM meta WHERE name LIKE 'rescue%';"
                  "INSERT OR REPLACE INTO meta SELECT 'replay_to',"
                  " coalesce(max(row), 0) FROM mail;",
                  error)
            : put_rescue(journal, rescue, error);
    return end(journal, good, error);
}

bool journal_inherit(Journal *journal, const JournalHeritage *heritage,
                     GError **error)
{
    GArray *gaps = heritage->gaps;

    if (!begin(journal, error))
        return false;
    bool good = put_origin(journal, &heritage->origin, error) &&
                put_rescue(journal, &heritage->rescue, error) &&
                set_positions(journal, heritage->positions, error) &&
                meta_set_number(journal, "replay_to", INT64_MAX, error);
    for (unsigned i = 0; good && i < gaps->len; i++)
        good = take_gap(journal, &g_array_index(gaps, JournalGap, i), error);
    return end(journal, good, error);
}

bool journal_get_rescue(Journal *journal, JournalRescue *rescue, GError **error)
{
    *rescue = (JournalRescue){ 0 };
    return meta_text(journal, "rescue", &rescue->file, error) &&
           meta_number(journal, "rescue_after", &rescue->after, error) &&
           meta_number(journal, "rescue_last", &rescue->last, error) &&
           meta_number(journal, "rescue_since_ms", &rescue->since_ms, error);
}

/* --- keeping it small --------------------------------------------------- */

bool journal_bytes(Journal *journal, uint64_t *bytes, GError **error)
{
    sqlite3_stmt *statement = query(journal, QUERY_PAGES, error);
    bool failed = false;

    if (statement == NULL)
        return false;
    while (next(journal, statement, &failed, error))
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
    sqlite3_stmt *statement = query(journal, QUERY_UNUSED, error);
    g_autofree char *log = log_path(journal);
    struct statvfs disk;
    bool failed = false;

    *usage = (JournalUsage){ 0 };
    if (statement == NULL)
        return false;
    while (next(journal, statement, &failed, error))
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
    sqlite3_stmt *statement = query(journal, QUERY_UNUSED, error);
    int64_t unused = 0, kind = 0;
    bool failed = false;

    if (statement == NULL)
        return false;
    while (next(journal, statement, &failed, error)) {
        unused = sqlite3_column_int64(statement, 1);
        kind = sqlite3_column_int64(statement, 2);
    }
    *more = !failed && kind == 2 && unused > UNUSED_PAGES_KEPT;
    if (failed || !*more)
        return !failed;
    g_autofree char *text =
        g_strdup_printf("PRAGMA incremental_vacuum(%d)", SHRINK_PAGES);
    return run(journal, text, error);
}

typedef struct Trim {
    int64_t applied, last; /* rows */
    int64_t before_ms;
    bool is_too_big;
} Trim;

/* The highest row of the leading ones that may go; 0 for none. Only looks at
 * the oldest few: a scan for old rows would read the whole file. */
static bool find_end(Journal *journal, const Trim *trim, int64_t *up_to,
                     unsigned *count, GError **error)
{
    sqlite3_stmt *oldest = query(journal, QUERY_OLDEST, error);
    bool failed = false, may_go = true;

    if (oldest == NULL)
        return false;
    sqlite3_bind_int64(oldest, 1, TRIM_ROWS);
    while (next(journal, oldest, &failed, error)) {
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
    sqlite3_stmt *drop = query(journal, QUERY_DROP, error);

    if (drop == NULL)
        return false;
    sqlite3_bind_int64(drop, 1, row);
    return perform(journal, drop, error);
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

/* Copies what it can without holding the writer up; *left: pages that came
 * meanwhile. */
static int copy_log(Journal *journal, int *pages, int *left)
{
    int moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(
        journal->database, NULL, SQLITE_CHECKPOINT_PASSIVE, pages, &moved);

    *left = *pages - moved;
    return code;
}

/* SQLite syncs the file only when nothing is left, and so, under load, only in
 * a restart, with the writer waiting. */
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

/* The writer waits while what is left is copied and synced. So that must be
 * little, unless the log has grown beyond all bounds. */
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
    return fail(journal, code, error);
}

bool journal_give_log(Journal *journal, GError **error)
{
    const int code = sqlite3_wal_checkpoint_v2(
        journal->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

    return code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY ||
           fail(journal, code, error);
}
