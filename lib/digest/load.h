/* SPDX-License-Identifier: MIT */
/*
 * Interval -> Digest: reads rows for the numbers, records only for what is
 * printed (gather.h), puts patch sets together (sets.h).
 */
#pragma once

#include "base/interval.h"
#include "base/settings.h"
#include "digest/digest.h"
#include "identity/identity.h"
#include "store/store.h"

typedef struct DigestRequest {
    const char *list; /* id, already resolved */
    const ListSettings *settings;
    const IntervalRequest *interval;
    const Identity *identity;
    unsigned top;       /* 0: as the list's settings say */
    unsigned sections;  /* DigestSection bits that will be shown */
    bool for_classic;   /* fill .classic (and only that and the head lines) */
    bool with_previous; /* fill .previous: the interval of equal length before;
                           there is none before one that is open */
    int64_t now_ms;     /* the end of an interval that is open, for ages */
} DigestRequest;

/* Fails with STORE_ERROR; STORE_ERROR_UNKNOWN, _AMBIGUOUS for marks; with
 * INTERVAL_ERROR_ORDER where the first mark lies after the second. */
Digest *digest_load(Store *store, const DigestRequest *request, GError **error);
