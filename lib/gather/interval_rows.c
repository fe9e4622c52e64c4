/* SPDX-License-Identifier: MIT */
#include "gather/interval_rows.h"

#include "base/banned.h"

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

/* Of two times, who asks has compared them. A mark at the very time of the
 * other end is no mistake, though nothing lies between. */
static bool is_in_order(const IntervalRequest *interval,
                        const IntervalRows *span)
{
    if (span->from.post != 0 && span->to.post != 0)
        return record_compare(&span->from, &span->to) <= 0;
    if (span->from.post != 0)
        return span->from_ms <= span->until_ms;
    return span->to.post == 0 || !interval->has_from ||
           span->from_ms <= span->to.arrival_ms;
}

static bool check_order(const IntervalRequest *interval,
                        const IntervalRows *span, GError **error)
{
    if (is_in_order(interval, span))
        return true;
    g_set_error(error, INTERVAL_ERROR, INTERVAL_ERROR_ORDER,
                "%s is later than %s",
                interval->from_mark != NULL ? interval->from_mark
                                            : "the start of the interval",
                interval->until_mark != NULL ? interval->until_mark
                                             : "the end of the interval");
    return false;
}

static bool find_ends(Store *store, const char *list,
                      const IntervalRequest *interval, IntervalRows *span,
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
    return check_order(interval, span, error);
}

/* --- rows of the very millisecond of an end --------------------------- */

static bool is_at_end(const IntervalRows *span, const PostRow *row)
{
    return (span->from.post != 0 && row->arrival_ms == span->from.arrival_ms) ||
           (span->to.post != 0 && row->arrival_ms == span->to.arrival_ms);
}

static bool is_within(const IntervalRows *span, const PostRecord *record)
{
    return (span->from.post == 0 || record_compare(record, &span->from) > 0) &&
           (span->to.post == 0 || record_compare(record, &span->to) <= 0);
}

static GArray *posts_at_ends(const IntervalRows *span)
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
static bool cut_ends(Store *store, const char *list, IntervalRows *span,
                     GError **error)
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
static bool find_last(Store *store, const char *list, IntervalRows *span,
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

bool interval_rows_load(Store *store, const char *list,
                        const IntervalRequest *interval, IntervalRows *span,
                        GError **error)
{
    *span = (IntervalRows){ 0 };
    if (!find_ends(store, list, interval, span, error))
        return false;
    span->rows = store_rows(store, list, span->from_ms, span->until_ms, error);
    return span->rows != NULL && cut_ends(store, list, span, error) &&
           find_last(store, list, span, error);
}

void interval_rows_clear(IntervalRows *span)
{
    record_post_clear(&span->from);
    record_post_clear(&span->to);
    record_post_clear(&span->last);
    g_clear_pointer(&span->rows, g_array_unref);
}

int64_t interval_rows_end(const IntervalRows *span, int64_t now_ms)
{
    const int64_t end_ms =
        span->to.post != 0 ? span->to.arrival_ms : span->until_ms;

    return MIN(end_ms, now_ms);
}

bool interval_rows_is_after(const IntervalRows *span, const PostRecord *record)
{
    if (span->to.post != 0)
        return record_compare(record, &span->to) > 0;
    return record->arrival_ms >= span->until_ms;
}
