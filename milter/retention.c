/* SPDX-License-Identifier: MIT */
#include "milter/retention.h"

#include "store/maintain.h"

#include "base/banned.h"

enum {
    STEP_POSTS = 100,
    ROUND_MS = 60 * 60 * 1000,
    MEGABYTE = 1024 * 1024,
    PARTS_LEAST = 16, /* at least one part in so many goes at once */
};

static const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;

static bool is_for_ever(const SettingsLimit *limit)
{
    return limit->days == 0 && limit->megabytes == 0;
}

static void end_round(Retention *retention, int64_t now_ms)
{
    g_clear_pointer(&retention->lists, g_ptr_array_unref);
    retention->next = 0;
    retention->round_at_ms = now_ms + ROUND_MS;
}

static bool begin_round(Retention *retention, Store *store, GError **error)
{
    retention->next = 0;
    retention->is_planned = false;
    retention->lists = store_lists(store, error);
    return retention->lists != NULL;
}

/* --- by size -------------------------------------------------------------- */

/* A row does not tell that its text is gone; so what went is remembered. */
static int64_t texts_from(Retention *retention, const char *list)
{
    const int64_t *known =
        retention->texts_from != NULL
            ? g_hash_table_lookup(retention->texts_from, list)
            : NULL;

    return known != NULL ? *known : 0;
}

static void remember_texts(Retention *retention, const char *list)
{
    if (retention->texts_from == NULL)
        retention->texts_from =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (retention->text_before_ms > texts_from(retention, list))
        g_hash_table_insert(retention->texts_from, g_strdup(list),
                            g_memdup2(&retention->text_before_ms,
                                      sizeof(retention->text_before_ms)));
}

static uint64_t count_rows(const GArray *rows, unsigned flags)
{
    uint64_t count = 0;

    for (unsigned i = 0; i < rows->len; i++)
        count += (g_array_index(rows, PostRow, i).flags & flags) == flags;
    return count;
}

/* Just after the oldest of so many rows with these flags. */
static int64_t after_oldest(const GArray *rows, unsigned flags, uint64_t many)
{
    uint64_t count = 0;

    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &g_array_index(rows, PostRow, i);

        count += (row->flags & flags) == flags;
        if (count == many)
            return row->arrival_ms + 1;
    }
    return 0;
}

/* Nobody knows what one post takes, of what is packed together: so as large a
 * part of them goes as the list is too large, and then it is measured again. */
static bool find_cut(Store *store, const char *list, uint64_t bytes,
                     const SettingsLimit *limit, unsigned flags,
                     int64_t from_ms, int64_t *before_ms, GError **error)
{
    const uint64_t most = (uint64_t)limit->megabytes * MEGABYTE;

    *before_ms = 0;
    if (limit->megabytes == 0 || bytes <= most)
        return true;
    g_autoptr(GArray) rows = store_rows(store, list, from_ms, INT64_MAX, error);
    if (rows == NULL)
        return false;
    const uint64_t there = count_rows(rows, flags);
    const double part = (double)(bytes - most) / (double)bytes;
    const uint64_t many =
        MAX((uint64_t)(part * (double)there), there / PARTS_LEAST);

    *before_ms = after_oldest(rows, flags, MAX(many, 1));
    return true;
}

static bool plan_sizes(Retention *retention, Store *store,
                       const Settings *settings, const char *list,
                       GError **error)
{
    StoreListInfo *info = store_list_info(store, list, true, error);

    if (info == NULL)
        return false;
    const uint64_t bytes = info->bytes;
    store_list_info_free(info);
    return find_cut(store, list, bytes, &settings->retain_text, POST_HAS_TEXT,
                    texts_from(retention, list), &retention->text_before_ms,
                    error) &&
           find_cut(store, list, bytes, &settings->retain_posts, 0, 0,
                    &retention->posts_before_ms, error);
}

/* --- a list --------------------------------------------------------------- */

static bool has_size(const Settings *settings)
{
    return settings->retain_text.megabytes != 0 ||
           settings->retain_posts.megabytes != 0;
}

static void add_age(const SettingsLimit *limit, int64_t now_ms,
                    int64_t *before_ms)
{
    if (limit->days != 0)
        *before_ms = now_ms - (int64_t)limit->days * day_ms;
}

static bool plan(Retention *retention, Store *store, const Settings *settings,
                 const char *list, int64_t now_ms, GError **error)
{
    retention->text_before_ms = retention->posts_before_ms = 0;
    retention->dropped = 0;
    if (has_size(settings) &&
        !plan_sizes(retention, store, settings, list, error))
        return false;
    add_age(&settings->retain_text, now_ms, &retention->text_before_ms);
    add_age(&settings->retain_posts, now_ms, &retention->posts_before_ms);
    retention->is_planned = true;
    return true;
}

/* What is done once may not be enough where it goes by size. */
static void end_list(Retention *retention, const Settings *settings,
                     const char *list)
{
    retention->is_planned = false;
    remember_texts(retention, list);
    if (!has_size(settings) || retention->dropped == 0)
        retention->next++;
}

static bool step(Retention *retention, Store *store, const Settings *settings,
                 int64_t now_ms, GError **error)
{
    const char *list = retention->lists->pdata[retention->next];
    const ListSettings *of_list = settings_list(settings, list);
    uint64_t dropped = 0;

    if (!retention->is_planned &&
        !plan(retention, store, settings, list, now_ms, error))
        return false;
    const StoreRetention what = {
        .list = list,
        .prefix = of_list != NULL ? of_list->prefix : "",
        .text_before_ms = retention->text_before_ms,
        .posts_before_ms = retention->posts_before_ms,
        .limit = STEP_POSTS,
    };
    if (!store_retain(store, &what, &dropped, error))
        return false;
    retention->dropped += dropped;
    if (dropped < STEP_POSTS)
        end_list(retention, settings, list);
    return true;
}

bool retention_step(Retention *retention, Store *store,
                    const Settings *settings, int64_t now_ms, GError **error)
{
    if (is_for_ever(&settings->retain_text) &&
        is_for_ever(&settings->retain_posts))
        return true;
    if (retention->lists == NULL) {
        if (now_ms < retention->round_at_ms)
            return true;
        if (!begin_round(retention, store, error))
            return false;
    }
    if (retention->next >= retention->lists->len) {
        end_round(retention, now_ms);
        return true;
    }
    return step(retention, store, settings, now_ms, error);
}

void retention_clear(Retention *retention)
{
    g_clear_pointer(&retention->lists, g_ptr_array_unref);
    g_clear_pointer(&retention->texts_from, g_hash_table_unref);
}
