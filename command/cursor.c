/* SPDX-License-Identifier: MIT */
#include "command/cursor.h"

#include "base/hex.h"

#include <string.h>

#include "base/banned.h"

enum { NAME_MAX_BYTES = 64, MARK_DIGITS = 40 };

static const char hash[] = "lp:cursors";

bool cursor_name_is_valid(const char *name)
{
    const size_t length = strlen(name);

    return length > 0 && length <= NAME_MAX_BYTES &&
           strspn(name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_") == length;
}

static char *field_of(const char *list, const char *name)
{
    return g_strdup_printf("%s %s", list, name);
}

/* "MARK ARRIVAL": the arrival is for the day when the post is forgotten. */
static bool parse_value(const char *value, char **mark, int64_t *arrival_ms)
{
    if (strlen(value) <= MARK_DIGITS || !hex_is_digits(value, MARK_DIGITS) ||
        value[MARK_DIGITS] != ' ')
        return false;
    if (!g_ascii_string_to_signed(value + MARK_DIGITS + 1, 10, 0, G_MAXINT64,
                                  arrival_ms, NULL))
        return false;
    *mark = g_strndup(value, MARK_DIGITS);
    return true;
}

/* The end alone; the start is put in by the caller. */
static bool parse_until(const IntervalWords *words, IntervalRequest *interval,
                        GError **error)
{
    const IntervalWords until = {
        .until = words->until,
        .timezone = words->timezone,
        .now_ms = words->now_ms,
    };

    if (words->until != NULL && !interval_parse(&until, interval, error))
        return false;
    interval->has_from = false;
    interval->from_ms = 0;
    return true;
}

static bool after(Store *store, const char *list, const char *value,
                  IntervalRequest *interval, GError **error)
{
    g_autoptr(GError) missing = NULL;
    g_autofree char *mark = NULL;
    int64_t arrival_ms = 0;
    uint32_t post = 0;

    if (!parse_value(value, &mark, &arrival_ms)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_SCHEMA,
                    "a cursor with an unknown value in Redis: %s", value);
        return false;
    }
    if (store_find_mark(store, list, mark, &post, &missing)) {
        interval->from_mark = g_steal_pointer(&mark);
        return true;
    }
    if (!g_error_matches(missing, STORE_ERROR, STORE_ERROR_UNKNOWN)) {
        g_propagate_error(error, g_steal_pointer(&missing));
        return false;
    }
    interval->has_from = true;
    interval->from_ms = arrival_ms + 1;
    return true;
}

bool cursor_interval(Store *store, const char *list, const char *name,
                     const IntervalWords *words, IntervalRequest *interval,
                     GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *field = field_of(list, name);
    g_autofree char *value = store_fact_get(store, hash, field, &failure);

    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    if (value == NULL && (words->since != NULL || words->last != NULL))
        return interval_parse(words, interval, error);
    if (!parse_until(words, interval, error))
        return false;
    return value == NULL || after(store, list, value, interval, error);
}

bool cursor_advance(Store *store, const char *list, const char *name,
                    const Digest *digest, GError **error)
{
    if (digest->last_mark == NULL)
        return true;

    g_autofree char *field = field_of(list, name);
    g_autofree char *value = g_strdup_printf(
        "%s %" G_GINT64_FORMAT, digest->last_mark, digest->last_ms);
    return store_fact_set(store, hash, field, value, error);
}
