/* SPDX-License-Identifier: MIT */
/*
 * Computes the room that the journal leaves to others on its disk. Nothing here
 * fails: a disk of unknown size has room.
 */
#pragma once

#include "base/settings.h"
#include "journal/journal_size.h"

#include <stdbool.h>
#include <stdint.h>

/* How much of its disk the journal may take, in bytes. */
typedef struct KeeperLimits {
    uint64_t backlog; /* for all rows; 0: the smaller of a gigabyte and half of
                         the free space */
    uint64_t free;    /* left free for others; on a small disk a tenth of it */
} KeeperLimits;
KeeperLimits keeper_limits_of(const Settings *settings);
/* Returns the backlog that these limits mean on this disk. */
uint64_t keeper_backlog(const KeeperLimits *limits, const JournalUsage *usage);

/* Returns true if the disk has little more than what is left for others. */
bool keeper_is_tight(const KeeperLimits *limits, const JournalUsage *usage);

/* Returns how many bytes may still be appended. */
uint64_t keeper_room(const KeeperLimits *limits, const JournalUsage *usage);
