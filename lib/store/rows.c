/* SPDX-License-Identifier: MIT */
#include "store/internal.h"
#include "store/keys.h"
#include "store/list.h"
#include "store/missing.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

typedef struct Month {
    char name[32];
    uint64_t rows;
} Month;

static int compare_months(const void *a, const void *b)
{
    return strcmp(((const Month *)a)->name, ((const Month *)b)->name);
}

/* Returns the months that have rows and may hold arrivals of [from, until). */
static GArray *read_months(Store *store, const char *list, int64_t from_ms,
                           int64_t until_ms, GError **error)
{
    g_autofree char *key = keys_of_list(list, "rows");
    g_autoptr(Reply) reply =
        router_command(store->router, list, error, "HGETALL", key, NULL);
    char from[32], until[32];

    if (reply == NULL)
        return NULL;
    keys_month(MAX(from_ms, 0), from);
    keys_month(MAX(until_ms, 0), until);
    GArray *months = g_array_new(FALSE, TRUE, sizeof(Month));
    for (size_t i = 0; i + 1 < reply->elements; i += 2) {
        Month month = { .rows = g_ascii_strtoull(reply->element[i + 1]->str,
                                                 NULL, 10) };
        g_strlcpy(month.name, reply->element[i]->str, sizeof(month.name));
        if (strcmp(month.name, from) >= 0 && strcmp(month.name, until) <= 0)
            g_array_append_val(months, month);
    }
    g_array_sort(months, compare_months);
    return months;
}

static unsigned chunk_count(const Month *month)
{
    return (unsigned)((month->rows + LAYOUT_ROWS_IN_CHUNK - 1) /
                      LAYOUT_ROWS_IN_CHUNK);
}

static GPtrArray *chunk_keys(const char *list, const GArray *months)
{
    GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);

    for (unsigned i = 0; i < months->len; i++) {
        const Month *month = &g_array_index(months, Month, i);
        const unsigned chunks = chunk_count(month);
        for (unsigned chunk = 0; chunk < chunks; chunk++)
            g_ptr_array_add(keys, keys_rows(list, month->name, chunk));
    }
    return keys;
}

int store_compare_rows(gconstpointer one, gconstpointer other)
{
    const PostRow *left = one, *right = other;

    if (left->arrival_ms != right->arrival_ms)
        return left->arrival_ms < right->arrival_ms ? -1 : 1;
    return (left->post > right->post) - (left->post < right->post);
}

static bool rows_are_sorted(const GArray *rows)
{
    for (unsigned i = 1; i < rows->len; i++) {
        if (store_compare_rows(&g_array_index(rows, PostRow, i - 1),
                               &g_array_index(rows, PostRow, i)) > 0)
            return false;
    }
    return true;
}

typedef struct RowsWanted {
    int64_t from_ms, until_ms;
    GArray *rows;
    GArray *month_of; /* unsigned: of each chunk; or NULL */
    GArray *found;    /* int64_t, of each month: rows of any arrival */
} RowsWanted;

/* Returns how many rows there are, wanted or not. An erased row has post number
 * 0. */
static int64_t take_rows(const Reply *chunk, const RowsWanted *wanted)
{
    int64_t count = 0;

    if (!reply_is_string(chunk))
        return 0;
    for (size_t at = 0; at + RECORD_ROW_BYTES <= chunk->len;
         at += RECORD_ROW_BYTES) {
        PostRow row;
        record_row_get((const uint8_t *)chunk->str + at, &row);
        count += row.post != 0;
        if (row.post != 0 && row.arrival_ms >= wanted->from_ms &&
            row.arrival_ms < wanted->until_ms)
            g_array_append_val(wanted->rows, row);
    }
    return count;
}

static void take_chunk(const Reply *value, unsigned i, void *data)
{
    const RowsWanted *wanted = data;
    const int64_t count = take_rows(value, wanted);
    if (wanted->month_of != NULL)
        g_array_index(wanted->found, int64_t,
                      g_array_index(wanted->month_of, unsigned, i)) += count;
}

static GPtrArray *names_of(const GArray *months)
{
    GPtrArray *names = g_ptr_array_new();

    for (unsigned i = 0; i < months->len; i++)
        g_ptr_array_add(names, g_array_index(months, Month, i).name);
    return names;
}

static GArray *months_of_chunks(const GArray *months)
{
    GArray *month_of = g_array_new(FALSE, FALSE, sizeof(unsigned));

    for (unsigned i = 0; i < months->len; i++) {
        for (unsigned chunk = 0;
             chunk < chunk_count(&g_array_index(months, Month, i)); chunk++)
            g_array_append_val(month_of, i);
    }
    return month_of;
}

/* Reads the rows of whole months and keeps the wanted ones. */
static bool read_rows(Store *store, const char *list, const GArray *months,
                      RowsWanted *wanted, GError **error)
{
    g_autoptr(GPtrArray) keys = chunk_keys(list, months);
    g_autoptr(GPtrArray) names = names_of(months);
    g_autoptr(GArray) month_of = months_of_chunks(months);
    g_autoptr(GArray) found = g_array_new(FALSE, TRUE, sizeof(int64_t));
    g_autoptr(GArray) counts = missing_month_counts(store, list, names, error);

    g_array_set_size(found, months->len);
    wanted->month_of = month_of;
    wanted->found = found;
    return counts != NULL &&
           store_read_values(store, list, keys, take_chunk, wanted, error) &&
           missing_note_rows(store, list, names, counts, found, error);
}

