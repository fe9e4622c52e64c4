/* SPDX-License-Identifier: MIT */
#include "report/span.h"

#include "base/hex.h"
#include "base/moment.h"

#include <string.h>

#include "base/banned.h"

enum { SHOWN_DIGITS = 9, MARK_DIGITS = 2 * RECORD_MARK_BYTES };

static const int64_t OPEN_MS = INT64_MAX;

/* --- ends ------------------------------------------------------------- */

static bool find_post(Store *store, const char *list, const char *mark,
                      PostRecord *record, GError **error)
{
    uint32_t post;

    if (!store_find_mark(store, list, mark, &post, error))
        return false;

    g_autoptr(GArray) records = store_posts(store, list, &post, 1, error);

    if (records == NULL)
        return false;

    PostRecord *found = &g_array_index(records, PostRecord, 0);

    if (found->post == 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                    "%s: this post is no longer kept", mark);
        return false;
    }
    *record = *found;
    *found = (PostRecord){ 0 };
    return true;
}

static bool find_ends(Store *store, const char *list,
                      const IntervalRequest *interval, Span *span,
                      GError **error)
{
    span->is_open_from = !interval->has_from && interval->from_mark == NULL;
    span->is_open_to = !interval->has_until && interval->until_mark == NULL;
    span->from_ms = interval->has_from ? MAX(interval->from_ms, 0) : 0;
    span->until_ms = interval->has_until ? interval->until_ms : OPEN_MS;
    if (interval->from_mark != NULL) {
        if (!find_post(store, list, interval->from_mark, &span->from, error))
            return false;
        span->from_ms = span->from.arrival_ms;
    }
    if (interval->until_mark != NULL) {
        if (!find_post(store, list, interval->until_mark, &span->to, error))
            return false;
        span->until_ms = span->to.arrival_ms + 1;
    }
    if (span->from.post == 0 || span->to.post == 0 ||
        record_compare(&span->from, &span->to) <= 0)
        return true;
    g_set_error(error, INTERVAL_ERROR, INTERVAL_ERROR_ORDER, "%s lies after %s",
                interval->from_mark, interval->until_mark);
    return false;
}

/* --- rows of the very millisecond of an end --------------------------- */

static bool is_at_end(const Span *span, const PostRow *row)
{
    return (span->from.post != 0 && row->arrival_ms == span->from.arrival_ms) ||
           (span->to.post != 0 && row->arrival_ms == span->to.arrival_ms);
}

static bool is_within(const Span *span, const PostRecord *record)
{
    return (span->from.post == 0 || record_compare(record, &span->from) > 0) &&
           (span->to.post == 0 || record_compare(record, &span->to) <= 0);
}

static GArray *posts_at_ends(const Span *span)
{
    GArray *posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = 0; i < span->rows->len; i++) {
        const PostRow *row = &g_array_index(span->rows, PostRow, i);

        if (is_at_end(span, row))
            g_array_append_val(posts, row->post);
    }
    return posts;
}

/* Rows do not hold marks; the few records that share an end's millisecond do.
 */
static bool cut_ends(Store *store, const char *list, Span *span, GError **error)
{
    g_autoptr(GArray) posts = posts_at_ends(span);

    if (posts->len == 0)
        return true;

    g_autoptr(GArray) records = store_posts(
        store, list, (const uint32_t *)(void *)posts->data, posts->len, error);
    unsigned kept = 0, at = 0;

    if (records == NULL)
        return false;
    for (unsigned i = 0; i < span->rows->len; i++) {
        const PostRow row = g_array_index(span->rows, PostRow, i);

        if (is_at_end(span, &row) &&
            !is_within(span, &g_array_index(records, PostRecord, at++)))
            continue;
        g_array_index(span->rows, PostRow, kept++) = row;
    }
    g_array_set_size(span->rows, kept);
    return true;
}

