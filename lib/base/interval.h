/* SPDX-License-Identifier: MIT */
/*
 * Intervals as people write them: section 8 of the specification. One pure
 * parser, told the time; marks are handed on, since only the store knows
 * them.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct IntervalRequest {
    char *from_mark;  /* hex prefix, lower case, or NULL */
    char *until_mark; /* or NULL */
    bool has_from, has_until;
    int64_t from_ms;  /* included; since 1970 */
    int64_t until_ms; /* excluded */
} IntervalRequest;

typedef struct IntervalWords {
    const char *range; /* "A..B", "A..", or NULL */
    const char *since, *until, *last; /* as given, or NULL */
    const char *timezone; /* Olson name; NULL or "" is UTC */
    int64_t now_ms;
} IntervalWords;

typedef enum IntervalError {
    INTERVAL_ERROR_UNREADABLE, /* names the word and shows forms */
    INTERVAL_ERROR_ORDER,      /* from lies after until */
    INTERVAL_ERROR_TIMEZONE,
} IntervalError;
#define INTERVAL_ERROR interval_error_quark()
GQuark interval_error_quark(void);

/* Nothing given: the 24 hours before now. The range's ends may be marks (4 to
 * 40 hex digits) or times. */
bool interval_parse(const IntervalWords *words, IntervalRequest *request,
                    GError **error);
void interval_request_clear(IntervalRequest *request);
/* One moment: its start; and, if end is not NULL, where the day, week, month
 * or year that was named ends (an instant ends where it starts). */
bool interval_parse_time(const char *text, const char *timezone,
                         int64_t now_ms, int64_t *start_ms, int64_t *end_ms,
                         GError **error);
