/* SPDX-License-Identifier: MIT */
/*
 * The state that the files of the keeper share. keeper.c makes it and appends
 * the mails; keeper_heir.h begins another journal, keeper_rescue.h copies from
 * the one before, keeper_room.h computes the room on the disk.
 */
#pragma once

#include "journal/journal_rescue.h"
#include "milter/keeper_room.h"
#include "milter/shared.h"

#include <glib.h>
#include <pthread.h>

typedef struct Keeper Keeper;

enum {
    TURN_WAIT_MILLISECONDS = 200, /* for the journal, where a mail may wait */
    RETRY_PAUSE_US = 200 * 1000,
};

struct Keeper {
    Journal *journal;
    const Shared *shared;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t work, idle;
    GQueue waiting;   /* Entry * */
    GQueue gaps;      /* JournalGap *; the first may be being written */
    size_t bytes;     /* of rows that wait */
    int64_t taken_ms; /* when the first of the rows that are just being appended
                         was pushed; 0: none is */
    int64_t lost_since_ms, lost_until_ms; /* of lost mails that are in no gap
                                             yet; 0: none */
    int64_t lost_at_us;                   /* the last of them, in ticks */
    bool is_stalled;
    bool is_slow; /* a mail waited in vain, and nothing was appended since */
    KeeperLimits limits;
    bool is_limited;
    /* of the keeper's thread alone */
    int64_t look_at_us;
    uint64_t room; /* bytes that may still be appended before the next look */
    int64_t renewed_us;
    Journal *damaged; /* rows are being copied from it; or NULL */
    JournalRescue rescue;
    int64_t unread_since_ms; /* 0: nothing was unreadable so far */
    uint64_t rescued;
    JournalHeritage *heritage; /* not in the journal yet; until it is, nothing
                                  else may be written */
};
