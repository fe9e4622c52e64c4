/* SPDX-License-Identifier: MIT */
#include "milter/retention.h"

#include "milter/clock.h"
#include "milter/log.h"
#include "milter/pulse.h"
#include "store/maintain.h"

#include <stdlib.h>

#include "base/banned.h"

enum {
    STEP_POSTS = 100,
    ROUND_MS = 60 * 60 * 1000,
    MEGABYTE = 1024 * 1024,
    PARTS_LEAST = 16, /* at least one part in so many goes at once */
    ROUND_SHARE = 20, /* of what goes by age: one part in so many a round */
    DAILY_DAYS = 14,  /* mail on so many of so many days: a daily list */
    DAILY_DAYS_LEAST = 10,
    LOOK_BACK_DAYS = 60,
    FEW_DAYS = 2, /* of mail after a long silence are no proof */
    SILENCE_DAYS = 30,
    STEADY_DAYS = 7, /* a clock that ran on for so long is right */
};

static const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;

/* --- is the clock to be believed ------------------------------------------ */

/* The collector looks four times a second; we look just before we erase. */
static void watch_clock(Retention *retention, Health *health)
{
    const int64_t now_ms = clock_now_ms(), ticks_ms = clock_ticks_ms();
    const int64_t jump =
        now_ms - retention->now_ms - (ticks_ms - retention->ticks_ms);

    if (retention->ticks_ms != 0 && llabs(jump) >= PULSE_CLOCK_JUMP_MS)
        health_set(health, HEALTH_CLOCK_SET_TICKS, MAX(ticks_ms, 1));
    retention->now_ms = now_ms;
    retention->ticks_ms = ticks_ms;
}

static bool was_set(const Retention *retention, const Health *health)
{
    const int64_t set = health_get(health, HEALTH_CLOCK_SET_TICKS);

    return set != 0 && retention->ticks_ms - set < day_ms;
}

static bool is_proven(const Retention *retention, const Health *health)
{
    const int64_t since = MAX(health_get(health, HEALTH_CLOCK_SET_TICKS),
                              health_get(health, HEALTH_STEADY_TICKS));

    return retention->ticks_ms - since >= STEADY_DAYS * day_ms;
}

/* Of the days before and with this one, many had mail. */
static bool is_daily(const GArray *rows, int64_t until_ms)
{
    unsigned days = 0;
    int64_t last_day = -1;

    for (unsigned i = 0; i < rows->len; i++) {
        const int64_t arrival = g_array_index(rows, PostRow, i).arrival_ms;

        if (arrival > until_ms || arrival <= until_ms - DAILY_DAYS * day_ms ||
            arrival / day_ms == last_day)
            continue;
        last_day = arrival / day_ms;
        days++;
    }
    return days >= DAILY_DAYS_LEAST;
}

/* All newer posts came within a few days, long after a time of daily mail. */
static bool follows_silence(Store *store, const StoreListInfo *info,
                            int64_t newest_ms, const GArray *newer,
                            bool *follows, GError **error)
{
    const int64_t first = g_array_index(newer, PostRow, 0).arrival_ms;

    *follows = false;
    if (newest_ms - first > FEW_DAYS * day_ms || info->first_ms >= first)
        return true;
    g_autoptr(GArray) older = store_rows(store, info->id, 0, first, error);
    if (older == NULL)
        return false;
    if (older->len == 0)
        return true;
    const int64_t last =
        g_array_index(older, PostRow, older->len - 1).arrival_ms;
    *follows = first - last > SILENCE_DAYS * day_ms && is_daily(older, last);
    return true;
}

/* A list that had mail every day has it today, if today is today. */
static bool fits_list(Store *store, const StoreListInfo *info, int64_t now_ms,
                      bool *fits, GError **error)
{
    bool follows = false;

    *fits = true;
    if (info->last_ms == 0)
        return true;
    /* What came under a clock that was ahead is no witness. */
    const int64_t newest_ms = MIN(info->last_ms, now_ms);
    g_autoptr(GArray) newer =
        store_rows(store, info->id, newest_ms - LOOK_BACK_DAYS * day_ms,
                   newest_ms + 1, error);
    if (newer == NULL)
        return false;
    if (newer->len == 0)
        return true;
    if (!follows_silence(store, info, newest_ms, newer, &follows, error))
        return false;
    const int64_t last =
        g_array_index(newer, PostRow, newer->len - 1).arrival_ms;
    *fits = !follows && (now_ms - last <= day_ms || !is_daily(newer, last));
    return true;
}

/* Lists take turns; so it is said once until all is well again. */
static void hold(Retention *retention, const char *list, const char *why)
{
    if (!retention->is_held)
        log_warning("%s: old posts stay: %s", list, why);
    retention->is_held = true;
}

/* True in *may: what is old by this clock may go. */
static bool may_go_by_age(Retention *retention, Store *store,
                          const StoreListInfo *info, const Health *health,
                          bool *may, GError **error)
{
    bool fits = true;

    *may = false;
    if (was_set(retention, health)) {
        hold(retention, info->id, "the clock was set less than a day ago");
        return true;
    }
    if (!is_proven(retention, health) &&
        !fits_list(store, info, retention->now_ms, &fits, error))
        return false;
    *may = fits;
    if (!fits)
        hold(retention, info->id,
             "by this clock a list of daily mail has had none for long");
    return true;
}

