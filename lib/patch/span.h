/* SPDX-License-Identifier: MIT */
/*
 * A piece of text that is read forward and never past its end; the grammar of
 * subjects takes words and numbers from it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { SPAN_DIGITS_MAX = 5 }; /* a longer number is none */

typedef struct Span {
    const char *at;
    const char *end;
} Span;

/* Returns the first byte that is not a blank; U+00A0 is one. */
static inline const char *span_skip_blanks(const char *at)
{
    for (;;) {
        if (g_ascii_isspace(*at))
            at++;
        else if (strncmp(at, "\xc2\xa0", 2) == 0)
            at += 2;
        else
            return at;
    }
}

static inline size_t span_length(const Span *span)
{
    return (size_t)(span->end - span->at);
}

/* Returns true if a span is this word, in whatever case. */
static inline bool span_is(const Span *span, const char *word)
{
    size_t length = strlen(word);

    return span_length(span) == length &&
           g_ascii_strncasecmp(span->at, word, length) == 0;
}

/* Takes the digits at the span's start; false if there are none or too many. */
static inline bool span_take_number(Span *span, unsigned *number)
{
    const char *at = span->at;
    unsigned value = 0;

    while (at < span->end && g_ascii_isdigit(*at)) {
        if (at - span->at == SPAN_DIGITS_MAX)
            return false;
        value = value * 10 + (unsigned)(*at++ - '0');
    }
    if (at == span->at)
        return false;
    span->at = at;
    *number = value;
    return true;
}

/* Takes one character if it is one of these. */
static inline bool span_take_char(Span *span, const char *any_of)
{
    if (span->at == span->end || strchr(any_of, *span->at) == NULL)
        return false;
    span->at++;
    return true;
}
