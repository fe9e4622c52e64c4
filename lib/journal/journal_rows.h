/* SPDX-License-Identifier: MIT */
/*
 * The mails of a journal, numbered in the order in which they were appended.
 * All that return bool fail with JOURNAL_ERROR: BUSY if the other one did
 * not let go within the wait, FULL if the disk has no space, BROKEN if what was
 * asked for is damaged. A row that is damaged is never given as a whole one: a
 * sum over it is kept, since SQLite has none.
 */
#pragma once

#include "journal/journal.h"

typedef struct JournalRow {
    int64_t row;            /* ascending; given by append, never again */
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

/* Writer: the next row gets at least this number. A journal that came back
 * older than it was would else give numbers again that mails of its lost end
 * already had. */
void journal_skip_to(Journal *journal, int64_t row);
/* Writer: all of them or none, in one step; waits at most milliseconds for
 * its turn; each row->row is set. */
bool journal_append(Journal *journal, JournalRow *const *rows, unsigned count,
                    int wait_milliseconds, GError **error);
/* Appends at most limit rows after this row, in order, to rows
 * (journal_rows_new()). */
bool journal_read(Journal *journal, int64_t after, unsigned limit, GArray *rows,
                  GError **error);
/* The lowest and the highest row there are; 0 when empty. Either may be
 * NULL. */
bool journal_ends(Journal *journal, int64_t *first, int64_t *last,
                  GError **error);
/* The arrival of this row; false in *is_there: the journal has no such row. */
bool journal_arrival_of(Journal *journal, int64_t row, int64_t *arrival_ms,
                        bool *is_there, GError **error);
/* Mails of several sessions are appended out of order by less than this. */
enum { JOURNAL_ORDER_MS = 1000 };

/* How many rows were appended up to and with this number. */
bool journal_serial(Journal *journal, int64_t row, int64_t *serial,
                    GError **error);
/* No row can have been between these two: the number behind `after`, or one to
 * which the numbers jumped from there. False also if that cannot be read. */
bool journal_follows(Journal *journal, int64_t after, int64_t row);
/* Arrival of the last row before this one; 0 if there is none. */
bool journal_arrival_before(Journal *journal, int64_t row, int64_t *arrival_ms,
                            GError **error);
/* Arrival of the first row after this one; 0 if there is none. */
bool journal_arrival_after(Journal *journal, int64_t after, int64_t *arrival_ms,
                           GError **error);
