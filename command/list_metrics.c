/* SPDX-License-Identifier: MIT */
#include "command/list_metrics.h"

#include "command/command.h"

#include "digest/load.h"
#include "identity/identity.h"
#include "store/store.h"

#include <math.h>

#include "base/banned.h"

enum { WEEK_DAYS = 7, WAITING_DAYS = 90 };

static const double MILLISECONDS = 1000;
static const int64_t DAY_MS = INT64_C(24) * 3600 * 1000;

typedef struct ListMetrics {
    char *id;
    bool is_read; /* else only its id is known */
    uint64_t posts, duplicates, people;
    int64_t last_ms; /* 0: no post */
    /* of the last seven days */
    uint64_t week_posts, week_patches;
    double reviewed; /* share of its patches; NAN: there are none */
    int64_t reply_seconds, review_seconds; /* medians; -1: none */
    uint64_t waiting;                      /* patch sets of the last 90 days */
} ListMetrics;

/* --- gathering ----------------------------------------------------------- */

static void metrics_free(gpointer data)
{
    g_free(((ListMetrics *)data)->id);
    g_free(data);
}

static bool read_counts(Store *store, ListMetrics *metrics, GError **error)
{
    StoreListInfo *info = store_list_info(store, metrics->id, false, error);

    if (info == NULL)
        return false;
    metrics->posts = info->posts;
    metrics->duplicates = info->duplicates;
    metrics->people = info->people;
    metrics->last_ms = info->last_ms;
    store_list_info_free(info);
    return true;
}

static bool read_week(Store *store, const Settings *settings,
                      const Identity *identity, int64_t now_ms,
                      ListMetrics *metrics, GError **error)
{
    g_autoptr(ListSettings) list =
        settings_list_or_default(settings, metrics->id);
    const IntervalRequest week = {
        .has_from = true,
        .has_until = true,
        .from_ms = now_ms - WEEK_DAYS * DAY_MS,
        .until_ms = now_ms,
    };
    const DigestRequest request = {
        .list = metrics->id,
        .settings = list,
        .interval = &week,
        .identity = identity,
        .sections = SECTION_TOTALS | SECTION_PATCHES | SECTION_WAITING,
        .waiting_days = WAITING_DAYS,
        .now_ms = now_ms,
    };
    g_autoptr(Digest) digest = digest_load(store, &request, error);

    if (digest == NULL)
        return false;
    metrics->week_posts = digest->totals.posts;
    metrics->week_patches = digest->totals.patches;
    metrics->waiting = digest->waiting->len;
    if (digest->measures.patches > 0)
        metrics->reviewed = (double)digest->measures.reviewed /
                            (double)digest->measures.patches;
    metrics->reply_seconds = digest->measures.reply.median;
    metrics->review_seconds = digest->measures.review.median;
    return true;
}

/* A list that has been silent for so long has no week and nothing waits. */
static bool read_list(Store *store, const Settings *settings,
                      const Identity *identity, int64_t now_ms,
                      ListMetrics *metrics, GError **error)
{
    metrics->reply_seconds = metrics->review_seconds = -1;
    metrics->reviewed = NAN;
    if (!store_check_list(store, metrics->id, error) ||
        !read_counts(store, metrics, error))
        return false;
    return metrics->last_ms < now_ms - WAITING_DAYS * DAY_MS ||
           read_week(store, settings, identity, now_ms, metrics, error);
}

