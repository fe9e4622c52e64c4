/* SPDX-License-Identifier: MIT */
/*
 * Loads the rows of an interval between two ends, each a mark or a time. Rows
 * are ordered by (arrival, mark). A mark at the start is excluded and one at
 * the end included; a time at the start is included and one at the end
 * excluded.
 */
#pragma once

#include "base/interval.h"
#include "store/store.h"

typedef struct IntervalRows {
    PostRecord from, to;       /* of the marks; post 0 where it is a time */
    int64_t from_ms, until_ms; /* rows of [from_ms, until_ms) hold it */
    bool is_open_from, is_open_to;
    GArray *rows;    /* PostRow, by arrival */
    PostRecord last; /* its last post; post 0 if it is empty */
} IntervalRows;

/* Fails with STORE_ERROR or INTERVAL_ERROR_ORDER. */
bool interval_rows_load(Store *store, const char *list,
                        const IntervalRequest *interval, IntervalRows *span,
                        GError **error);
void interval_rows_clear(IntervalRows *span);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(IntervalRows, interval_rows_clear)

/* Returns true if a post came after the interval. */
bool interval_rows_is_after(const IntervalRows *span, const PostRecord *record);
/* Returns when the interval ends, at most now_ms: ages are measured up to it.
 */
int64_t interval_rows_end(const IntervalRows *span, int64_t now_ms);