/* All reading of posts begins here, so this also finds lists that another
 * version counted. */
GArray *store_arrived_rows(Store *store, const char *list, int64_t from_ms,
                           int64_t until_ms, GError **error)
{
    uint32_t last_post = 0;

    if (!store_last_post(store, list, &last_post, error))
        return NULL;
    g_autoptr(GArray) months =
        read_months(store, list, from_ms, until_ms, error);
    if (months == NULL)
        return NULL;
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(PostRow));
    RowsWanted wanted = { .from_ms = from_ms,
                          .until_ms = until_ms,
                          .rows = rows };
    if (!read_rows(store, list, months, &wanted, error))
        return NULL;
    if (!rows_are_sorted(rows))
        g_array_sort(rows, store_compare_rows);
    return g_steal_pointer(&rows);
}

static uint64_t sum_seconds(const Reply *seconds, int64_t from_ms,
                            int64_t until_ms)
{
    uint64_t sum = 0;

    for (size_t i = 0; i + 1 < seconds->elements; i += 2) {
        const int64_t at_ms =
            g_ascii_strtoll(seconds->element[i]->str, NULL, 10) * 1000;
        if (at_ms + 1000 > from_ms && at_ms < until_ms)
            sum += g_ascii_strtoull(seconds->element[i + 1]->str, NULL, 10);
    }
    return sum;
}

/* Asks for the copies of all months from the list's first post until now, or
 * until its last one: copies may come in a month without posts. */
static void ask_for_copies(Batch *batch, const char *list, const GArray *months,
                           int64_t from_ms, int64_t until_ms)
{
    const Month *ends = (const Month *)(void *)months->data;
    char from[32], until[32], now[32];

    if (months->len == 0)
        return;
    keys_month(MAX(from_ms, 0), from);
    keys_month(MAX(until_ms, 0), until);
    keys_month(g_get_real_time() / 1000, now);

    const char *first = strcmp(from, ends[0].name) > 0 ? from : ends[0].name;
    const char *last = ends[months->len - 1].name;

    if (strcmp(last, now) < 0)
        last = now;
    if (strcmp(until, last) < 0)
        last = until;

    const unsigned long last_month = strtoul(last, NULL, 10);

    for (unsigned long month = strtoul(first, NULL, 10); month <= last_month;
         month += month % 100 == 12 ? 89 : 1) {
        g_autofree char *rest = g_strdup_printf("dups:%06lu", month);
        g_autofree char *key = keys_of_list(list, rest);

        batch_add_words(batch, list, "HGETALL", key, NULL);
    }
}

bool list_duplicates(Store *store, const char *list, int64_t from_ms,
                     int64_t until_ms, uint64_t *count, GError **error)
{
    if (store->dated != NULL) {
        *count = 0;
        return true;
    }

    g_autoptr(GArray) months = read_months(store, list, 0, INT64_MAX, error);
    g_autoptr(Batch) batch = batch_new();

    if (months == NULL)
        return false;
    ask_for_copies(batch, list, months, from_ms, until_ms);
    if (!router_run_good(store->router, batch, error))
        return false;
    *count = 0;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        const Reply *reply = batch_reply(batch, i);
        *count += sum_seconds(reply, from_ms, until_ms);
    }
    return true;
}

static bool read_month_ends(Store *store, const char *list, const Month *month,
                            int64_t *first_ms, int64_t *last_ms, GError **error)
{
    g_autoptr(GArray) one = g_array_new(FALSE, FALSE, sizeof(Month));
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(PostRow));
    RowsWanted wanted = { .until_ms = INT64_MAX, .rows = rows };

    g_array_append_vals(one, month, 1);
    g_autoptr(GPtrArray) keys = chunk_keys(list, one);
    if (!store_read_values(store, list, keys, take_chunk, &wanted, error))
        return false;
    for (unsigned i = 0; i < rows->len; i++) {
        const int64_t at = g_array_index(rows, PostRow, i).arrival_ms;
        if (*first_ms == 0 || at < *first_ms)
            *first_ms = at;
        *last_ms = MAX(*last_ms, at);
    }
    return true;
}

bool store_row_ends(Store *store, const char *list, int64_t *first_ms,
                    int64_t *last_ms, GError **error)
{
    g_autoptr(GArray) months = read_months(store, list, 0, INT64_MAX, error);
    unsigned first = 0;

    if (months == NULL)
        return false;
    /* Of months that retention emptied, and of forgotten ones, counters stay.
     */
    while (first < months->len && *first_ms == 0) {
        if (!read_month_ends(store, list, &g_array_index(months, Month, first),
                             first_ms, last_ms, error))
            return false;
        first++;
    }
    const int64_t known_ms = *last_ms;
    for (unsigned i = months->len; i > first && *last_ms == known_ms; i--) {
        if (!read_month_ends(store, list, &g_array_index(months, Month, i - 1),
                             first_ms, last_ms, error))
            return false;
    }
    return true;
}
