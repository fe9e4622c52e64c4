/* SPDX-License-Identifier: MIT */
#include "store/seal.h"

#include "store/keys.h"
#include "store/script.h"

#include <string.h>

enum {
    PACK_LEVEL = 3, /* higher ones gain one part in a hundred */
    BUCKET_BYTES_MAX =
        KEYS_POSTS_IN_BUCKET * 64 * 1024, /* and a record's length */
    TRIES = 3,                            /* to load the script */
};

static bool is_packed(const Reply *value)
{
    static const char magic[] = { 0x28, (char)0xb5, 0x2f, (char)0xfd };

    return value->len > sizeof(magic) &&
           memcmp(value->str, magic, sizeof(magic)) == 0;
}

static GBytes *unpack(Store *store, const Reply *value)
{
    return packer_unpack(store->packer, value->str, value->len,
                         BUCKET_BYTES_MAX);
}

GBytes *seal_open_value(Store *store, const Reply *value)
{
    if (!reply_is_string(value))
        return NULL;
    return is_packed(value) ? unpack(store, value)
                            : g_bytes_new(value->str, value->len);
}

static void add_swap(Batch *batch, const char *list, const char *key,
                     const Reply *old, const void *bytes, size_t length)
{
    g_autoptr(GPtrArray) words = script_words_new();
    g_autofree char *digest = g_compute_checksum_for_data(
        G_CHECKSUM_SHA1, (const guchar *)old->str, old->len);

    script_add_text(words, digest);
    script_add_bytes(words, bytes, length);
    script_add_call(batch, SCRIPT_SWAP, list, key, words);
}

/* True unless an answer was NOSCRIPT: then it is loaded, for the next time. */
static bool run_swaps(Store *store, Batch *batch, GError **error)
{
    for (int tries = 0; tries < TRIES; tries++) {
        bool is_missing = false;
        if (!router_run(store->router, batch, error))
            return false;
        for (unsigned i = 0; i < batch_length(batch); i++)
            is_missing =
                is_missing || reply_is_error(batch_reply(batch, i), "NOSCRIPT");
        if (!is_missing)
            return batch_length(batch) == 0 ||
                   batch_good_reply(batch, 0, error) != NULL;
        if (!script_load(store->router, SCRIPT_SWAP, error))
            return false;
        batch_forget_replies(batch);
    }
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_WAIT,
                        "Redis forgets the script");
    return false;
}

/* What the bucket should become: owned, NULL if it is that already. */
typedef GBytes *(*Turn)(Store *store, const Reply *value);

static GBytes *turn_packed(Store *store, const Reply *value)
{
    if (is_packed(value))
        return NULL;
    g_autoptr(GBytes) packed =
        packer_pack(store->packer, value->str, value->len, PACK_LEVEL);
    return g_bytes_get_size(packed) < value->len ? g_steal_pointer(&packed)
                                                 : NULL;
}

static GBytes *turn_raw(Store *store, const Reply *value)
{
    return is_packed(value) ? unpack(store, value) : NULL;
}

static void add_turned(Store *store, Batch *swaps, const SealBucket *bucket,
                       const Reply *value, Turn turn)
{
    g_autofree char *key = keys_numbered(bucket->list, "posts", bucket->number);
    g_autoptr(GBytes) turned =
        value != NULL && reply_is_string(value) ? turn(store, value) : NULL;
    gsize length = 0;

    if (turned == NULL)
        return;
    const void *bytes = g_bytes_get_data(turned, &length);
    add_swap(swaps, bucket->list, key, value, bytes, length);
}

static bool turn_all(Store *store, const GArray *buckets, Turn turn,
                     GError **error)
{
    g_autoptr(Batch) reads = batch_new();
    g_autoptr(Batch) swaps = batch_new();

    for (unsigned i = 0; i < buckets->len; i++) {
        const SealBucket *bucket = &g_array_index(buckets, SealBucket, i);
        g_autofree char *key =
            keys_numbered(bucket->list, "posts", bucket->number);
        batch_add_words(reads, bucket->list, "GET", key, NULL);
    }
    if (!router_run(store->router, reads, error))
        return false;
    for (unsigned i = 0; i < buckets->len; i++)
        add_turned(store, swaps, &g_array_index(buckets, SealBucket, i),
                   batch_reply(reads, i), turn);
    return run_swaps(store, swaps, error);
}

void seal_pack(Store *store, const GArray *buckets)
{
    if (buckets->len > 0)
        (void)turn_all(store, buckets, turn_packed, NULL);
}

bool seal_unpack(Store *store, const GArray *buckets, GError **error)
{
    return buckets->len == 0 || turn_all(store, buckets, turn_raw, error);
}
