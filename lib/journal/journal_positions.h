/* SPDX-License-Identifier: MIT */
/*
 * Keeps how far a journal is in Redis: the row up to which all are there, and
 * the last row of each list; and the rows that were set aside. All that return
 * bool fail with JOURNAL_ERROR, and then nothing has changed.
 */
#pragma once

#include "journal/journal.h"

/* The last row of a list that is in Redis. */
typedef struct JournalPosition {
    char *list;
    int64_t row;
} JournalPosition;
void journal_position_clear(JournalPosition *position);
/* Returns an empty array of JournalPosition that clears what it drops; owned.
 */
GArray *journal_positions_new(void);

/* Reader: notes that rows up to this one are in Redis. positions
 * (JournalPosition, or NULL) replace those of the lists that they name; row 0
 * drops one. */
bool journal_set_applied(Journal *journal, int64_t row, int64_t now_ms,
                         const GArray *positions, GError **error);
bool journal_applied(Journal *journal, int64_t *row, GError **error);
/* Appends to positions (journal_positions_new()). */
bool journal_positions(Journal *journal, GArray *positions, GError **error);

/* Sets a row aside because it killed the processor; `status` shows it. The row
 * itself stays until it is trimmed. */
bool journal_set_aside(Journal *journal, int64_t row, const char *why,
                       GError **error);
bool journal_is_aside(Journal *journal, int64_t row, bool *is_aside,
                      GError **error);

/* For other files of this folder: writes positions (JournalPosition; or NULL)
 * within the caller's transaction. */
bool journal_put_positions(Journal *journal, const GArray *positions,
                           GError **error);
