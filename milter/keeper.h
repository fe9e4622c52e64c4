/* SPDX-License-Identifier: MIT */
/*
 * Between end of message and the journal: one thread appends, in groups, so
 * that a mail waits for the disk only as long as it is allowed to. What the
 * journal does not take yet waits in memory, up to a limit. It also sees to it
 * that the journal leaves room on its disk, and begins another one if it is
 * damaged, deleted or replaced. That one inherits the gaps of the one before,
 * what can be read of its uncounted rows, and for what cannot, gaps; where the
 * gaps cannot be read, all since HEALTH_COVERED_MS is one.
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
    KEEPER_LOST, /* no room to wait either */
} KeeperOutcome;

/* Takes the journal over; shared is lent. */
Keeper *keeper_new(Journal *journal, const Shared *shared);
/* No limits are in force before. Any thread. */
void keeper_limit(Keeper *keeper, const KeeperLimits *limits);
/* Takes over what the row points to. Any thread. Once a row waited in vain, the
 * others do not wait, until rows are appended again. */
KeeperOutcome keeper_keep(Keeper *keeper, JournalRow *row,
                          int wait_milliseconds);
/* Remembered in the journal as soon as that can be; any thread. */
void keeper_add_gap(Keeper *keeper, int64_t from_ms, int64_t until_ms,
                    const char *why);
/* A mail passes that nobody will keep: such mails make a gap, as those do that
 * are KEEPER_LOST. Any thread. */
void keeper_lose(Keeper *keeper);
/* HEALTH_WHOLE_MS, if nothing but the keeper speaks against now_ms: the
 * earliest time of what waits in memory. Any thread. */
int64_t keeper_whole(Keeper *keeper, int64_t now_ms);
/* Waits until all is appended, at most this long; false: rows were left over
 * and are lost, since the process ends now; keeper_whole then says since when.
 */
bool keeper_flush(Keeper *keeper, int milliseconds);
/* After a flush: what was appended outlasts a power cut. */
void keeper_sync(Keeper *keeper);
