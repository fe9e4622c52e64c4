/* SPDX-License-Identifier: MIT */
/*
 * Captured mail on local disk, in order, from when a mail has passed until it
 * is counted in Redis. Hides SQLite (WAL mode). One writer (collector) and one
 * reader (processor), each with a Journal of its own on the same file; a
 * Journal is used by one thread at a time.
 *
 * This header opens a journal and says which files it is. Its rows are in
 * journal_rows.h, how many of them are in Redis in journal_positions.h, times
 * without rows in journal_gaps.h, what came before it in journal_origin.h, what
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
    JOURNAL_ERROR_FULL,  /* no space on the disk; try later */
    JOURNAL_ERROR_BUSY,  /* did not get its turn within the limit; try later */
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

/* Returns the journal's id: 32 hex digits, the same until journal_renew or
 * journal_part. */
const char *journal_id(const Journal *journal);
/* Reads the id again, since the reader may have changed it. */
bool journal_learn_id(Journal *journal, GError **error);
/* Identify the files of the journal and of its log: these numbers belong to no
 * other file on that disk as long as the files are open, nor later if the file
 * system knows when a file was made. 0: not known. */
int64_t journal_file_number(const Journal *journal);
int64_t journal_log_number(const Journal *journal);
/* Sets the numbers of the files at the path; 0 if there is none. */
void journal_numbers_at(const char *path, int64_t *file, int64_t *log);

/* Returns true as long as the path leads to the files that are open, which
 * means that they were not deleted, renamed or replaced. */
bool journal_is_in_place(const Journal *journal);

/* Writer: finds out whether this file, or the machine, is not the one on which
 * the journal was begun: it is a restored backup, or a copy of a journal that
 * is still in use under the same id. A copy that keeps inode, birth time and
 * machine-id is not noticed. */
bool journal_is_copy(Journal *journal, bool *is_copy, GError **error);

/* Returns the last row that may have been counted under an older id; 0: none.
 */
int64_t journal_replay_to(const Journal *journal);

/* For other files of this folder: notes within the caller's transaction which
 * file and machine the journal belongs to. */
bool journal_put_home(Journal *journal, GError **error);
