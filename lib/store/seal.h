/* SPDX-License-Identifier: MIT */
/*
 * Packs full buckets of posts and of texts with zstd, which halves them: posts
 * of one day resemble each other. Readers accept both forms, the scripts only
 * raw ones. A raw bucket of texts has a zstd frame for each text, a packed one
 * is one frame over all texts.
 */
#pragma once

#include "store/internal.h"
#include "store/reply.h"

/* Returns the raw bytes of a bucket of posts, packed or not; owned; NULL if
 * there is none or it is damaged. */
GBytes *seal_open_posts(Store *store, const Reply *value);
/* The same for texts: entries of post (4), length (4) and a plain text. */
GBytes *seal_open_texts(Store *store, const Reply *value);

typedef struct SealBucket {
    const char *list; /* lent */
    uint64_t number;
} SealBucket;

/* Packs the buckets (SealBucket) of posts and of texts. A bucket that cannot be
 * packed stays raw, which is valid, too. */
void seal_pack(Store *store, const GArray *buckets);
/* The same, but reports failures. */
bool seal_try_pack(Store *store, const GArray *buckets, GError **error);
/* Unpacks buckets of posts, for a script that has to change records in them. */
bool seal_unpack(Store *store, const GArray *buckets, GError **error);
bool seal_unpack_texts(Store *store, const GArray *buckets, GError **error);

/* A bucket of posts that was read, and its replacement. */
typedef struct SealChange {
    SealBucket bucket;
    const Reply *old;
    GBytes *raw;          /* records, not packed yet */
    unsigned known;       /* the highest RecordField that all records know */
    const GString *links; /* entries of links that may be missing */
} SealChange;

/* Adds the call that makes the change to a batch for seal_run_swaps. */
void seal_add_change(Store *store, Batch *batch, const SealChange *change);
/* Runs such calls; buckets that were changed meanwhile are skipped. */
bool seal_run_swaps(Store *store, Batch *batch, GError **error);
