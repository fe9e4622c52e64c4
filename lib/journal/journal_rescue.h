/* SPDX-License-Identifier: MIT */
/*
 * Replaces a journal that is damaged, deleted or replaced by others: it is put
 * aside, another one begins in its place and inherits what it had, and rows
 * that can still be read are copied, however long that takes. All that return
 * bool fail with JOURNAL_ERROR, and then nothing has changed;
 * journal_begin_another() fails when the files were put aside already.
 */
#pragma once

#include "journal/journal.h"
#include "journal/journal_origin.h"

/* Writer: makes another, empty journal at the path of this one, with an id of
 * its own; journal_inherit comes next. A file that is at the path is first
 * renamed to aside; this journal can still be read. Owned. */
Journal *journal_begin_another(const Journal *journal, const char *aside,
                               GError **error);
/* Returns the name for putting it aside at this time (seconds); owned. */
char *journal_aside_name(const Journal *journal, int64_t now_seconds);
/* Reads like journal_read, but skips what is damaged; sets *damaged if
 * something was, before the last of the rows, or after `after` if there are
 * none. Never fails: what cannot be read is left out. */
void journal_read_what_can_be(Journal *journal, int64_t after, unsigned limit,
                              GArray *rows, bool *damaged);

/* What remains to be copied from a journal that was put aside. */
typedef struct JournalRescue {
    char *file; /* NULL: nothing; "": from one that is gone */
    int64_t after;
    int64_t since_ms; /* mail that arrived before is safe */
    int64_t last;     /* a row that the other journal is known to have had; or
                         0 */
} JournalRescue;
void journal_rescue_clear(JournalRescue *rescue);
/* Writer: stores it; a NULL file ends the rescue. */
bool journal_set_rescue(Journal *journal, const JournalRescue *rescue,
                        GError **error);
bool journal_get_rescue(Journal *journal, JournalRescue *rescue,
                        GError **error);

/*
 * Writer: stores what this journal inherits from the one before, all of it or
 * nothing: its origin, what remains to be copied, positions, and all gaps,
 * since Redis may not have them yet. Gaps that have a number keep it and the id
 * of their journal; the others get one. Nobody may read or append before this
 * has succeeded.
 */
typedef struct JournalHeritage {
    JournalOrigin origin;
    JournalRescue rescue;
    GArray *gaps;      /* JournalGap */
    GArray *positions; /* JournalPosition */
} JournalHeritage;
bool journal_inherit(Journal *journal, const JournalHeritage *heritage,
                     GError **error);
