/* SPDX-License-Identifier: MIT */
#include "milter/retention.h"

#include "store/maintain.h"

#include "base/banned.h"

enum { STEP_POSTS = 100, ROUND_MS = 60 * 60 * 1000 };

static const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;

static int64_t before(int64_t now_ms, unsigned days)
{
    return days == 0 ? 0 : now_ms - (int64_t)days * day_ms;
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
    retention->lists = store_lists(store, error);
    return retention->lists != NULL;
}

static bool step(Retention *retention, Store *store, const Settings *settings,
                 int64_t now_ms, GError **error)
{
    const char *list = retention->lists->pdata[retention->next];
    const ListSettings *of_list = settings_list(settings, list);
    uint64_t dropped = 0;
    const StoreRetention what = {
        .list = list,
        .prefix = of_list != NULL ? of_list->prefix : "",
        .text_before_ms = before(now_ms, settings->retain_text_days),
        .posts_before_ms = before(now_ms, settings->retain_posts_days),
        .limit = STEP_POSTS,
    };

    if (!store_retain(store, &what, &dropped, error))
        return false;
    if (dropped < STEP_POSTS)
        retention->next++;
    return true;
}

bool retention_step(Retention *retention, Store *store,
                    const Settings *settings, int64_t now_ms, GError **error)
{
    if (settings->retain_text_days == 0 && settings->retain_posts_days == 0)
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
}
