/* SPDX-License-Identifier: MIT */
/*
 * Interval -> Digest: reads rows for the numbers, records only for what is
 * printed, puts patch sets together (assembly.h).
 */
#pragma once

#include "base/interval.h"
#include "base/settings.h"
#include "identity/identity.h"
#include "report/digest.h"
#include "store/store.h"

typedef struct DigestRequest {
    const char *list; /* id, already resolved */
    const ListSettings *settings;
    const IntervalRequest *interval;
    const Identity *identity;
    unsigned top;      /* 0: as the list's settings say */
    unsigned sections; /* DigestSection bits that will be shown */
    bool for_classic;  /* fill .classic (and only that and the head lines) */
    int64_t now_ms;
} DigestRequest;

/* Fails with STORE_ERROR; STORE_ERROR_UNKNOWN, _AMBIGUOUS for marks. */
Digest *digest_load(Store *store, const DigestRequest *request, GError **error);
