/* SPDX-License-Identifier: MIT */
/*
 * The mails of a journal, numbered in the order in which they were appended.
 * All that return bool fail with JOURNAL_ERROR: BUSY if the other process did
 * not release the file within the wait, FULL if the disk has no space, BROKEN
 * if what is asked for is damaged. A damaged row is never returned as a good
 * one: each has a checksum, since SQLite has none.
 */
#pragma once

#include "journal/journal.h"

typedef struct JournalRow {
    int64_t row;            /* ascending; assigned by append, never reused */
    int64_t arrival_ms;     /* since 1970 */
    unsigned capture_flags; /* MailCaptureFlags, kept as a number */
    uint64_t size;          /* of the whole mail */
    char *lists;            /* list ids, blank separated */
    char *queue_id;         /* the MTA's, for the log; may be "" */
    GBytes *mail;           /* captured bytes */
} JournalRow;
void journal_row_clear(JournalRow *row);
/* Returns an empty array of JournalRow that clears what it drops; owned. */
GArray *journal_rows_new(void);

/* Writer: the next row gets at least this number. Otherwise a journal that came
 * back older than it was would reuse numbers of the mails that it lost. */
void journal_skip_to(Journal *journal, int64_t row);
/* Writer: appends all rows or none, in one step; waits at most
 * wait_milliseconds for its turn; sets each row->row. */
bool journal_append(Journal *journal, JournalRow *const *rows, unsigned count,
                    int wait_milliseconds, GError **error);
/* Appends at most limit rows after this row, in order, to rows
 * (journal_rows_new()). */
bool journal_read(Journal *journal, int64_t after, unsigned limit, GArray *rows,
                  GError **error);
/* Sets the lowest and the highest row; 0 if there are none. Either may be NULL.
 */
bool journal_ends(Journal *journal, int64_t *first, int64_t *last,
                  GError **error);
/* Sets the arrival of this row; *is_there is false if the journal has no such
 * row. */
bool journal_arrival_of(Journal *journal, int64_t row, int64_t *arrival_ms,
                        bool *is_there, GError **error);
/* Mails of several sessions are appended out of order by less than this. */
enum { JOURNAL_ORDER_MS = 1000 };

/* Sets how many rows were appended up to this number, itself included. */
bool journal_serial(Journal *journal, int64_t row, int64_t *serial,
                    GError **error);
/* Returns true if no row can have been between these two: row is the number
 * after `after`, or the one to which numbers jumped from there. Returns false
 * also if that cannot be read. */
bool journal_follows(Journal *journal, int64_t after, int64_t row);
/* Sets the arrival of the last row before this one; 0 if there is none. */
bool journal_arrival_before(Journal *journal, int64_t row, int64_t *arrival_ms,
                            GError **error);
/* Sets the arrival of the first row after this one; 0 if there is none. */
bool journal_arrival_after(Journal *journal, int64_t after, int64_t *arrival_ms,
                           GError **error);
