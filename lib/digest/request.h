/* SPDX-License-Identifier: MIT */
/*
 * What a digest is asked for: of which list and interval, and what of it.
 */
#pragma once

#include "base/interval.h"
#include "base/settings.h"
#include "digest/digest.h"
#include "digest/filter.h"
#include "identity/identity.h"

typedef struct DigestRequest {
    const char *list; /* id, already resolved; or a name under which the lists
                         of several are joined (store_join) */
    /* Then the settings of each of these, in the order in which they were
     * joined, ends with NULL. A mail that came to several of them counts once.
     */
    const ListSettings *const *several;
    const ListSettings *settings;
    const IntervalRequest *interval;
    const DigestFilter *filter; /* NULL: all posts */
    const Identity *identity;
    unsigned top;          /* 0: as the list's settings say */
    unsigned sections;     /* DigestSection bits that will be shown */
    unsigned waiting_days; /* what waits is looked for so far before the
                              interval's end; 0: in the interval only */
    unsigned entries;      /* texts at most, those that weigh most; 0: all */
    bool for_classic;   /* fill .classic (and only that and the head lines) */
    bool with_previous; /* fill .before and .previous: the interval of equal
                           length before; there is none before one that is open
                         */
    bool with_days_before; /* likewise, of an interval that is told by week or
                              month, its days alone */
    bool with_details;     /* fill the detail of every set (detail.h) */
    int64_t now_ms;        /* the end of an interval that is open, for ages */
} DigestRequest;