static bool add_list(Store *store, const Settings *settings,
                     const Identity *identity, int64_t now_ms, const char *id,
                     GPtrArray *lists, GError **error)
{
    ListMetrics *metrics = g_new0(ListMetrics, 1);
    g_autoptr(GError) failure = NULL;

    metrics->id = g_strdup(id);
    g_ptr_array_add(lists, metrics);
    metrics->is_read =
        read_list(store, settings, identity, now_ms, metrics, &failure);
    if (metrics->is_read || command_is_of_list(failure))
        return true;
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

static GPtrArray *gather_lists(const Settings *settings, int64_t now_ms,
                               GError **error)
{
    g_autoptr(Identity) identity = command_identity(settings, error);
    g_autoptr(Store) store =
        identity != NULL ? command_store_running(settings, error) : NULL;
    g_autoptr(GPtrArray) ids = store != NULL ? store_lists(store, error) : NULL;

    if (ids == NULL)
        return NULL;

    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(metrics_free);

    for (unsigned i = 0; i < ids->len; i++) {
        if (!add_list(store, settings, identity, now_ms, ids->pdata[i], lists,
                      error))
            return NULL;
    }
    return g_steal_pointer(&lists);
}

/* --- printing ------------------------------------------------------------ */

/* Returns the value of a list, NAN where it has none. */
typedef double (*ValueOf)(const ListMetrics *metrics);

static double value_up(const ListMetrics *metrics)
{
    return metrics->is_read;
}

static double if_read(const ListMetrics *metrics, double value)
{
    return metrics->is_read ? value : NAN;
}

static double value_posts(const ListMetrics *metrics)
{
    return if_read(metrics, (double)metrics->posts);
}

static double value_duplicates(const ListMetrics *metrics)
{
    return if_read(metrics, (double)metrics->duplicates);
}

static double value_people(const ListMetrics *metrics)
{
    return if_read(metrics, (double)metrics->people);
}

static double value_last_post(const ListMetrics *metrics)
{
    return metrics->last_ms > 0 ? (double)metrics->last_ms / MILLISECONDS : NAN;
}

static double value_week_posts(const ListMetrics *metrics)
{
    return if_read(metrics, (double)metrics->week_posts);
}

static double value_week_patches(const ListMetrics *metrics)
{
    return if_read(metrics, (double)metrics->week_patches);
}

static double value_reviewed(const ListMetrics *metrics)
{
    return if_read(metrics, metrics->reviewed);
}

static double value_waiting(const ListMetrics *metrics)
{
    return if_read(metrics, (double)metrics->waiting);
}

static double seconds_of(const ListMetrics *metrics, int64_t seconds)
{
    return seconds >= 0 ? if_read(metrics, (double)seconds) : NAN;
}

static double value_reply(const ListMetrics *metrics)
{
    return seconds_of(metrics, metrics->reply_seconds);
}

static double value_review(const ListMetrics *metrics)
{
    return seconds_of(metrics, metrics->review_seconds);
}

static const struct {
    const char *name, *type, *help;
    ValueOf value;
} families[] = {
    { "up", "gauge", "1 when what is counted of the list can be read",
      value_up },
    { "posts_total", "counter", "posts counted, of all time", value_posts },
    { "duplicates_total", "counter",
      "further copies of posts that are counted already", value_duplicates },
    { "people", "gauge", "distinct header Froms, of all time", value_people },
    { "last_post_timestamp_seconds", "gauge", "arrival of the newest post",
      value_last_post },
    { "recent_posts", "gauge", "posts of the last seven days",
      value_week_posts },
    { "recent_patches", "gauge", "patches of the last seven days",
      value_week_patches },
    { "recent_reviewed_ratio", "gauge",
      "share of the patches of the last seven days that have a review",
      value_reviewed },
    { "waiting_patch_sets", "gauge",
      "patch sets of the last 90 days that wait for review", value_waiting },
    { "first_reply_median_seconds", "gauge",
      "median time to the first reply, of patch sets of the last seven days",
      value_reply },
    { "first_review_median_seconds", "gauge",
      "median time to the first review, of patch sets of the last seven days",
      value_review },
};

/* A List-Id holds nothing that a label would have to escape (list_id_is_valid).
 */
static void put_family(GString *out, unsigned family, const GPtrArray *lists)
{
    const char *name = families[family].name;

    g_string_append_printf(
        out, "# HELP listpulse_list_%s %s\n# TYPE listpulse_list_%s %s\n", name,
        families[family].help, name, families[family].type);
    for (unsigned i = 0; i < lists->len; i++) {
        const ListMetrics *metrics = lists->pdata[i];
        const double value = families[family].value(metrics);

        if (isnan(value))
            continue;
        g_string_append_printf(out, "listpulse_list_%s{list=\"%s\"} %.15g\n",
                               name, metrics->id, value);
    }
}

bool list_metrics_append(const Settings *settings, int64_t now_ms, GString *out,
                         GError **error)
{
    g_autoptr(GPtrArray) lists = gather_lists(settings, now_ms, error);

    if (lists == NULL)
        return false;
    for (unsigned i = 0; i < G_N_ELEMENTS(families); i++)
        put_family(out, i, lists);
    return true;
}
