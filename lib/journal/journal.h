/* SPDX-License-Identifier: MIT */
/*
 * Captured mail on local disk, in order: what stands between a mail that has
 * passed and its count in Redis. Hides SQLite (WAL mode). One writer
 * (collector) and one reader (processor), each with a Journal of its own on
 * the same file; a Journal is used by one thread at a time.
 *
 * This header opens a journal and says which files it is. The rows in it are
 * in journal_rows.h, what of them is in Redis in journal_positions.h, times
 * without rows in journal_gaps.h, what was before it in journal_origin.h, what
 * is done when it is damaged in journal_rescue.h, and how it is kept small in
 * journal_size.h.
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

/* path: the file; made (0600) if it is not there and mode is writer. NULL with
 * JOURNAL_ERROR if it cannot be opened, made or read. */
Journal *journal_open(const char *path, JournalMode mode, JournalSync sync,
                      GError **error);
void journal_free(Journal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Journal, journal_free)

/* 32 hex digits, made with the journal, the same until journal_renew or
 * journal_part. */
const char *journal_id(const Journal *journal);
/* The reader may have given it another one. */
bool journal_learn_id(Journal *journal, GError **error);
/* Which files they are, of the journal and its log: numbers that no other file
 * on that disk has as long as these are open, nor afterwards where the file
 * system knows when a file was made. 0: not known. */
int64_t journal_file_number(const Journal *journal);
int64_t journal_log_number(const Journal *journal);
/* What stands at the path: the numbers, 0 where nothing does. */
void journal_numbers_at(const char *path, int64_t *file, int64_t *log);

/* True as long as the path names the very files that are open: they were not
 * deleted, renamed or replaced. */
bool journal_is_in_place(const Journal *journal);

/* Writer: this file is not the one that the journal was begun in, or not on
 * the machine: a backup that was put back, or a copy beside which another one
 * goes on under the same id. Not told where a copy keeps inode, birth and
 * machine-id. */
bool journal_is_copy(Journal *journal, bool *is_copy, GError **error);

/* Rows up to this one may have been counted under an older id; 0: none. */
int64_t journal_replay_to(const Journal *journal);

/* For other files of this folder: notes within a transaction of the caller's
 * where the journal is at home. */
bool journal_put_home(Journal *journal, GError **error);
