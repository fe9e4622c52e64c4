/* SPDX-License-Identifier: MIT */
/*
 * Times in which mail may have passed without a row. All that return bool fail
 * with JOURNAL_ERROR, and then no gap was added.
 */
#pragma once

#include "journal/journal.h"

/* A time in which mail may have passed uncounted. */
typedef struct JournalGap {
    int64_t gap;   /* its number */
    char *journal; /* the id that the journal had when it was added */
    int64_t from_ms, until_ms;
    char *lists; /* blank separated; "" for all */
    char *why;
} JournalGap;
void journal_gap_clear(JournalGap *gap);
/* Returns an empty array of JournalGap that clears what it drops; owned. */
GArray *journal_gaps_new(void);
/* gap->gap is set; gap->journal is not read. */
bool journal_add_gap(Journal *journal, JournalGap *gap, GError **error);
/* Appends to gaps (journal_gaps_new()), oldest first. */
bool journal_gaps(Journal *journal, GArray *gaps, GError **error);

/* For other files of this folder, within the caller's transaction: adds a gap
 * of another journal, which keeps its number and the id of that journal. One
 * without a number gets one. */
bool journal_take_gap(Journal *journal, JournalGap *gap, GError **error);
