/* SPDX-License-Identifier: MIT */
#include "store/seal.h"

#include "base/bytes.h"
#include "store/keys.h"
#include "store/script.h"

#include <string.h>

#include "base/banned.h"

enum {
    PACK_LEVEL = 3, /* higher ones gain one part in a hundred */
    TEXT_LEVEL = 3,
    TEXT_MAX = 1024 * 1024,
    BUCKET_BYTES_MAX =
        LAYOUT_POSTS_IN_BUCKET * 68 * 1024, /* and a record's length */
    TRIES = 3,                              /* to load the script */
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

GBytes *seal_open_posts(Store *store, const Reply *value)
{
    if (!reply_is_string(value))
        return NULL;
    return is_packed(value) ? unpack(store, value)
                            : g_bytes_new(value->str, value->len);
}

/* --- texts ------------------------------------------------------------- */

typedef GBytes *(*TurnText)(Store *store, const void *bytes, size_t length);

static GBytes *unpack_text(Store *store, const void *bytes, size_t length)
{
    return packer_unpack(store->packer, bytes, length, TEXT_MAX);
}

static GBytes *pack_text(Store *store, const void *bytes, size_t length)
{
    return packer_pack(store->packer, bytes, length, TEXT_LEVEL);
}

static void put_text(GString *out, uint32_t post, GBytes *text)
{
    gsize length = 0;
    const char *bytes = g_bytes_get_data(text, &length);

    bytes_put(out, post, 4);
    bytes_put(out, length, 4);
    g_string_append_len(out, bytes, (gssize)length);
}

/* Every entry turned; one that is damaged is left out. *is_whole: none is. */
static GBytes *turn_texts(Store *store, const void *bytes, size_t length,
                          TurnText turn, bool *is_whole)
{
    BytesReader reader = bytes_reader(bytes, length);
    GString *out = g_string_sized_new(length);

    *is_whole = true;
    while (reader.at < reader.end) {
        const uint32_t post = (uint32_t)bytes_get(&reader, 4);
        const size_t size = bytes_get(&reader, 4);
        const void *entry = bytes_get_raw(&reader, size);
        g_autoptr(GBytes) turned =
            entry != NULL ? turn(store, entry, size) : NULL;

        *is_whole = *is_whole && turned != NULL;
        if (turned != NULL)
            put_text(out, post, turned);
    }
    return g_string_free_to_bytes(out);
}

GBytes *seal_open_texts(Store *store, const Reply *value)
{
    bool is_whole = false;

    if (!reply_is_string(value))
        return NULL;
    return is_packed(value) ? unpack(store, value)
                            : turn_texts(store, value->str, value->len,
                                         unpack_text, &is_whole);
}

/* --- swapping ---------------------------------------------------------- */

static void add_swap(Batch *batch, const char *key, const SealChange *change,
                     GBytes *value)
{
    const char *list = change->bucket.list;
    g_autoptr(GPtrArray) words = script_words_new();
    g_autofree char *digest = g_compute_checksum_for_data(
        G_CHECKSUM_SHA1, (const guchar *)change->old->str, change->old->len);
    const char known = (char)(change->known + 1);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(value, &length);

    script_add_text(words, digest);
    script_add_bytes(words, bytes, length);
    script_add_number(words, LAYOUT_FORMAT);
    script_add_bytes(words, &known, change->raw != NULL ? 1 : 0);
    script_add_number(words, change->bucket.number);
    script_add_bytes(words, change->links != NULL ? change->links->str : "",
                     change->links != NULL ? change->links->len : 0);
    script_add_call(batch, SCRIPT_SWAP, list, key, words);
}

bool seal_run_swaps(Store *store, Batch *batch, GError **error)
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

void seal_add_change(Store *store, Batch *batch, const SealChange *change)
{
    g_autofree char *key =
        keys_numbered(change->bucket.list, "posts", change->bucket.number);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(change->raw, &length);
    g_autoptr(GBytes) packed =
        is_packed(change->old)
            ? packer_pack(store->packer, bytes, length, PACK_LEVEL)
            : g_bytes_ref(change->raw);

    add_swap(batch, key, change, packed);
}

/* --- packing and unpacking --------------------------------------------- */

/* Returns the new form of the bucket; owned; NULL if it has that form already.
 */
typedef GBytes *(*Turn)(Store *store, const Reply *value);

/* How the buckets of one family are changed. */
typedef struct Turning {
    const char *family;
    Turn turn;
} Turning;

static GBytes *if_smaller(GBytes *packed, const Reply *value)
{
    if (g_bytes_get_size(packed) < value->len)
        return packed;
    g_bytes_unref(packed);
    return NULL;
}

static GBytes *turn_packed(Store *store, const Reply *value)
{
    return is_packed(value) ? NULL
                            : if_smaller(packer_pack(store->packer, value->str,
                                                     value->len, PACK_LEVEL),
                                         value);
}

static GBytes *turn_raw(Store *store, const Reply *value)
{
    return is_packed(value) ? unpack(store, value) : NULL;
}

/* Packs even if that saves nothing, so that all full buckets have one form. */
static GBytes *turn_texts_packed(Store *store, const Reply *value)
{
    bool is_whole = false;
    gsize length = 0;

    if (is_packed(value))
        return NULL;
    g_autoptr(GBytes) plain =
        turn_texts(store, value->str, value->len, unpack_text, &is_whole);
    const void *bytes = g_bytes_get_data(plain, &length);

    return is_whole && length > 0
               ? packer_pack(store->packer, bytes, length, PACK_LEVEL)
               : NULL;
}

static GBytes *turn_texts_raw(Store *store, const Reply *value)
{
    bool is_whole = false;
    gsize length = 0;
    g_autoptr(GBytes) plain = is_packed(value) ? unpack(store, value) : NULL;
    const void *bytes = plain != NULL ? g_bytes_get_data(plain, &length) : NULL;

    return plain != NULL
               ? turn_texts(store, bytes, length, pack_text, &is_whole)
               : NULL;
}

static void add_turned(Store *store, Batch *swaps, const SealBucket *bucket,
                       const Reply *value, const Turning *turning)
{
    g_autofree char *key =
        keys_numbered(bucket->list, turning->family, bucket->number);
    g_autoptr(GBytes) turned =
        value != NULL && reply_is_string(value) && value->len > 0
            ? turning->turn(store, value)
            : NULL;
    const SealChange change = { .bucket = *bucket, .old = value };

    if (turned != NULL)
        add_swap(swaps, key, &change, turned);
}

static bool turn_all(Store *store, const GArray *buckets,
                     const Turning *turnings, unsigned count, GError **error)
{
    g_autoptr(Batch) reads = batch_new();
    g_autoptr(Batch) swaps = batch_new();

    for (unsigned i = 0; i < buckets->len * count; i++) {
        const SealBucket *bucket =
            &g_array_index(buckets, SealBucket, i / count);
        g_autofree char *key = keys_numbered(
            bucket->list, turnings[i % count].family, bucket->number);
        batch_add_words(reads, bucket->list, "GET", key, NULL);
    }
    if (!router_run(store->router, reads, error))
        return false;
    for (unsigned i = 0; i < buckets->len * count; i++)
        add_turned(store, swaps, &g_array_index(buckets, SealBucket, i / count),
                   batch_reply(reads, i), &turnings[i % count]);
    return seal_run_swaps(store, swaps, error);
}

bool seal_try_pack(Store *store, const GArray *buckets, GError **error)
{
    static const Turning both[] = { { "posts", turn_packed },
                                    { "texts", turn_texts_packed } };

    return buckets->len == 0 ||
           turn_all(store, buckets, both, G_N_ELEMENTS(both), error);
}

void seal_pack(Store *store, const GArray *buckets)
{
    (void)seal_try_pack(store, buckets, NULL);
}

bool seal_unpack(Store *store, const GArray *buckets, GError **error)
{
    static const Turning posts[] = { { "posts", turn_raw } };

    return buckets->len == 0 || turn_all(store, buckets, posts, 1, error);
}

bool seal_unpack_texts(Store *store, const GArray *buckets, GError **error)
{
    static const Turning texts[] = { { "texts", turn_texts_raw } };

    return buckets->len == 0 || turn_all(store, buckets, texts, 1, error);
}
