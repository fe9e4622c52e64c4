/* SPDX-License-Identifier: MIT */
/*
 * What becomes of a journal that is damaged, deleted or replaced: it is put
 * aside, another one begins in its place and inherits what it had, and rows
 * that can still be read are copied, however long that takes.
 * All that return bool fail with JOURNAL_ERROR, and then nothing has changed;
 * journal_begin_another() fails when the files were put aside already.
 */
#pragma once

#include "journal/journal.h"
#include "journal/journal_origin.h"

/* Writer: another, empty journal at the path of this one, with an id of its
 * own; journal_inherit comes next. What stands at the path, if anything, is
 * renamed to aside before; this one can still be read. Owned. */
Journal *journal_begin_another(const Journal *journal, const char *aside,
                               GError **error);
/* The name under which it is put aside at this time (seconds); owned. */
char *journal_aside_name(const Journal *journal, int64_t now_seconds);
/* As journal_read, but passes over what is damaged; *damaged: something was,
 * before the last of the rows, or behind them if there are none. Never fails:
 * what cannot be read is not there. */
void journal_read_what_can_be(Journal *journal, int64_t after, unsigned limit,
                              GArray *rows, bool *damaged);

/* What is still to be copied from a journal that was put aside. */
typedef struct JournalRescue {
    char *file; /* NULL: nothing; "": from one that is gone */
    int64_t after;
    int64_t since_ms; /* what arrived before is safe */
    int64_t last;     /* a row that the other is known to have had; 0 */
} JournalRescue;
void journal_rescue_clear(JournalRescue *rescue);
/* Writer: remembers it; a NULL file ends it. */
bool journal_set_rescue(Journal *journal, const JournalRescue *rescue,
                        GError **error);
bool journal_get_rescue(Journal *journal, JournalRescue *rescue,
                        GError **error);

/*
 * Writer: what the journal before this one leaves to it, all of it or none: its
 * origin, what is still to be copied, positions, and all gaps that the other
 * had, since Redis may not have been told of them. Those that have a number
 * keep it and the id under which they are told; the others get one. Before this
 * has succeeded, nobody may read or append.
 */
typedef struct JournalHeritage {
    JournalOrigin origin;
    JournalRescue rescue;
    GArray *gaps;      /* JournalGap */
    GArray *positions; /* JournalPosition */
} JournalHeritage;
bool journal_inherit(Journal *journal, const JournalHeritage *heritage,
                     GError **error);
