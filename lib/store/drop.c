/* SPDX-License-Identifier: MIT */
#include "store/maintain.h"

#include "store/internal.h"
#include "store/keys.h"

#include <string.h>

#include "base/banned.h"

enum { KEYS_AT_ONCE = 512 };

static bool unlink_keys(Store *store, const char *list, const GPtrArray *keys,
                        const char *kept, GError **error)
{
    for (unsigned at = 0; at < keys->len; at += KEYS_AT_ONCE) {
        g_autoptr(Batch) batch = batch_new();

        for (unsigned i = at; i < keys->len && i < at + KEYS_AT_ONCE; i++) {
            if (strcmp(keys->pdata[i], kept) != 0)
                batch_add_words(batch, list, "UNLINK", keys->pdata[i], NULL);
        }
        if (!router_run_good(store->router, batch, error))
            return false;
    }
    return true;
}

static void add_removals(Batch *batch, const char *list, const char *meta,
                         const Reply *fields)
{
    for (size_t i = 0; i + 1 < fields->elements; i += 2) {
        if (!g_str_has_prefix(fields->element[i]->str, "at "))
            batch_add_words(batch, list, "HDEL", meta, fields->element[i]->str,
                            NULL);
    }
}

/* Data of another program is erased as a whole. */
static bool clear_meta(Store *store, const char *list, const char *meta,
                       GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(Reply) fields =
        router_command(store->router, list, &failure, "HGETALL", meta, NULL);
    g_autoptr(Batch) batch = batch_new();

    if (fields != NULL)
        add_removals(batch, list, meta, fields);
    else if (g_error_matches(failure, STORE_ERROR, STORE_ERROR_SCHEMA))
        batch_add_words(batch, list, "UNLINK", meta, NULL);
    else {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    return router_run_good(store->router, batch, error);
}

/* A program that counts meanwhile misses the erased keys, and holds the list.
 */
bool store_drop_list(Store *store, const char *list, GError **error)
{
    g_autofree char *meta = keys_of_list(list, "meta");
    g_autoptr(GPtrArray) keys = store_scan(store, list, "*", error);

    if (keys == NULL || !unlink_keys(store, list, keys, meta, error) ||
        !clear_meta(store, list, meta, error))
        return false;
    g_autoptr(Reply) reply = router_command(store->router, "lp:lists", error,
                                            "SREM", "lp:lists", list, NULL);
    return reply != NULL;
}
