/* SPDX-License-Identifier: MIT */
#include "store/internal.h"

#include "base/banned.h"

enum {
    CHUNKS_A_COMMAND = 32, /* 128 KB an answer */
    COMMANDS_A_BATCH = 128,
};

/* Adds MGET with keys[at...], as many as one command takes, and returns their
 * number. */
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

typedef struct Taking {
    TakeValue take;
    void *data;
    unsigned taken;
    unsigned wanted;
    Store *store;
    const char *list;
    uint32_t *last_post; /* or NULL */
    bool is_known;
    GError **error;
} Taking;

static void take_values(const Reply *reply, void *data)
{
    Taking *taking = data;

    if (taking->taken == taking->wanted) {
        taking->is_known =
            store_take_last_post(taking->store, taking->list, reply,
                                 taking->last_post, taking->error);
        return;
    }
    for (size_t i = 0; i < reply->elements; i++)
        taking->take(reply->element[i], taking->taken++, taking->data);
}

/* Asks for the highest post number with the last values if last_post is not
 * NULL. */
static bool read_values(Taking *taking, const GPtrArray *keys)
{
    unsigned at = 0;

    taking->wanted = keys->len;

    while (at < keys->len) {
        g_autoptr(Batch) batch = batch_new();
        while (at < keys->len && batch_length(batch) < COMMANDS_A_BATCH)
            at += add_mget(batch, taking->list, keys, at);
        if (taking->last_post != NULL && at == keys->len)
            store_add_last_post(batch, taking->list);
        if (!router_run_each(taking->store->router, batch, take_values, taking,
                             taking->error))
            return false;
    }
    return taking->last_post == NULL || taking->is_known;
}

bool store_read_values(Store *store, const char *list, const GPtrArray *keys,
                       TakeValue take, void *data, GError **error)
{
    Taking taking = {
        .take = take, .data = data, .store = store, .list = list, .error = error
    };

    return read_values(&taking, keys);
}

/* A single server answers in order, so the number may be asked for with the
 * last values. In a cluster commands may have to be sent again elsewhere. */
bool store_read_values_then(Store *store, const char *list,
                            const GPtrArray *keys, TakeValue take, void *data,
                            uint32_t *last_post, GError **error)
{
    const bool asks_with_values =
        keys->len > 0 && !router_is_cluster(store->router);
    Taking taking = { .take = take,
                      .data = data,
                      .store = store,
                      .list = list,
                      .last_post = asks_with_values ? last_post : NULL,
                      .error = error };

    return read_values(&taking, keys) &&
           (asks_with_values || store_last_post(store, list, last_post, error));
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
