/* SPDX-License-Identifier: MIT */
/*
 * The state that the files of the feed share: the journal and the Redis that it
 * is sent to, what is known about each list, and how far both are. Only feed.c
 * makes and frees it; the other files read it, and write what their header
 * names.
 */
#pragma once

#include "journal/journal.h"
#include "milter/anchors.h"
#include "milter/feed_outcome.h"
#include "milter/places.h"
#include "milter/retention.h"
#include "milter/upgrade.h"
#include "store/store.h"

typedef struct Feed Feed;

/* What is known about a list. */
typedef struct ListState {
    int64_t in_redis; /* the last row that is certainly there */
    int64_t sent;     /* the last row sent on this connection, which the next
                         one must follow */
    bool is_asked;    /* Redis was asked on this connection */
    bool is_changed;  /* in_redis is not in the journal yet */
    int64_t noted;    /* the last row that the health counts; 0: not known */
    int64_t missed;   /* if it is held, the first row that it missed; 0: it is
                         counted */
    bool is_missed_changed; /* not in the journal yet */
    int hold_ms;            /* the last pause before a new try */
    int64_t try_at_ms;
} ListState;

/* A row and its mail's arrival. */
typedef struct FeedPlace {
    int64_t row, arrival_ms;
} FeedPlace;

struct Feed {
    Journal *journal;
    const Settings *settings;
    Health *health;
    Store *store; /* NULL: not connected */
    bool starts_nothing;
    GHashTable *lists; /* id -> ListState *, see feed_lists.h */
    int64_t cursor;    /* rows up to it are in Redis */
    bool is_changed;   /* the cursor is not in the journal yet */
    int64_t noted;     /* rows up to it are in the health's counters */
    int pause_ms;
    uint64_t gaps_told; /* HEALTH_GAPS when they were last written to Redis */
    int64_t told_row;   /* the row in the journal's mark; -1: none was written
                           on this connection */
    int64_t tell_at_ms;
    unsigned check_turn; /* which of the lists are checked next */
    Places *places;
    Anchors *anchors;
    bool are_priors_seen; /* they were checked in Redis; to be dropped from the
                             journal */
    Retention retention;
    Upgrade upgrade;
};
