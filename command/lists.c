/* SPDX-License-Identifier: MIT */
/* listpulse lists: what is counted, and what it costs. */
#include "command/command.h"

#include "base/text.h"
#include "journal/health.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

enum { MILLISECONDS = 1000, KIBIBYTE = 1024, NAME_WIDTH_MAX = 48 };

static const int64_t DAY_MS = INT64_C(24) * 60 * 60 * 1000;

static const Option lists_options[] = { { .name = NULL } };

/* "2025-09-29 18:36" in UTC; "-" if there is none. */
static char *time_text(int64_t when_ms)
{
    if (when_ms <= 0)
        return g_strdup("-");

    g_autoptr(GDateTime) when =
        g_date_time_new_from_unix_utc(when_ms / MILLISECONDS);
    return when != NULL ? g_date_time_format(when, "%Y-%m-%d %H:%M")
                        : g_strdup("-");
}

static char *bytes_text(uint64_t bytes)
{
    static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB" };
    double amount = (double)bytes;
    unsigned unit = 0;

    for (; amount >= KIBIBYTE && unit + 1 < G_N_ELEMENTS(units); unit++)
        amount /= KIBIBYTE;
    return g_strdup_printf(unit == 0 ? "%.0f %s" : "%.1f %s", amount,
                           units[unit]);
}

static bool count_today(Store *store, const char *list, unsigned *count,
                        GError **error)
{
    const int64_t now_ms = g_get_real_time() / MILLISECONDS;
    const int64_t midnight_ms = now_ms - now_ms % DAY_MS;
    g_autoptr(GArray) rows =
        store_rows(store, list, midnight_ms, midnight_ms + DAY_MS, error);

    if (rows == NULL)
        return false;
    *count = rows->len;
    return true;
}

static bool append_list(GString *out, Store *store, const char *id, int width,
                        GError **error)
{
    StoreListInfo *info = store_list_info(store, id, true, error);
    unsigned today = 0;

    if (info == NULL)
        return false;
    const bool is_counted = count_today(store, id, &today, error);
    if (is_counted) {
        g_autofree char *first = time_text(info->first_ms);
        g_autofree char *last = time_text(info->last_ms);
        g_autofree char *memory = bytes_text(info->bytes);

        g_string_append_printf(
            out, "%-*s %9" PRIu64 " %7u  %-16s  %-16s  %10s %7" PRIu64 "\n",
            width, id, info->posts, today, first, last, memory,
            info->posts > 0 ? info->bytes / info->posts : 0);
    }
    store_list_info_free(info);
    return is_counted;
}

/* One that cannot be read has a line, too: the others are shown. */
static bool append_any_list(GString *out, Store *store, const char *id,
                            int width, int *code, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (store_check_list(store, id, &failure) &&
        append_list(out, store, id, width, &failure))
        return true;
    if (!command_is_of_list(failure)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    g_string_append_printf(out, "%-*s cannot be read: ", width, id);
    text_append_visible(out, failure->message, strlen(failure->message), false);
    g_string_append_c(out, '\n');
    *code = EXIT_FAILED;
    return true;
}

static int width_of(GPtrArray *ids)
{
    size_t width = sizeof "list" - 1;

    for (unsigned i = 0; i < ids->len; i++)
        width = MAX(width, text_columns(ids->pdata[i]));
    return (int)MIN(width, NAME_WIDTH_MAX);
}

/* Lists of a section need no place. */
static unsigned places_taken(const Settings *settings, const GPtrArray *ids)
{
    unsigned count = 0;

    for (unsigned i = 0; i < ids->len; i++)
        count += settings_list(settings, ids->pdata[i]) == NULL;
    return count;
}

/* What the milter of this host says. */
static void warn_of_waiting(const Settings *settings)
{
    g_autofree char *path =
        g_build_filename(settings->state, "milter.status", NULL);
    Health health;

    if (!health_load(path, &health, NULL) ||
        health_get(&health, HEALTH_WAITING_LISTS) == 0)
        return;
    g_autofree char *last = health_text(&health, HEALTH_REFUSED_LIST);
    g_autofree char *words = g_strdup_printf(
        "%" PRId64 " lists wait for a place, and their mails in the journal; "
        "the last was %s",
        health_get(&health, HEALTH_WAITING_LISTS), last);
    command_warn("lists", words);
}

static void warn_of_places(const Settings *settings, const GPtrArray *ids)
{
    if (!settings->all_lists)
        return;
    if (places_taken(settings, ids) >= settings->max_lists)
        command_warn("lists",
                     "there are max_lists already: others wait until forget "
                     "LIST --all gives a place back, or take that of a list "
                     "with less than place_posts posts in 30 days");
    warn_of_waiting(settings);
}

static int run(const Invocation *invocation, GError **error)
{
    g_autoptr(Store) store = command_store(invocation->settings, error);
    if (store == NULL)
        return EXIT_FAILED;

    g_autoptr(GPtrArray) ids = store_lists(store, error);
    if (ids == NULL)
        return EXIT_FAILED;

    g_autoptr(GString) out = g_string_new(NULL);
    int code = EXIT_GOOD;
    const int width = width_of(ids);
    g_string_append_printf(out, "%-*s %9s %7s  %-16s  %-16s  %10s %7s\n", width,
                           "list", "posts", "today", "first", "last", "memory",
                           "a post");
    for (unsigned i = 0; i < ids->len; i++) {
        if (!append_any_list(out, store, ids->pdata[i], width, &code, error))
            return EXIT_FAILED;
    }
    warn_of_places(invocation->settings, ids);
    return command_print(out->str, out->len, error) ? code : EXIT_FAILED;
}

const Command command_lists = {
    .name = "lists",
    .operands = "",
    .summary = "the lists known: posts, first, last, today (UTC), memory",
    .options = lists_options,
    .options_size = 0,
    .least = 0,
    .most = 0,
    .run = run,
};
