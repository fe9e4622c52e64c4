/* SPDX-License-Identifier: MIT */
/*
 * Writes mails to the journal at end of message: one thread appends, in groups,
 * so that a mail waits for the disk only as long as it may. Rows that the
 * journal does not take yet wait in memory, up to a limit. The thread also
 * makes sure that the journal leaves room on its disk, and begins another one
 * if it is damaged, deleted or replaced. The new journal inherits the gaps of
 * the old one and those of its uncounted rows that can be read; rows that
 * cannot be read become gaps; if the gaps cannot be read, all the time since
 * HEALTH_COVERED_MS becomes one.
 */
#pragma once

#include "journal/journal_rows.h"
#include "milter/keeper_room.h"
#include "milter/shared.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Keeper Keeper;

typedef enum KeeperOutcome {
    KEEPER_KEPT, /* in the journal */
    KEEPER_LATE, /* not yet; it will be, if the disk comes back in time */
    KEEPER_LOST, /* there is no room to wait either */
} KeeperOutcome;

/* Takes ownership of the journal; shared is lent. */
Keeper *keeper_new(Journal *journal, const Shared *shared);
/* Sets limits; before this there are none. Any thread. */
void keeper_limit(Keeper *keeper, const KeeperLimits *limits);
/* Takes ownership of what the row points to. Any thread. After a row has waited
 * in vain, others do not wait until rows are appended again. */
KeeperOutcome keeper_keep(Keeper *keeper, JournalRow *row,
                          int wait_milliseconds);
/* Adds a gap to the journal as soon as possible. Any thread. */
void keeper_add_gap(Keeper *keeper, int64_t from_ms, int64_t until_ms,
                    const char *why);
/* Notes that a mail passes unkept: such mails make a gap, as do those that are
 * KEEPER_LOST. Any thread. */
void keeper_lose(Keeper *keeper);
/* Returns HEALTH_WHOLE_MS as far as the keeper knows: the earliest time of what
 * waits in memory, or now_ms. Any thread. */
int64_t keeper_whole(Keeper *keeper, int64_t now_ms);
/* Waits until all is appended, at most this long. Returns false if rows are
 * left over; they are lost, since the process ends now, and keeper_whole says
 * since when. */
bool keeper_flush(Keeper *keeper, int milliseconds);
/* After a flush: makes what was appended survive a power cut. */
void keeper_sync(Keeper *keeper);
