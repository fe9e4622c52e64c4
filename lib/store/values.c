/* SPDX-License-Identifier: MIT */
#include "store/store_private.h"

enum {
    CHUNKS_A_COMMAND = 32, /* 128 KB an answer */
    COMMANDS_A_BATCH = 32,
};

/* MGET with keys[at...] as far as one command takes; how many it took. */
static unsigned add_mget(Batch *batch, const char *list, const GPtrArray *keys,
                         unsigned at)
{
    const char *words[CHUNKS_A_COMMAND + 1] = { "MGET" };
    unsigned count = 0;

    while (count < CHUNKS_A_COMMAND && at + count < keys->len) {
        words[count + 1] = g_ptr_array_index(keys, at + count);
        count++;
    }
    batch_add(batch, list, (int)count + 1, words, NULL);
    return count;
}

bool store_read_values(Store *store, const char *list, const GPtrArray *keys,
                       TakeValue take, void *data, GError **error)
{
    unsigned at = 0, taken = 0;

    while (at < keys->len) {
        g_autoptr(Batch) batch = batch_new();
        while (at < keys->len && batch_length(batch) < COMMANDS_A_BATCH)
            at += add_mget(batch, list, keys, at);
        if (!router_run_good(store->router, batch, error))
            return false;
        for (unsigned i = 0; i < batch_length(batch); i++) {
            const Reply *reply = batch_reply(batch, i);
            for (size_t j = 0; j < reply->elements; j++)
                take(reply->element[j], taken++, data);
        }
    }
    return true;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

void store_sort_numbers(GArray *numbers)
{
    g_array_sort(numbers, compare_numbers);
}
