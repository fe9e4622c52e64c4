/* SPDX-License-Identifier: MIT */
/*
 * Reads a text as lines: slices of it, which are never copied and never reach
 * past its end.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct PatchText {
    const char *bytes;
    size_t length;
} PatchText;

typedef struct PatchLine {
    const char *at;
    size_t length; /* without its line end */
    size_t offset; /* in the text */
} PatchLine;

/* Functions that are called for nearly every line are inline. */

/* Returns the line that starts at offset; empty at or after the end. */
static inline PatchLine patch_line_at(PatchText text, size_t offset)
{
    PatchLine line = { text.length > 0 ? text.bytes + text.length : "", 0,
                       text.length };
    const char *end;

    if (offset >= text.length)
        return line;
    line.at = text.bytes + offset;
    line.offset = offset;
    end = memchr(line.at, '\n', text.length - offset);
    line.length = end != NULL ? (size_t)(end - line.at) : text.length - offset;
    return line;
}
/* Returns where the next line starts, at most the text's length. */
static inline size_t patch_line_end(PatchText text, const PatchLine *line)
{
    return MIN(line->offset + line->length + 1, text.length);
}
/* Returns the line after it; empty after the end. */
static inline PatchLine patch_line_after(PatchText text, const PatchLine *line)
{
    return patch_line_at(text, patch_line_end(text, line));
}
/* The line before it; empty at the start. */
PatchLine patch_line_before(PatchText text, const PatchLine *line);

bool patch_line_is_blank(const PatchLine *line);
static inline bool patch_line_starts(const PatchLine *line, const char *prefix)
{
    size_t length = strlen(prefix);

    return line->length >= length && memcmp(line->at, prefix, length) == 0;
}
bool patch_line_starts_any_case(const PatchLine *line, const char *prefix);
static inline bool patch_line_is(const PatchLine *line, const char *text)
{
    return line->length == strlen(text) &&
           memcmp(line->at, text, line->length) == 0;
}
/* Returns what follows the first skip bytes. */
static inline PatchLine patch_line_from(const PatchLine *line, size_t skip)
{
    skip = MIN(skip, line->length);
    return (PatchLine){ line->at + skip, line->length - skip,
                        line->offset + skip };
}
PatchLine patch_line_trim(const PatchLine *line);
/* Return the first and the last place of a byte; the line's length if it has
 * none. */
size_t patch_line_find(const PatchLine *line, char byte);
size_t patch_line_find_last(const PatchLine *line, char byte);
char *patch_line_dup(const PatchLine *line);
/* Returns true for "> ", "> >" and ">" after a few blanks, but not for mbox's
 * ">From ". */
bool patch_line_is_quoted(const PatchLine *line);
/* Moves past decimal digits; returns false and does not move if there are none
 * or more than nine. */
bool patch_line_take_number(PatchLine *line, unsigned *number);
/* Returns how many hexadecimal digits it begins with, as in a commit's id. */
size_t patch_line_hex_digits(const PatchLine *line);
/* Returns true for "From 1f0a... Mon Sep 17 00:00:00 2001", with which git
 * begins a mail. */
bool patch_line_is_git_from(const PatchLine *line);
/* Moves past the text if the line begins with it. */
static inline bool patch_line_take(PatchLine *line, const char *text)
{
    if (!patch_line_starts(line, text))
        return false;
    *line = patch_line_from(line, strlen(text));
    return true;
}
