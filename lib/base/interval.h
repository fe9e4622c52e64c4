/* SPDX-License-Identifier: MIT */
/*
 * Reads intervals as people write them: section 8 of the specification. The
 * parser is pure and gets the time as an argument; marks are passed on, since
 * only the store knows them. The words are listed in moment.h and listpulse(1).
 */
#pragma once

#include "base/moment.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct IntervalRequest {
    char *from_mark;  /* hex prefix, lower case, or NULL: after this post */
    char *until_mark; /* or NULL: up to and with this post */
    bool has_from, has_until; /* a time was given; neither and no mark: open */
    int64_t from_ms;          /* included; since 1970 */
    int64_t until_ms;         /* excluded */
} IntervalRequest;

typedef struct IntervalWords {
    const char *range;                /* "A..B", "A..", "A", or NULL */
    const char *since, *until, *last; /* as given, or NULL */
    const char *timezone;             /* as in moment.h */
    int64_t now_ms;
} IntervalWords;

typedef enum IntervalError {
    INTERVAL_ERROR_UNREADABLE, /* the message names the word and shows the
                                  forms */
    INTERVAL_ERROR_ORDER,      /* from is later than until */
    INTERVAL_ERROR_TIMEZONE,
} IntervalError;
#define INTERVAL_ERROR interval_error_quark()
GQuark interval_error_quark(void);

/*
 * Nothing given: the 24 hours before now. since: from the start of the time
 * that it names, with an open end; until: up to the start of the time that it
 * names ("--until 2025-10" ends with September). last: "7d", "12h", "week", "3
 * months", back from until or from now. range: its ends may be marks (4 to 40
 * hex digits) or times, also one of each. As B's post belongs to A..B, so does
 * the day, week, month or year that B names: 2025-09..2025-10 is two months.
 * "A.." and "..B" are open; a day, week, month or year alone is that interval.
 * Digits that may be both are a time if they are a year from 1970 to 2099
 * (2025) or a date in it (20251031), else a mark; one more digit of the mark
 * resolves this.
 */
bool interval_parse(const IntervalWords *words, IntervalRequest *request,
                    GError **error);
void interval_request_clear(IntervalRequest *request);
/* Reads one time: sets its start and, if end is not NULL, the end of the day,
 * week, month or year that was named (an instant ends where it starts). */
bool interval_parse_time(const char *text, const char *zone_name,
                         int64_t now_ms, int64_t *start_ms, int64_t *end_ms,
                         GError **error);
