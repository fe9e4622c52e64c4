/* SPDX-License-Identifier: MIT */
#include "store/internal.h"
#include "store/keys.h"

#include <string.h>

#include "base/banned.h"

static bool add_usage(Store *store, const char *list, const Reply *keys,
                      uint64_t *bytes, GError **error)
{
    g_autoptr(Batch) batch = batch_new();

    for (size_t i = 0; i < keys->elements; i++)
        batch_add_words(batch, list, "MEMORY", "USAGE", keys->element[i]->str,
                        NULL);
    if (!router_run_good(store->router, batch, error))
        return false;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        const Reply *reply = batch_reply(batch, i);
        if (reply->type == REDIS_REPLY_INTEGER)
            *bytes += (uint64_t)reply->integer;
    }
    return true;
}

GPtrArray *store_scan(Store *store, const char *list, const char *rest,
                      GError **error)
{
    g_autofree char *pattern = keys_of_list(list, rest);
    g_autofree char *cursor = g_strdup("0");
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);

    do {
        g_autoptr(Reply) reply =
            router_command(store->router, list, error, "SCAN", cursor, "MATCH",
                           pattern, "COUNT", "1000", NULL);
        if (reply == NULL || reply->elements != 2)
            return NULL;
        for (size_t i = 0; i < reply->element[1]->elements; i++)
            g_ptr_array_add(keys, g_strdup(reply->element[1]->element[i]->str));
        g_free(cursor);
        cursor = g_strdup(reply->element[0]->str);
    } while (strcmp(cursor, "0") != 0);
    return g_steal_pointer(&keys);
}

bool store_list_memory(Store *store, const char *list, uint64_t *bytes,
                       GError **error)
{
    g_autofree char *pattern = keys_of_list(list, "*");
    g_autofree char *cursor = g_strdup("0");

    *bytes = 0;
    do {
        g_autoptr(Reply) reply =
            router_command(store->router, list, error, "SCAN", cursor, "MATCH",
                           pattern, "COUNT", "1000", NULL);
        if (reply == NULL || reply->elements != 2 ||
            !add_usage(store, list, reply->element[1], bytes, error))
            return false;
        g_free(cursor);
        cursor = g_strdup(reply->element[0]->str);
    } while (strcmp(cursor, "0") != 0);
    return true;
}
