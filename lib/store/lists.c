/* SPDX-License-Identifier: MIT */
#include "store/keys.h"
#include "store/store_private.h"

#include <string.h>

#include "base/banned.h"

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *store_lists(Store *store, GError **error)
{
    g_autoptr(Reply) reply = router_command(store->router, "lp:lists", error,
                                            "SMEMBERS", "lp:lists", NULL);

    if (reply == NULL)
        return NULL;
    GPtrArray *lists = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < reply->elements; i++)
        g_ptr_array_add(lists, g_strdup(reply->element[i]->str));
    g_ptr_array_sort(lists, compare_strings);
    return lists;
}

void store_list_info_free(StoreListInfo *info)
{
    if (info == NULL)
        return;
    g_free(info->id);
    g_free(info);
}

StoreListInfo *store_list_info(Store *store, const char *list, bool with_memory,
                               GError **error)
{
    g_autofree char *key = keys_of_list(list, "meta");
    g_autoptr(Reply) meta =
        router_command(store->router, list, error, "HMGET", key, "posts",
                       "duplicates", "person", NULL);

    if (meta == NULL)
        return NULL;
    StoreListInfo *info = g_new0(StoreListInfo, 1);
    uint64_t *const values[] = { &info->posts, &info->duplicates,
                                 &info->people };
    info->id = g_strdup(list);
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        if (reply_is_string(meta->element[i]))
            *values[i] = g_ascii_strtoull(meta->element[i]->str, NULL, 10);
    }
    if (!store_row_ends(store, list, &info->first_ms, &info->last_ms, error) ||
        (with_memory && !store_list_memory(store, list, &info->bytes, error))) {
        store_list_info_free(info);
        return NULL;
    }
    return info;
}
