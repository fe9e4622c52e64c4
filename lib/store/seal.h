/* SPDX-License-Identifier: MIT */
/*
 * Full buckets of posts are packed with zstd, which halves them: posts of one
 * day resemble each other. Readers take both forms; the scripts only raw.
 */
#pragma once

#include "store/reply.h"
#include "store/store_private.h"

/* The bucket as the script left it, packed or not: its raw bytes, owned; NULL
 * if there is none or it is damaged. */
GBytes *seal_open_value(Store *store, const Reply *value);
typedef struct SealBucket {
    const char *list; /* lent */
    uint64_t number;
} SealBucket;

/* Packs the buckets (SealBucket). What fails stays raw, which is as good. */
void seal_pack(Store *store, const GArray *buckets);
/* Unpacks them, for a script that has to change records in them. */
bool seal_unpack(Store *store, const GArray *buckets, GError **error);
