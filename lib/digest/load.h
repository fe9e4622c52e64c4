/* SPDX-License-Identifier: MIT */
/*
 * Makes the digest of an interval: reads its rows for the numbers, fetches the
 * records of what is printed (gather.h) and builds patch sets from them
 * (build.h). How a digest looks is decided elsewhere.
 */
#pragma once

#include "digest/digest.h"
#include "digest/request.h"
#include "store/store.h"

/* Returns a digest; owned. NULL with STORE_ERROR (_UNKNOWN, _AMBIGUOUS for
 * marks), or with INTERVAL_ERROR_ORDER if the first mark is later than the
 * second. */
Digest *digest_load(Store *store, const DigestRequest *request, GError **error);
