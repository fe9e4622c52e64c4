/* SPDX-License-Identifier: MIT */
/*
 * Between end of message and the journal: one thread appends, in groups, so
 * that a mail waits for the disk only as long as it is allowed to. What the
 * journal does not take yet waits in memory, up to a limit.
 */
#pragma once

#include "journal/journal.h"
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
/* Takes over what the row points to. Any thread. */
KeeperOutcome keeper_keep(Keeper *keeper, JournalRow *row,
                          int wait_milliseconds);
/* Remembered in the journal as soon as that can be; any thread. */
void keeper_add_gap(Keeper *keeper, int64_t from_ms, int64_t until_ms,
                    const char *why);
/* Waits until all is appended, at most this long; false: rows were left over
 * and are lost, since the process ends now. */
bool keeper_flush(Keeper *keeper, int milliseconds);
/* After a flush: what was appended outlasts a power cut. */
void keeper_sync(Keeper *keeper);
