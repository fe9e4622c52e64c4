/* SPDX-License-Identifier: MIT */
#include "command/condition.h"

#include "command/command.h"

#include "base/gap.h"
#include "store/store.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

enum { MILLISECONDS = 1000 };

/* Surely so; who may not look does not know. */
static bool is_absent(const char *path)
{
    return access(path, F_OK) != 0 && errno == ENOENT;
}

static void read_milter(Condition *condition, const Settings *settings)
{
    g_autofree char *path =
        g_build_filename(settings->state, "milter.status", NULL);
    g_autoptr(GError) error = NULL;

    condition->has_milter = health_load(path, &condition->milter, &error);
    if (!condition->has_milter)
        condition->milter_trouble =
            is_absent(path)
                ? g_strdup_printf("never ran with the state directory %s",
                                  settings->state)
                : g_strdup(error->message);
    else
        condition->milter_trouble =
            g_strdup(health_trouble(&condition->milter, condition->now_ms));
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *time_of(int64_t when_ms)
{
    g_autoptr(GDateTime) when =
        g_date_time_new_from_unix_utc(when_ms / MILLISECONDS);

    return when != NULL ? g_date_time_format(when, "%Y-%m-%d %H:%M:%S")
                        : g_strdup("-");
}

static void add_gap(GPtrArray *gaps, const char *value)
{
    Gap gap = { .lists = NULL };

    if (!gap_read(value, &gap))
        return;
    g_autofree char *from = time_of(gap.from_ms);
    g_autofree char *until = time_of(gap.until_ms);
    g_ptr_array_add(
        gaps, g_strdup_printf("%s to %s UTC, %s: %s", from, until,
                              gap.lists[0] != '\0' ? gap.lists : "all lists",
                              gap.why));
    gap_clear(&gap);
}

static void read_gaps(Condition *condition, Store *store)
{
    g_autoptr(GHashTable) facts = store_facts(store, GAP_HASH, NULL);
    GHashTableIter iterator;
    void *value = NULL;

    if (facts == NULL)
        return;
    g_hash_table_iter_init(&iterator, facts);
    while (g_hash_table_iter_next(&iterator, NULL, &value))
        add_gap(condition->gaps, value);
    g_ptr_array_sort(condition->gaps, compare_texts);
}

static bool check_lists(Condition *condition, Store *store,
                        const GPtrArray *lists, GError **error)
{
    for (unsigned i = 0; i < lists->len; i++) {
        const char *list = lists->pdata[i];
        g_autoptr(GError) failure = NULL;

        if (store_check_list(store, list, &failure))
            continue;
        if (!command_is_of_list(failure)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        g_ptr_array_add(condition->held,
                        g_strdup_printf("%s: %s", list, failure->message));
    }
    return true;
}

/* What the milter said of a list that now can be counted is of no interest. */
static void add_held(Condition *condition)
{
    if (health_get(&condition->milter, HEALTH_HELD_LISTS) == 0)
        return;
    char *words = health_text(&condition->milter, HEALTH_HELD);
    for (unsigned i = 0; i < condition->held->len; i++) {
        const char *known = condition->held->pdata[i];
        if (strncmp(known, words, strcspn(words, ":") + 1) == 0) {
            g_free(words);
            return;
        }
    }
    g_ptr_array_add(condition->held, words);
}

static bool ask(Condition *condition, Store *store, GError **error)
{
    g_autofree char *bytes = NULL;

    if (!store_ping(store, error) || !store_check_kept(store, error))
        return false;
    g_free(condition->redis_version);
    condition->redis_version = store_info(store, "redis_version", NULL);
    bytes = store_info(store, "used_memory", NULL);
    if (bytes != NULL)
        condition->redis_bytes = g_ascii_strtoull(bytes, NULL, 10);

    g_autoptr(GPtrArray) lists = store_lists(store, error);
    if (lists == NULL)
        return false;
    condition->lists = lists->len;
    if (!check_lists(condition, store, lists, error))
        return false;
    read_gaps(condition, store);
    return true;
}

static void read_redis(Condition *condition, const Settings *settings)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = command_store_running(settings, &error);

    if (store == NULL || !ask(condition, store, &error))
        condition->redis_trouble = g_strdup(error->message);
    if (condition->redis_version == NULL)
        condition->redis_version = g_strdup("");
}

/* Who only imports has no milter, and nothing is wrong with that. */
static void excuse_milter(Condition *condition, const Settings *settings)
{
    g_autofree char *path =
        g_build_filename(settings->state, "milter.status", NULL);

    if (!condition->has_milter && condition->lists > 0 && is_absent(path))
        g_clear_pointer(&condition->milter_trouble, g_free);
}

void condition_init(Condition *condition, const Settings *settings,
                    int64_t now_ms)
{
    *condition = (Condition){
        .now_ms = now_ms,
        .redis = command_redis_shown(settings),
        .held = g_ptr_array_new_with_free_func(g_free),
        .gaps = g_ptr_array_new_with_free_func(g_free),
    };
    read_milter(condition, settings);
    read_redis(condition, settings);
    excuse_milter(condition, settings);
    if (condition->has_milter)
        add_held(condition);
}

void condition_clear(Condition *condition)
{
    g_free(condition->milter_trouble);
    g_free(condition->redis);
    g_free(condition->redis_trouble);
    g_free(condition->redis_version);
    g_ptr_array_unref(condition->held);
    g_ptr_array_unref(condition->gaps);
}

bool condition_is_healthy(const Condition *condition)
{
    return condition->milter_trouble == NULL &&
           condition->redis_trouble == NULL && condition->held->len == 0;
}

uint64_t condition_rows_waiting(const Condition *condition)
{
    return health_rows_waiting(&condition->milter);
}

int64_t condition_lag_seconds(const Condition *condition)
{
    const int64_t oldest =
        health_get(&condition->milter, HEALTH_JOURNAL_OLDEST_MS);

    return oldest != 0 && condition->now_ms > oldest
               ? (condition->now_ms - oldest) / MILLISECONDS
               : 0;
}
