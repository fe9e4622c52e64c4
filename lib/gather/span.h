/* SPDX-License-Identifier: MIT */
/*
 * The posts of an interval: rows between two ends that are marks or times.
 * By marks the order is (arrival, mark), after the first up to and with the
 * second; by times the end is excluded.
 */
#pragma once

#include "base/interval.h"
#include "store/store.h"

typedef struct Span {
    PostRecord from, to;       /* of the marks; post 0 where it is a time */
    int64_t from_ms, until_ms; /* rows of [from_ms, until_ms) hold it */
    bool is_open_from, is_open_to;
    GArray *rows;    /* PostRow, by arrival */
    PostRecord last; /* its last post; post 0 if it is empty */
} Span;

/* Fails with STORE_ERROR or INTERVAL_ERROR_ORDER. */
bool span_load(Store *store, const char *list, const IntervalRequest *interval,
               Span *span, GError **error);
void span_clear(Span *span);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Span, span_clear)

/* Rows of the interval of equal length before, or an empty array where there
 * is none. */
GArray *span_rows_before(Store *store, const char *list, const Span *span,
                         int64_t now_ms, GError **error);
/* When it ends: for ages. */
int64_t span_end(const Span *span, int64_t now_ms);
