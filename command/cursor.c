/* SPDX-License-Identifier: MIT */
#include "command/cursor.h"

#include "base/hex.h"

#include <string.h>

#include "base/banned.h"

enum { NAME_MAX_BYTES = 64, MARK_DIGITS = 40 };

static const char hash[] = "lp:cursors";
static const char threads_hash[] = "lp:cursor-threads";

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

/* --- all of them -------------------------------------------------------- */

static void cursor_free(gpointer data)
{
    Cursor *cursor = data;

    g_free(cursor->list);
    g_free(cursor->name);
    g_free(cursor->mark);
    g_free(cursor);
}

static int compare_cursors(gconstpointer one, gconstpointer other)
{
    const Cursor *left = *(const Cursor *const *)one;
    const Cursor *right = *(const Cursor *const *)other;
    const int by_list = strcmp(left->list, right->list);

    return by_list != 0 ? by_list : strcmp(left->name, right->name);
}

/* NULL for what no version of ours writes. */
static Cursor *cursor_read(const char *field, const char *value)
{
    const char *blank = strchr(field, ' ');
    Cursor *cursor;

    if (blank == NULL)
        return NULL;
    cursor = g_new0(Cursor, 1);
    if (!parse_value(value, &cursor->mark, &cursor->arrival_ms)) {
        cursor_free(cursor);
        return NULL;
    }
    cursor->list = g_strndup(field, (gsize)(blank - field));
    cursor->name = g_strdup(blank + 1);
    return cursor;
}

GPtrArray *cursor_list(Store *store, GError **error)
{
    g_autoptr(GHashTable) facts = store_facts(store, hash, error);
    GPtrArray *cursors;
    GHashTableIter iterator;
    gpointer field, value;

    if (facts == NULL)
        return NULL;
    cursors = g_ptr_array_new_with_free_func(cursor_free);
    g_hash_table_iter_init(&iterator, facts);
    while (g_hash_table_iter_next(&iterator, &field, &value)) {
        Cursor *cursor = cursor_read(field, value);

        if (cursor != NULL)
            g_ptr_array_add(cursors, cursor);
    }
    g_ptr_array_sort(cursors, compare_cursors);
    return cursors;
}

bool cursor_set(Store *store, const char *list, const char *name,
                const char *mark, GError **error)
{
    char whole[MARK_DIGITS + 1];
    uint32_t post = 0;

    if (!store_find_mark(store, list, mark, &post, error))
        return false;

    g_autoptr(GArray) records = store_posts(store, list, &post, 1, error);
    if (records == NULL)
        return false;
    const PostRecord *record = &g_array_index(records, PostRecord, 0);

    if (record->post == 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                    "%s: its record is gone", mark);
        return false;
    }
    hex_encode(record->mark, RECORD_MARK_BYTES, whole);

    g_autofree char *field = field_of(list, name);
    g_autofree char *value =
        g_strdup_printf("%s %" G_GINT64_FORMAT, whole, record->arrival_ms);
    return store_fact_set(store, hash, field, value, error);
}

bool cursor_remove(Store *store, const char *list, const char *name,
                   bool *was_there, GError **error)
{
    g_autofree char *field = field_of(list, name);
    bool had_thread = false;

    return store_fact_remove(store, threads_hash, field, &had_thread, error) &&
           store_fact_remove(store, hash, field, was_there, error);
}

char *cursor_thread(Store *store, const char *list, const char *name,
                    GError **error)
{
    g_autofree char *field = field_of(list, name);

    return store_fact_get(store, threads_hash, field, error);
}

bool cursor_set_thread(Store *store, const char *list, const char *name,
                       const char *message_id, GError **error)
{
    g_autofree char *field = field_of(list, name);

    return store_fact_set(store, threads_hash, field, message_id, error);
}
