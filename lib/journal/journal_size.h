/* SPDX-License-Identifier: MIT */
/*
 * What a journal takes of its disk, and keeping it small: in steps so short
 * that the writer, which has a mail waiting, never notices.
 * All that return bool fail with JOURNAL_ERROR: BUSY and FULL mean later.
 */
#pragma once

#include "journal/journal.h"

/* Reader: drops applied rows that arrived before this, a few at a time so
 * that the writer never waits long; true in *more: call again. Rows beyond
 * max_bytes go first, but only applied ones; the newest row always stays. */
bool journal_trim(Journal *journal, int64_t before_ms, uint64_t max_bytes,
                  bool *more, GError **error);
/* Bytes that rows take in the file. */
bool journal_bytes(Journal *journal, uint64_t *bytes, GError **error);

/* What it takes of its disk. Bytes. */
typedef struct JournalUsage {
    uint64_t used;    /* in the file, by rows */
    uint64_t unused;  /* in the file, free for rows */
    uint64_t log;     /* the log, which has to fit into the file as well */
    uint64_t on_disk; /* the file and its log */
    uint64_t free;    /* of the disk, for us */
    uint64_t disk;    /* all of it */
} JournalUsage;
bool journal_usage(Journal *journal, JournalUsage *usage, GError **error);
/* Reader: the same, and the log becomes as small as can be; the writer waits
 * meanwhile: for a disk that is nearly full. */
bool journal_give_log(Journal *journal, GError **error);
/* Reader: gives a part of what is unused back to the disk; true in *more: call
 * again. */
bool journal_shrink(Journal *journal, bool *more, GError **error);
/* Reader: moves the write-ahead log into the file. */
bool journal_checkpoint(Journal *journal, GError **error);