static bool is_for_ever(const SettingsLimit *limit)
{
    return limit->days == 0 && limit->megabytes == 0;
}

static void end_round(Retention *retention)
{
    g_clear_pointer(&retention->lists, g_ptr_array_unref);
    retention->next = 0;
    retention->round_at_ms =
        retention->is_hasty ? 0 : retention->ticks_ms + ROUND_MS;
    retention->is_hasty = false;
}

static bool begin_round(Retention *retention, Store *store, GError **error)
{
    retention->next = 0;
    retention->is_planned = false;
    retention->is_held = false;
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
                       uint64_t bytes, GError **error)
{
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

static bool has_age(const Settings *settings)
{
    return settings->retain_text.days != 0 || settings->retain_posts.days != 0;
}

/* What goes by age goes in small parts: whoever set a clock wrongly, or a
 * number of days, has hours to see it. */
static bool plan_ages(Retention *retention, Store *store,
                      const Settings *settings, const StoreListInfo *info,
                      const Health *health, GError **error)
{
    bool may = false;

    if (!may_go_by_age(retention, store, info, health, &may, error))
        return false;
    if (!may)
        return true;
    retention->budget = MAX(info->posts / ROUND_SHARE, 1);
    add_age(&settings->retain_text, retention->now_ms,
            &retention->text_before_ms);
    add_age(&settings->retain_posts, retention->now_ms,
            &retention->posts_before_ms);
    return true;
}

static bool plan(Retention *retention, Store *store, const Settings *settings,
                 const char *list, const Health *health, GError **error)
{
    StoreListInfo *info =
        store_list_info(store, list, has_size(settings), error);

    if (info == NULL)
        return false;
    retention->text_before_ms = retention->posts_before_ms = 0;
    retention->dropped = 0;
    retention->budget = UINT64_MAX;
    retention->is_planned =
        (!has_size(settings) ||
         plan_sizes(retention, store, settings, list, info->bytes, error)) &&
        (!has_age(settings) ||
         plan_ages(retention, store, settings, info, health, error));
    store_list_info_free(info);
    return retention->is_planned;
}

/* What is done once may not be enough where it goes by size. */
static void end_list(Retention *retention, const Settings *settings,
                     const char *list)
{
    retention->is_planned = false;
    if (retention->dropped > 0)
        log_notice("%s: %" G_GUINT64_FORMAT " old posts or texts are gone",
                   list, retention->dropped);
    if (retention->dropped >= retention->budget) {
        retention->next++;
        return;
    }
    remember_texts(retention, list);
    if (!has_size(settings) || retention->dropped == 0)
        retention->next++;
}

/* One that cannot be read does not keep the others from it. */
static bool pass_bad_list(Retention *retention, GError **error)
{
    if (!g_error_matches(*error, STORE_ERROR, STORE_ERROR_SCHEMA))
        return false;
    g_clear_error(error);
    retention->is_planned = false;
    retention->next++;
    return true;
}

static bool step(Retention *retention, Store *store, const Settings *settings,
                 const Health *health, GError **error)
{
    const char *list = retention->lists->pdata[retention->next];
    g_autofree char *prefix = settings_prefix(settings, list);
    uint64_t dropped = 0;

    if (!retention->is_planned &&
        !plan(retention, store, settings, list, health, error))
        return false;
    const StoreRetention what = {
        .list = list,
        .prefix = prefix,
        .text_before_ms = retention->text_before_ms,
        .posts_before_ms = retention->posts_before_ms,
        .limit =
            (unsigned)MIN(STEP_POSTS, retention->budget - retention->dropped),
    };
    if (!store_retain(store, &what, &dropped, error))
        return false;
    retention->dropped += dropped;
    if (dropped < what.limit || retention->dropped >= retention->budget)
        end_list(retention, settings, list);
    return true;
}

bool retention_step(Retention *retention, Store *store,
                    const Settings *settings, Health *health, GError **error)
{
    watch_clock(retention, health);
    if (is_for_ever(&settings->retain_text) &&
        is_for_ever(&settings->retain_posts))
        return true;
    if (retention->lists == NULL) {
        if (retention->ticks_ms < retention->round_at_ms)
            return true;
        if (!begin_round(retention, store, error))
            return false;
    }
    if (retention->next >= retention->lists->len) {
        end_round(retention);
        return true;
    }
    g_autoptr(GError) failure = NULL;
    if (step(retention, store, settings, health, &failure) ||
        pass_bad_list(retention, &failure))
        return true;
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

void retention_hasten(Retention *retention)
{
    retention->round_at_ms = 0;
    retention->is_hasty = retention->lists != NULL;
}

void retention_clear(Retention *retention)
{
    g_clear_pointer(&retention->lists, g_ptr_array_unref);
    g_clear_pointer(&retention->texts_from, g_hash_table_unref);
}
