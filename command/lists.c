/* SPDX-License-Identifier: MIT */
/* listpulse lists: what is counted, and what it costs. */
#include "command/command.h"

#include "base/text.h"
#include "journal/health.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { MILLISECONDS = 1000, KIBIBYTE = 1024, NAME_WIDTH_MAX = 48 };

static const int64_t DAY_MS = INT64_C(24) * 60 * 60 * 1000;

typedef struct ListsOptions {
    bool json;
} ListsOptions;

static const Option lists_options[] = {
    { "json", 0, OPTION_FLAG, NULL, "for programs",
      offsetof(ListsOptions, json) },
    { .name = NULL },
};

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

/* --- for programs ----------------------------------------------------- */

/* "2025-09-29T18:36:00Z"; null if there is none. */
static json_t *instant_of(int64_t when_ms)
{
    g_autoptr(GDateTime) when =
        when_ms > 0 ? g_date_time_new_from_unix_utc(when_ms / MILLISECONDS)
                    : NULL;

    if (when == NULL)
        return json_null();

    g_autofree char *text = g_date_time_format(when, "%Y-%m-%dT%H:%M:%SZ");
    return json_string(text);
}

static bool set_numbers(json_t *object, Store *store, const char *id,
                        GError **error)
{
    StoreListInfo *info = store_list_info(store, id, true, error);
    unsigned today = 0;

    if (info == NULL)
        return false;
    const bool is_counted = count_today(store, id, &today, error);
    if (is_counted) {
        json_object_set_new(object, "posts",
                            json_integer((json_int_t)info->posts));
        json_object_set_new(object, "today", json_integer(today));
        json_object_set_new(object, "first", instant_of(info->first_ms));
        json_object_set_new(object, "last", instant_of(info->last_ms));
        json_object_set_new(object, "bytes",
                            json_integer((json_int_t)info->bytes));
    }
    store_list_info_free(info);
    return is_counted;
}

/* One that cannot be read says why in place of its numbers. */
static bool add_object(json_t *lists, Store *store, const char *id, int *code,
                       GError **error)
{
    g_autoptr(GError) failure = NULL;
    json_t *object = json_object();

    json_array_append_new(lists, object);
    json_object_set_new(object, "id", json_string(id));
    if (store_check_list(store, id, &failure) &&
        set_numbers(object, store, id, &failure))
        return true;
    if (!command_is_of_list(failure)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }

    g_autofree char *why =
        text_make_valid(failure->message, strlen(failure->message));
    json_object_set_new(object, "error", json_string(why));
    *code = EXIT_FAILED;
    return true;
}

static int print_json(Store *store, const GPtrArray *ids, GError **error)
{
    json_t *lists = json_array();
    int code = EXIT_GOOD;
    bool is_whole = true;

    for (unsigned i = 0; i < ids->len && is_whole; i++)
        is_whole = add_object(lists, store, ids->pdata[i], &code, error);

    char *text = json_dumps(lists, JSON_INDENT(2));
    g_autofree char *line = g_strconcat(text, "\n", NULL);

    free(text);
    json_decref(lists);
    return is_whole && command_print(line, strlen(line), error) ? code
                                                                : EXIT_FAILED;
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

    if (((const ListsOptions *)invocation->options)->json)
        return print_json(store, ids, error);

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
    .summary = "known lists: posts, first, last, today (UTC), memory",
    .options = lists_options,
    .options_size = sizeof(ListsOptions),
    .least = 0,
    .most = 0,
    .run = run,
};
