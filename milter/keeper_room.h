/* SPDX-License-Identifier: MIT */
/*
 * The room that the journal leaves to others on its disk. Nothing here fails:
 * of a disk that says nothing there is room.
 */
#pragma once

#include "base/settings.h"
#include "journal/journal_size.h"

#include <stdbool.h>
#include <stdint.h>

/* What the journal may take of its disk. Bytes. */
typedef struct KeeperLimits {
    uint64_t backlog; /* all rows; 0: the smaller of a gigabyte and half of
                         what is free */
    uint64_t free;    /* what others have left; of a small disk a tenth */
} KeeperLimits;
KeeperLimits keeper_limits_of(const Settings *settings);
/* The backlog that these limits mean on this disk. */
uint64_t keeper_backlog(const KeeperLimits *limits, const JournalUsage *usage);

/* The disk has little more than what others are to have. */
bool keeper_is_tight(const KeeperLimits *limits, const JournalUsage *usage);

/* Returns how many bytes may still be appended. */
uint64_t keeper_room(const KeeperLimits *limits, const JournalUsage *usage);
