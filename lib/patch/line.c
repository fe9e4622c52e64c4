/* SPDX-License-Identifier: MIT */
#include "patch/line.h"

#include <string.h>

enum {
    NUMBER_DIGITS_MAX = 9,
    QUOTE_INDENT_MAX = 3,
};

PatchLine patch_line_at(PatchText text, size_t offset)
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

size_t patch_line_end(PatchText text, const PatchLine *line)
{
    return MIN(line->offset + line->length + 1, text.length);
}

PatchLine patch_line_after(PatchText text, const PatchLine *line)
{
    return patch_line_at(text, patch_line_end(text, line));
}

bool patch_line_is_blank(const PatchLine *line)
{
    for (size_t i = 0; i < line->length; i++)
        if (!g_ascii_isspace(line->at[i]))
            return false;
    return true;
}

bool patch_line_starts_any_case(const PatchLine *line, const char *prefix)
{
    size_t length = strlen(prefix);

    return line->length >= length &&
           g_ascii_strncasecmp(line->at, prefix, length) == 0;
}

bool patch_line_is(const PatchLine *line, const char *text)
{
    return line->length == strlen(text) &&
           memcmp(line->at, text, line->length) == 0;
}

PatchLine patch_line_trim(const PatchLine *line)
{
    PatchLine trimmed = *line;

    while (trimmed.length > 0 && g_ascii_isspace(*trimmed.at))
        trimmed = patch_line_from(&trimmed, 1);
    while (trimmed.length > 0 &&
           g_ascii_isspace(trimmed.at[trimmed.length - 1]))
        trimmed.length--;
    return trimmed;
}

size_t patch_line_find(const PatchLine *line, char byte)
{
    const char *found =
        line->length > 0 ? memchr(line->at, byte, line->length) : NULL;

    return found != NULL ? (size_t)(found - line->at) : line->length;
}

size_t patch_line_find_last(const PatchLine *line, char byte)
{
    for (size_t i = line->length; i > 0; i--)
        if (line->at[i - 1] == byte)
            return i - 1;
    return line->length;
}

char *patch_line_dup(const PatchLine *line)
{
    return g_strndup(line->at, line->length);
}

bool patch_line_is_quoted(const PatchLine *line)
{
    size_t i = 0;

    while (i < line->length && i < QUOTE_INDENT_MAX && line->at[i] == ' ')
        i++;
    if (i == line->length || line->at[i] != '>')
        return false;
    return i > 0 || !patch_line_starts(line, ">From ");
}

bool patch_line_take_number(PatchLine *line, unsigned *number)
{
    size_t digits = 0;
    unsigned value = 0;

    while (digits < line->length && g_ascii_isdigit(line->at[digits])) {
        if (digits == NUMBER_DIGITS_MAX)
            return false;
        value = value * 10 + (unsigned)(line->at[digits++] - '0');
    }
    if (digits == 0)
        return false;
    *line = patch_line_from(line, digits);
    *number = value;
    return true;
}
