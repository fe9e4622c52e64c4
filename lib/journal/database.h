/* SPDX-License-Identifier: MIT */
/*
 * The SQLite database behind a journal, for the files of this folder: its
 * statements, transactions, and the table of named values. All that return bool
 * return false with JOURNAL_ERROR and SQLite's own words; a statement that
 * failed is finished.
 */
#pragma once

#include "journal/journal.h"

#include <sqlite3.h>

enum { DATABASE_WAIT_MILLISECONDS = 5000 };

/* The statements; their texts are in database.c. */
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

/* Sets the error that a code of SQLite means. Returns false, so that a caller
 * can return it. */
bool database_fail(Journal *journal, int code, GError **error);
/* Sets how long a statement waits for its turn from now on. */
void database_set_wait(Journal *journal, int milliseconds);
/* Runs statements without arguments and results. */
bool database_run(Journal *journal, const char *text, GError **error);

/* Returns a statement that is ready for binding; lent. NULL with error set. */
sqlite3_stmt *database_query(Journal *journal, Query which, GError **error);
/* Runs a statement that gives no rows, and finishes it. */
bool database_perform(Journal *journal, sqlite3_stmt *statement,
                      GError **error);
/* Returns true if there is a row to read. Returns false at the end (*failed is
 * unchanged) or on failure (*failed is true); the statement is then finished.
 */
bool database_next(Journal *journal, sqlite3_stmt *statement, bool *failed,
                   GError **error);
/* Returns a column of the row that was read; owned, "" for NULL. */
char *database_text(sqlite3_stmt *statement, int column);
/* Ends a statement, so that it holds no lock and no lent bytes. */
void database_finish(sqlite3_stmt *statement);

/* Begins a transaction: everything up to its end is done as a whole. */
bool database_begin(Journal *journal, GError **error);
/* Ends a transaction: commits it if it succeeded, else rolls it back. Returns
 * true if it was committed. */
bool database_end(Journal *journal, bool succeeded, GError **error);

/* Named values: numbers (0 if there is none) and texts (NULL if there is none;
 * owned). */
bool database_number(Journal *journal, const char *name, int64_t *value,
                     GError **error);
bool database_set_number(Journal *journal, const char *name, int64_t value,
                         GError **error);
bool database_string(Journal *journal, const char *name, char **text,
                     GError **error);
bool database_set_text(Journal *journal, const char *name, const char *text,
                       GError **error);

/* Returns an empty array whose elements are cleared by a function; owned. */
GArray *database_array_new(size_t element_size, GDestroyNotify clear);

/* Returns the path of the log of the database at a path; owned. */
char *database_log_path(const char *path);
