/* SPDX-License-Identifier: MIT */
#include "store/dated.h"

#include "activity/author.h"
#include "store/internal.h"
#include "store/list.h"

#include "base/banned.h"

enum { BLOCK = 4096 };

typedef struct DatedRow {
    PostRow row; /* its arrival is the Date; first: store_compare_rows */
    int64_t arrival_ms;
    bool is_spoken_for; /* a relay sent it for its author */
} DatedRow;

struct Dated {
    GArray *rows; /* DatedRow, by Date, then number */
};

void dated_free(Dated *dated)
{
    if (dated == NULL)
        return;
    g_array_unref(dated->rows);
    g_free(dated);
}

static const DatedRow *row_at(const Dated *dated, unsigned i)
{
    return &g_array_index(dated->rows, DatedRow, i);
}

/* --- reading ---------------------------------------------------------------
 */

/* A post whose record is gone stays where it arrived. Records come by Date
 * already: see list_posts_read(). */
static void add_row(Dated *dated, const PostRow *row, const PostRecord *record)
{
    DatedRow own = { .row = *row, .arrival_ms = row->arrival_ms };

    if (record->post != 0) {
        own.row.arrival_ms = record->arrival_ms;
        own.is_spoken_for = author_is_spoken_for(record->flags);
    }
    g_array_append_val(dated->rows, own);
}

/* Some at a time: the records of a whole list need not be in memory at once. */
static bool read_block(ListPosts *reading, const GArray *rows, unsigned from,
                       Dated *dated, GError **error)
{
    const unsigned count = MIN(rows->len - from, (unsigned)BLOCK);
    g_autofree uint32_t *posts = g_new(uint32_t, count);

    for (unsigned i = 0; i < count; i++)
        posts[i] = g_array_index(rows, PostRow, from + i).post;
    g_autoptr(GArray) records = list_posts_read(reading, posts, count, error);

    if (records == NULL)
        return false;
    for (unsigned i = 0; i < count; i++)
        add_row(dated, &g_array_index(rows, PostRow, from + i),
                &g_array_index(records, PostRecord, i));
    return true;
}

static Dated *read_list(Store *store, const char *list, GError **error)
{
    g_autoptr(GArray) rows =
        store_arrived_rows(store, list, 0, INT64_MAX, error);

    if (rows == NULL)
        return NULL;

    Dated *dated = g_new0(Dated, 1);

    dated->rows = g_array_sized_new(FALSE, FALSE, sizeof(DatedRow), rows->len);
    for (unsigned from = 0; from < rows->len; from += BLOCK) {
        g_autoptr(ListPosts) reading = list_posts_new(store, list);

        if (!read_block(reading, rows, from, dated, error)) {
            dated_free(dated);
            return NULL;
        }
    }
    g_array_sort(dated->rows, store_compare_rows);
    return dated;
}

static void release(gpointer dated)
{
    dated_free(dated);
}

void store_read_by_date(Store *store)
{
    if (store->dated == NULL)
        store->dated =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, release);
}

const Dated *dated_of(Store *store, const char *list, GError **error)
{
    Dated *dated = g_hash_table_lookup(store->dated, list);

    if (dated != NULL)
        return dated;
    dated = read_list(store, list, error);
    if (dated != NULL)
        g_hash_table_insert(store->dated, g_strdup(list), dated);
    return dated;
}

/* --- what is asked ----------------------------------------------------------
 */

static GArray *dated_rows(const Dated *dated, int64_t from_ms, int64_t until_ms)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(PostRow));

    for (unsigned i = 0; i < dated->rows->len; i++) {
        const PostRow *row = &row_at(dated, i)->row;

        if (row->arrival_ms >= from_ms && row->arrival_ms < until_ms)
            g_array_append_vals(rows, row, 1);
    }
    return rows;
}

GArray *list_rows(Store *store, const char *list, int64_t from_ms,
                  int64_t until_ms, GError **error)
{
    if (store->dated == NULL)
        return store_arrived_rows(store, list, from_ms, until_ms, error);

    const Dated *dated = dated_of(store, list, error);

    return dated != NULL ? dated_rows(dated, from_ms, until_ms) : NULL;
}

void dated_ends(const Dated *dated, int64_t *first_ms, int64_t *last_ms)
{
    const unsigned count = dated->rows->len;

    *first_ms = count > 0 ? row_at(dated, 0)->row.arrival_ms : 0;
    *last_ms = count > 0 ? row_at(dated, count - 1)->row.arrival_ms : 0;
}

int64_t dated_latest_arrival(const Dated *dated, int64_t at_ms)
{
    int64_t latest_ms = 0;

    for (unsigned i = 0; i < dated->rows->len; i++) {
        const DatedRow *row = row_at(dated, i);

        if (row->row.arrival_ms <= at_ms)
            latest_ms = MAX(latest_ms, row->arrival_ms);
    }
    return latest_ms;
}

static bool is_authored(const PostRow *row)
{
    return row->kind == POST_PATCH || row->kind == POST_COVER;
}

uint32_t dated_last_person(const Dated *dated)
{
    uint32_t last = 0;

    for (unsigned i = 0; i < dated->rows->len; i++) {
        const PostRow *row = &row_at(dated, i)->row;

        last = MAX(last, MAX(row->sender, row->author));
    }
    return last;
}

static void note(int64_t *first_ms, int64_t at_ms)
{
    *first_ms = MIN(*first_ms, at_ms);
}

/* Notes the same as count.lua. */
void dated_note_firsts(const Dated *dated, const uint32_t *same,
                       int64_t *firsts)
{
    for (unsigned i = 0; i < dated->rows->len; i++) {
        const DatedRow *dated_row = row_at(dated, i);
        const PostRow *row = &dated_row->row;
        int64_t *of_author = &firsts[(size_t)2 * same[row->author]];

        note(&firsts[(size_t)2 * same[row->sender]], row->arrival_ms);
        if (dated_row->is_spoken_for)
            note(of_author, row->arrival_ms);
        if (is_authored(row))
            note(of_author + 1, row->arrival_ms);
    }
}
