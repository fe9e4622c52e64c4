/* SPDX-License-Identifier: MIT */
/*
 * Captured mail on local disk, in order: what stands between a mail that has
 * passed and its count in Redis. SQLite in WAL mode; one writer (collector)
 * and one reader (processor), each with its own Journal on the same file.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Journal Journal;

typedef enum JournalMode { JOURNAL_WRITER, JOURNAL_READER } JournalMode;
typedef enum JournalSync { JOURNAL_SYNC_NORMAL, JOURNAL_SYNC_FULL } JournalSync;

typedef enum JournalError {
    JOURNAL_ERROR_OPEN,  /* cannot be opened or made: path and rights */
    JOURNAL_ERROR_FULL,  /* no space on the disk: later, perhaps */
    JOURNAL_ERROR_BUSY,  /* did not get its turn within the limit: later */
    JOURNAL_ERROR_BROKEN /* damaged, or made by a later version */
} JournalError;
#define JOURNAL_ERROR journal_error_quark()
GQuark journal_error_quark(void);

typedef struct JournalRow {
    int64_t row;        /* 1, 2, ...; given by append */
    int64_t arrival_ms; /* since 1970 */
    unsigned capture_flags; /* MailCaptureFlags, kept as a number */
    uint64_t size;      /* of the whole mail */
    char *lists;        /* list ids, blank separated */
    char *queue_id;     /* the MTA's, for the log; may be "" */
    GBytes *mail;       /* captured bytes */
} JournalRow;
void journal_row_clear(JournalRow *row);

/* path: the file; made (0600) if it is not there and mode is writer. */
Journal *journal_open(const char *path, JournalMode mode, JournalSync sync,
                      GError **error);
void journal_free(Journal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Journal, journal_free)

/* 32 hex digits, made with the journal, the same as long as it lives. */
const char *journal_id(const Journal *journal);

/* Writer: waits at most milliseconds for its turn; row->row is set. */
bool journal_append(Journal *journal, JournalRow *row, int wait_milliseconds,
                    GError **error);
/* Reader: at most limit rows after this row, in order; appended to rows, an
 * array of JournalRow with journal_row_clear as its clear function. */
bool journal_read(Journal *journal, int64_t after, unsigned limit,
                  GArray *rows, GError **error);
/* Reader: the highest row there is; 0 when empty. */
bool journal_last(Journal *journal, int64_t *row, GError **error);
/* Reader: rows up to this one are in Redis; remembered with the time. */
bool journal_set_applied(Journal *journal, int64_t row, int64_t now_ms,
                         GError **error);
bool journal_applied(Journal *journal, int64_t *row, GError **error);
/* Reader: sets a row aside (it killed the processor), for `status` to name. */
bool journal_set_aside(Journal *journal, int64_t row, const char *why,
                       GError **error);
/* Reader: drops applied rows that arrived before this, a few at a time so
 * that the writer never waits long; true in *more: call again. Rows beyond
 * max_bytes go first, but only applied ones. */
bool journal_trim(Journal *journal, int64_t before_ms, uint64_t max_bytes,
                  bool *more, GError **error);
/* Reader: moves the write-ahead log into the file. */
bool journal_checkpoint(Journal *journal, GError **error);
