/* SPDX-License-Identifier: MIT */
#include "milter/keeper_room.h"

#include "base/banned.h"

enum { DISK_SHARE = 10 }; /* of a small disk this part stays free */
static const uint64_t backlog_most = UINT64_C(1) << 30;

KeeperLimits keeper_limits_of(const Settings *settings)
{
    return (KeeperLimits){
        .backlog = (uint64_t)settings->backlog_megabytes << 20,
        .free = (uint64_t)settings->journal_free_megabytes << 20,
    };
}

uint64_t keeper_backlog(const KeeperLimits *limits, const JournalUsage *usage)
{
    return limits->backlog != 0
               ? limits->backlog
               : MIN(backlog_most, (usage->free + usage->on_disk) / 2);
}

static uint64_t floor_of(const KeeperLimits *limits, const JournalUsage *usage)
{
    return MIN(limits->free, usage->disk / DISK_SHARE);
}

bool keeper_is_tight(const KeeperLimits *limits, const JournalUsage *usage)
{
    return usage->free < 2 * floor_of(limits, usage) + usage->log;
}

/* Within the file there may be room even where the disk has none left. A row
 * is written twice, to the log and to the file. */
uint64_t keeper_room(const KeeperLimits *limits, const JournalUsage *usage)
{
    const uint64_t backlog = keeper_backlog(limits, usage);
    const uint64_t floor = floor_of(limits, usage) + usage->log;
    const uint64_t below = backlog > usage->used ? backlog - usage->used : 0;
    const uint64_t above = usage->free > floor ? usage->free - floor : 0;

    return MIN(below, above / 2 + usage->unused);
}
