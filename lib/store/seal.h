/* SPDX-License-Identifier: MIT */
/*
 * Full buckets of posts and of texts are packed with zstd, which halves them:
 * posts of one day resemble each other. Readers take both forms; the scripts
 * only raw. A raw bucket of texts has a zstd frame a text, a packed one is one
 * frame over all of its texts.
 */
#pragma once

#include "store/internal.h"
#include "store/reply.h"

/* The bucket of posts as the script left it, packed or not: its raw bytes,
 * owned; NULL if there is none or it is damaged. */
GBytes *seal_open_posts(Store *store, const Reply *value);
/* The same of texts, whatever it was: entries of post (4), length (4) and a
 * plain text. */
GBytes *seal_open_texts(Store *store, const Reply *value);

typedef struct SealBucket {
    const char *list; /* lent */
    uint64_t number;
} SealBucket;

/* Packs the buckets (SealBucket) of posts and of texts. What fails stays raw,
 * which is as good. */
void seal_pack(Store *store, const GArray *buckets);
/* The same, for who has to know. */
bool seal_try_pack(Store *store, const GArray *buckets, GError **error);
/* Unpacks those of posts, for a script that has to change records in them. */
bool seal_unpack(Store *store, const GArray *buckets, GError **error);
bool seal_unpack_texts(Store *store, const GArray *buckets, GError **error);

/* A bucket of posts that was read and what should stand in its place. */
typedef struct SealChange {
    SealBucket bucket;
    const Reply *old;
    GBytes *raw;          /* records, not packed yet */
    unsigned known;       /* the least RecordField that all of them know */
    const GString *links; /* entries of links that may be lacking */
} SealChange;

/* Adds the call that does it to a batch for seal_run_swaps. */
void seal_add_change(Store *store, Batch *batch, const SealChange *change);
/* Runs such calls; what was changed meanwhile is passed over. */
bool seal_run_swaps(Store *store, Batch *batch, GError **error);
