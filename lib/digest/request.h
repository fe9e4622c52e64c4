/* SPDX-License-Identifier: MIT */
/*
 * A request for a digest: the list, the interval, and what to show.
 */
#pragma once

#include "base/interval.h"
#include "base/settings.h"
#include "digest/digest.h"
#include "digest/filter.h"
#include "identity/identity.h"

typedef struct DigestRequest {
    const char *list; /* id, already resolved; or the name under which several
                         lists are joined (store_join) */
    /* For joined lists the settings of each, in the order in which they were
     * joined, ended by NULL. A mail that came to several of them counts once.
     */
    const ListSettings *const *several;
    const ListSettings *settings;
    const IntervalRequest *interval;
    const DigestFilter *filter; /* NULL: all posts */
    const Identity *identity;
    unsigned top;          /* 0: as the list's settings say */
    unsigned sections;     /* DigestSection bits that will be shown */
    unsigned waiting_days; /* how far before the interval's end waiting sets are
                              looked for; 0: only in the interval */
    unsigned entries;      /* the most texts, those of the most important sets;
                              0: all */
    bool for_classic;   /* fill .classic (and only that and the head lines) */
    bool with_previous; /* fill .before and .previous from the previous interval
                           of equal length; an open interval has none
 */
    bool with_days_before; /* likewise, but only its days, for an interval that
                              is shown by week or month */
    bool with_details;     /* fill the detail of every set (detail.h) */
    int64_t now_ms;        /* the end of an interval that is open, for ages */
} DigestRequest;
