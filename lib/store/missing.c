/* SPDX-License-Identifier: MIT */
#include "store/missing.h"

#include "store/internal.h"
#include "store/keys.h"
#include "store/list.h"

#include <string.h>

#include "base/banned.h"

static void note(Store *store, const char *list, const char *what,
                 uint64_t count)
{
    if (count == 0)
        return;
    store->missing += count;
    if (store->missing_words == NULL)
        store->missing_words = g_strdup_printf("%s: %s", list, what);
}

uint64_t store_missing(const Store *store, const char **words)
{
    *words = store->missing_words;
    return store->missing;
}

/* Erased posts have a bit, and are not missing. */
bool missing_note_posts(Store *store, const char *list, const GArray *posts,
                        GError **error)
{
    g_autofree char *key = keys_of_list(list, "erased");
    g_autoptr(Batch) batch = batch_new();
    uint64_t count = 0;

    if (posts->len == 0)
        return true;
    for (unsigned i = 0; i < posts->len; i++) {
        g_autofree char *number =
            g_strdup_printf("%u", g_array_index(posts, uint32_t, i));
        batch_add_words(batch, list, "GETBIT", key, number, NULL);
    }
    if (!router_run_good(store->router, batch, error))
        return false;
    for (unsigned i = 0; i < posts->len; i++)
        count += batch_reply(batch, i)->integer == 0;
    note(store, list, "records of posts are gone", count);
    return true;
}

static int64_t number_of(const Reply *reply)
{
    return reply_is_string(reply) ? g_ascii_strtoll(reply->str, NULL, 10) : 0;
}

static void add_questions(Batch *batch, const char *list,
                          const GPtrArray *months)
{
    g_autofree char *meta = keys_of_list(list, "meta");

    batch_add_words(batch, list, "HGET", meta, META_POSTS_FROM, NULL);
    for (unsigned i = 0; i < months->len; i++) {
        g_autofree char *rest = g_strconcat("month:", months->pdata[i], NULL);
        g_autofree char *key = keys_of_list(list, rest);
        batch_add_words(batch, list, "HGET", key, "posts", NULL);
    }
}

/* Retention keeps the counters of what it dropped. */
GArray *missing_month_counts(Store *store, const char *list,
                             const GPtrArray *months, GError **error)
{
    g_autoptr(Batch) batch = batch_new();
    char kept_from[32] = "";

    add_questions(batch, list, months);
    if (!router_run_good(store->router, batch, error))
        return NULL;
    const int64_t kept_from_ms = number_of(batch_reply(batch, 0));
    if (kept_from_ms > 0)
        keys_month(kept_from_ms, kept_from);
    GArray *counts = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (unsigned i = 0; i < months->len; i++) {
        const int64_t count = strcmp(months->pdata[i], kept_from) > 0
                                  ? number_of(batch_reply(batch, i + 1))
                                  : -1;
        g_array_append_val(counts, count);
    }
    return counts;
}

/* Posts may come, go and move to other months meanwhile. */
static int64_t missing_of(int64_t before, int64_t found, int64_t now)
{
    if (before < 0 || now < 0)
        return 0;
    if (before == 0 && now == 0)
        return found; /* the counters are gone, not the rows */
    return MAX(MIN(before, now) - found, 0);
}

static bool all_found(const GArray *before, const GArray *found)
{
    for (unsigned i = 0; i < before->len; i++) {
        const int64_t count = g_array_index(before, int64_t, i);
        const int64_t rows = g_array_index(found, int64_t, i);
        if (rows < count || (count == 0 && rows > 0))
            return false;
    }
    return true;
}

bool missing_note_rows(Store *store, const char *list, const GPtrArray *months,
                       const GArray *before, const GArray *found,
                       GError **error)
{
    uint64_t count = 0;

    if (all_found(before, found))
        return true;
    g_autoptr(GArray) now = missing_month_counts(store, list, months, error);
    if (now == NULL)
        return false;
    for (unsigned i = 0; i < months->len; i++)
        count += (uint64_t)missing_of(g_array_index(before, int64_t, i),
                                      g_array_index(found, int64_t, i),
                                      g_array_index(now, int64_t, i));
    note(store, list, "rows or counters of a month are gone", count);
    return true;
}

/* Retention drops texts and keeps their records. */
bool list_note_text(Store *store, const char *list, const PostRecord *record,
                    const char *text, GError **error)
{
    uint64_t from_ms = 0;

    if (text != NULL || (record->flags & POST_HAS_TEXT) == 0)
        return true;
    if (!store_meta(store, list, META_TEXTS_FROM, &from_ms, error))
        return false;
    if (record->arrival_ms >= (int64_t)from_ms)
        note(store, list, "texts of posts are gone", 1);
    return true;
}
