/* SPDX-License-Identifier: MIT */
#include "store/dated.h"
#include "store/internal.h"
#include "store/keys.h"
#include "store/list.h"

#include <string.h>

#include "base/banned.h"

enum { MONTHS_LOOKED_AT = 24, MILLISECONDS = 1000 };

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

static bool find_ends(Store *store, const char *list, StoreListInfo *info,
                      GError **error)
{
    if (store->dated == NULL)
        return store_row_ends(store, list, &info->first_ms, &info->last_ms,
                              error);

    const Dated *dated = dated_of(store, list, error);

    if (dated == NULL)
        return false;
    dated_ends(dated, &info->first_ms, &info->last_ms);
    return true;
}

StoreListInfo *list_info(Store *store, const char *list, bool with_memory,
                         GError **error)
{
    g_autofree char *key = keys_of_list(list, "meta");
    g_autoptr(Reply) meta =
        router_command(store->router, list, error, "HMGET", key, "posts",
                       "duplicates", "person", "post", NULL);

    if (meta == NULL)
        return NULL;
    StoreListInfo *info = g_new0(StoreListInfo, 1);
    uint64_t last_post = 0;
    uint64_t *const values[] = { &info->posts, &info->duplicates, &info->people,
                                 &last_post };
    info->id = g_strdup(list);
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        if (reply_is_string(meta->element[i]))
            *values[i] = g_ascii_strtoull(meta->element[i]->str, NULL, 10);
    }
    info->last_post = (uint32_t)last_post;
    if (!find_ends(store, list, info, error) ||
        (with_memory && !store_list_memory(store, list, &info->bytes, error))) {
        store_list_info_free(info);
        return NULL;
    }
    return info;
}

/* --- how its patches come --------------------------------------------- */

static void add_month(Batch *batch, const char *list, GDateTime *month)
{
    g_autofree char *name = g_date_time_format(month, "%Y%m");
    g_autofree char *rest = g_strconcat("month:", name, NULL);
    g_autofree char *key = keys_of_list(list, rest);

    batch_add_words(batch, list, "HMGET", key, post_kind_name(POST_PATCH),
                    post_kind_name(POST_DIFF), post_kind_name(POST_DIFF_REPLY),
                    NULL);
}

static uint64_t number_at(const Reply *reply, size_t index)
{
    return index < reply->elements && reply_is_string(reply->element[index])
               ? g_ascii_strtoull(reply->element[index]->str, NULL, 10)
               : 0;
}

static bool look_at_months(Store *store, const char *list, int64_t at_ms,
                           bool *takes_untagged, GError **error)
{
    g_autoptr(Batch) batch = batch_new();
    g_autoptr(GDateTime) last =
        g_date_time_new_from_unix_utc(at_ms / MILLISECONDS);
    uint64_t tagged = 0, untagged = 0;

    for (int i = 0; last != NULL && i < MONTHS_LOOKED_AT; i++) {
        g_autoptr(GDateTime) month = g_date_time_add_months(last, -i);

        if (month != NULL)
            add_month(batch, list, month);
    }
    if (!router_run_good(store->router, batch, error))
        return false;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        const Reply *reply = batch_reply(batch, i);

        tagged += number_at(reply, 0);
        untagged += number_at(reply, 1) + number_at(reply, 2);
    }
    *takes_untagged = untagged > tagged;
    return true;
}

bool list_takes_untagged(Store *store, const char *list, const char *setting,
                         int64_t at_ms, bool *takes_untagged, GError **error)
{
    *takes_untagged = g_strcmp0(setting, "yes") == 0;
    if (g_strcmp0(setting, "auto") != 0)
        return true;
    if (store->dated != NULL) {
        const Dated *dated = dated_of(store, list, error);

        if (dated == NULL)
            return false;
        at_ms = dated_latest_arrival(dated, at_ms);
    }
    return look_at_months(store, list, at_ms, takes_untagged, error);
}
