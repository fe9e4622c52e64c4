/* SPDX-License-Identifier: MIT */
/*
 * Measures the disk space of a journal and keeps it small, in steps so short
 * that the writer, which has a mail waiting, never notices. All that return
 * bool fail with JOURNAL_ERROR: BUSY and FULL mean later.
 */
#pragma once

#include "journal/journal.h"

/* Reader: drops applied rows that arrived before this, a few at a time so that
 * the writer never waits long; if *more is set, call it again. Drops rows
 * beyond max_bytes first, but only applied ones; the newest row always stays.
 */
bool journal_trim(Journal *journal, int64_t before_ms, uint64_t max_bytes,
                  bool *more, GError **error);
/* Sets the bytes that rows take in the file. */
bool journal_bytes(Journal *journal, uint64_t *bytes, GError **error);

/* The disk space of a journal, in bytes. */
typedef struct JournalUsage {
    uint64_t used;    /* in the file, by rows */
    uint64_t unused;  /* in the file, free for rows */
    uint64_t log;     /* the log, which has to fit into the file as well */
    uint64_t on_disk; /* the file and its log */
    uint64_t free;    /* free on the disk, for us */
    uint64_t disk;    /* size of the disk */
} JournalUsage;
bool journal_usage(Journal *journal, JournalUsage *usage, GError **error);
/* Reader: moves the log into the file and makes it as small as possible, for a
 * disk that is nearly full; the writer waits meanwhile. */
bool journal_give_log(Journal *journal, GError **error);
/* Reader: gives a part of the unused space back to the disk; if *more is set,
 * call it again. */
bool journal_shrink(Journal *journal, bool *more, GError **error);
/* Reader: moves the write-ahead log into the file. */
bool journal_checkpoint(Journal *journal, GError **error);