/* The last by (arrival, mark), where several arrived in one millisecond. */
static bool find_last(Store *store, const char *list, Span *span,
                      GError **error)
{
    const unsigned count = span->rows->len;
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = count; i-- > 0;) {
        const PostRow *row = &g_array_index(span->rows, PostRow, i);

        if (row->arrival_ms !=
            g_array_index(span->rows, PostRow, count - 1).arrival_ms)
            break;
        g_array_append_val(posts, row->post);
    }
    if (posts->len == 0)
        return true;

    g_autoptr(GArray) records = store_posts(
        store, list, (const uint32_t *)(void *)posts->data, posts->len, error);

    if (records == NULL)
        return false;
    for (unsigned i = 0; i < records->len; i++) {
        PostRecord *record = &g_array_index(records, PostRecord, i);

        if (record->post == 0 ||
            (span->last.post != 0 && record_compare(record, &span->last) < 0))
            continue;

        const PostRecord before = span->last;

        span->last = *record;
        *record = before;
    }
    return true;
}

bool span_load(Store *store, const char *list, const IntervalRequest *interval,
               Span *span, GError **error)
{
    *span = (Span){ 0 };
    if (!find_ends(store, list, interval, span, error))
        return false;
    span->rows = store_rows(store, list, span->from_ms, span->until_ms, error);
    return span->rows != NULL && cut_ends(store, list, span, error) &&
           find_last(store, list, span, error);
}

void span_clear(Span *span)
{
    record_post_clear(&span->from);
    record_post_clear(&span->to);
    record_post_clear(&span->last);
    g_clear_pointer(&span->rows, g_array_unref);
}

int64_t span_end(const Span *span, int64_t now_ms)
{
    if (span->to.post != 0)
        return span->to.arrival_ms;
    return MIN(span->until_ms, now_ms);
}

GArray *span_rows_before(Store *store, const char *list, const Span *span,
                         int64_t now_ms, GError **error)
{
    const int64_t end =
        span->until_ms == OPEN_MS ? span_end(span, now_ms) : span->until_ms;
    /* Up to and with the post that the interval starts after. */
    const int64_t start = span->from_ms + (span->from.post != 0 ? 1 : 0);

    if (span->is_open_from || end <= start)
        return g_array_new(FALSE, FALSE, sizeof(PostRow));
    return store_rows(store, list, MAX(start - (end - start), 0), start, error);
}

/* --- names ------------------------------------------------------------ */

static char *hex_of(const PostRecord *record)
{
    char *mark = g_malloc(MARK_DIGITS + 1);

    hex_encode(record->mark, RECORD_MARK_BYTES, mark);
    return mark;
}

/* As many digits as no other post of the list begins with. */
static char *shorten(Store *store, const char *list, const char *mark,
                     GError **error)
{
    for (unsigned digits = SHOWN_DIGITS; digits < MARK_DIGITS; digits++) {
        g_autofree char *prefix = g_strndup(mark, digits);
        g_autoptr(GError) failure = NULL;
        uint32_t post;

        if (store_find_mark(store, list, prefix, &post, &failure))
            return g_steal_pointer(&prefix);
        if (g_error_matches(failure, STORE_ERROR, STORE_ERROR_AMBIGUOUS))
            continue;
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    return g_strdup(mark);
}

static bool name_mark(Store *store, const char *list, const PostRecord *record,
                      DigestEnd *end, GError **error)
{
    end->mark = hex_of(record);
    end->time_ms = record->arrival_ms;
    end->shown = shorten(store, list, end->mark, error);
    return end->shown != NULL;
}

static void name_time(int64_t time_ms, const char *zone_name, DigestEnd *end)
{
    end->time_ms = time_ms;
    end->shown = moment_show(time_ms, zone_name);
}

static void name_open(const char *words, DigestEnd *end)
{
    end->time_ms = -1;
    end->shown = g_strdup(words);
}

bool span_name_ends(Store *store, const char *list, const Span *span,
                    const char *zone_name, Digest *digest, GError **error)
{
    if (span->last.post != 0)
        digest->last_mark = hex_of(&span->last);
    if (span->from.post != 0) {
        if (!name_mark(store, list, &span->from, &digest->from, error))
            return false;
    } else if (span->is_open_from) {
        name_open("the start", &digest->from);
    } else {
        name_time(span->from_ms, zone_name, &digest->from);
    }
    if (span->to.post != 0)
        return name_mark(store, list, &span->to, &digest->to, error);
    if (!span->is_open_to)
        name_time(span->until_ms, zone_name, &digest->to);
    else if (span->last.post != 0)
        return name_mark(store, list, &span->last, &digest->to, error);
    else
        name_open("the end", &digest->to);
    return true;
}
