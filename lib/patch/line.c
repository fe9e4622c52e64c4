/* SPDX-License-Identifier: MIT */
#include "config.h" /* memrchr */

#include "patch/line.h"

#include <string.h>

#include "base/banned.h"

enum {
    NUMBER_DIGITS_MAX = 9,
    QUOTE_INDENT_MAX = 3,
    COMMIT_DIGITS_WHOLE = 40, /* 64 of SHA-256 */
};

PatchLine patch_line_before(PatchText text, const PatchLine *line)
{
    size_t start = line->offset;

    if (start > 0)
        start--;
    while (start > 0 && text.bytes[start - 1] != '\n')
        start--;
    return (PatchLine){ text.bytes + start,
                        line->offset > 0 ? line->offset - 1 - start : 0,
                        start };
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
    const char *found =
        line->length > 0 ? memrchr(line->at, byte, line->length) : NULL;

    return found != NULL ? (size_t)(found - line->at) : line->length;
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

size_t patch_line_hex_digits(const PatchLine *line)
{
    size_t digits = 0;

    while (digits < line->length && g_ascii_isxdigit(line->at[digits]))
        digits++;
    return digits;
}

bool patch_line_is_git_from(const PatchLine *line)
{
    PatchLine rest = *line;

    if (!patch_line_take(&rest, "From "))
        return false;

    const size_t length = patch_line_hex_digits(&rest);

    return length >= COMMIT_DIGITS_WHOLE && length < rest.length &&
           rest.at[length] == ' ';
}
