/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdint.h>
#include <string.h>

#include "base/banned.h"

static const char REPLACEMENT[] = "\xef\xbf\xbd"; /* U+FFFD */

static const uint64_t HIGH_BITS = UINT64_C(0x8080808080808080);

enum { UTF8_CONTINUATIONS = 3, ESCAPE_DIGITS = 4 };

/* One decoded character, or one byte that is not part of any. */
typedef struct Character {
    gunichar value;
    size_t length;
    bool is_valid;
} Character;

static Character next_character(const char *text, size_t length)
{
    const uint8_t first = (uint8_t)*text;
    gunichar value = first;

    if (first < 0x80)
        return (Character){ .value = value, .length = 1, .is_valid = true };
    value = g_utf8_get_char_validated(text, (gssize)MIN(length, 6));
    if (value >= (gunichar)-2)
        return (Character){ .length = 1 };
    return (Character){ .value = value,
                        .length = (size_t)g_utf8_skip[first],
                        .is_valid = true };
}

/* Most mail is pure ASCII, so this checks many bytes in a step. */
bool text_is_ascii(const char *bytes, size_t length)
{
    uint64_t seen[4] = { 0 };
    uint8_t rest = 0;
    size_t i = 0;

    for (; i + sizeof(seen) <= length; i += sizeof(seen)) {
        uint64_t next[4];

        memcpy(next, bytes + i, sizeof(next));
        for (size_t k = 0; k < G_N_ELEMENTS(seen); k++)
            seen[k] |= next[k];
    }
    for (; i < length; i++)
        rest |= (uint8_t)bytes[i];
    return ((seen[0] | seen[1] | seen[2] | seen[3]) & HIGH_BITS) == 0 &&
           rest < 0x80;
}

char *text_dup(const char *bytes, size_t length)
{
    char *copy = g_malloc(length + 1);

    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *text_make_valid(const char *bytes, size_t length)
{
    if (length == 0 ||
        (text_is_ascii(bytes, length) && memchr(bytes, '\0', length) == NULL))
        return text_dup(bytes, length);
    return g_utf8_make_valid(bytes, (gssize)length);
}

static bool is_blank(char c)
{
    return g_ascii_isspace(c) || c == '\v';
}

char *text_collapse(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++) {
        if (!is_blank(*from))
            *to++ = *from;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
    return text;
}

/* These are letters or marks in Unicode, but nothing is drawn for them. */
static bool is_blank_letter(gunichar value)
{
    return value == 0x034f || value == 0x115f || value == 0x1160 ||
           value == 0x17b4 || value == 0x17b5 || value == 0x3164 ||
           value == 0xffa0 || (value >= 0xe0000 && value <= 0xe0fff);
}

static bool acts_or_hides(gunichar value)
{
    switch (g_unichar_type(value)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
        return true;
    default:
        return is_blank_letter(value);
    }
}

static bool is_plain_ascii(char c, bool keep_lines)
{
    return (c >= ' ' && c <= '~') || (keep_lines && (c == '\n' || c == '\t'));
}

static size_t plain_run(const char *text, size_t length, bool keep_lines)
{
    size_t run = 0;

    while (run < length && is_plain_ascii(text[run], keep_lines))
        run++;
    return run;
}

static size_t append_one_visible(GString *out, const char *text, size_t length)
{
    const Character character = next_character(text, length);

    if (!character.is_valid)
        g_string_append(out, REPLACEMENT);
    else if (acts_or_hides(character.value))
        g_string_append_printf(out, "<U+%0*X>", ESCAPE_DIGITS, character.value);
    else
        g_string_append_len(out, text, (gssize)character.length);
    return character.length;
}

void text_append_visible(GString *out, const char *text, size_t length,
                         bool keep_lines)
{
    for (size_t at = 0; at < length;) {
        const size_t run = plain_run(text + at, length - at, keep_lines);

        g_string_append_len(out, text + at, (gssize)run);
        at += run;
        if (at < length)
            at += append_one_visible(out, text + at, length - at);
    }
}

char *text_visible(const char *text)
{
    const size_t length = strlen(text);

    if (plain_run(text, length, false) == length)
        return text_dup(text, length);

    GString *out = g_string_sized_new(length);

    text_append_visible(out, text, length, false);
    return g_string_free(out, FALSE);
}

static size_t columns_of(const Character *character)
{
    if (character->length == 1) /* ASCII, or a byte that is shown as U+FFFD */
        return 1;
    return (g_unichar_iszerowidth(character->value) ? 0 : 1) +
           (g_unichar_iswide(character->value) ? 1 : 0);
}

size_t text_columns(const char *text)
{
    size_t columns = 0;
    const size_t length = strlen(text);

    if (text_is_ascii(text, length))
        return length;
    for (size_t at = 0; at < length;) {
        const Character character = next_character(text + at, length - at);

        at += character.length;
        columns += columns_of(&character);
    }
    return columns;
}

/* Returns how many bytes of text take at most so many columns. */
static size_t bytes_of_columns(const char *text, size_t columns)
{
    const size_t length = strlen(text);
    size_t at = 0;

    while (at < length) {
        const Character character = next_character(text + at, length - at);
        const size_t width = columns_of(&character);

        if (width > columns)
            break;
        columns -= width;
        at += character.length;
    }
    return at;
}

/* Returns the last place, at most length, where a word ends: before a blank, or
 * after a sign that joins two; 0 if there is none. */
static size_t end_of_word(const char *text, size_t length, const char *joints)
{
    for (size_t end = length; end > 0; end--) {
        if (joints == NULL ? text[end] == ' '
                           : strchr(joints, text[end - 1]) != NULL)
            return end;
    }
    return 0;
}

/* A long name is cut at one of its joints, if going back to a blank would
 * leave much room empty. */
static size_t end_of_fit(const char *text, size_t length)
{
    enum { LEFT_EMPTY = 6 };
    const size_t blank = end_of_word(text, length, NULL);
    const size_t joint =
        blank + LEFT_EMPTY < length ? end_of_word(text, length, "_-/.:,+@") : 0;
    const size_t end = MAX(blank, joint);

    return end > length / 3 ? end : length;
}

char *text_fit(const char *text, size_t columns)
{
    if (text_columns(text) <= columns)
        return g_strdup(text);

    const size_t length = bytes_of_columns(text, columns > 0 ? columns - 1 : 0);
    g_autofree char *start = g_strndup(text, end_of_fit(text, length));

    return g_strconcat(g_strchomp(start), "\u2026", NULL);
}

char *text_cut(const char *text, size_t max_bytes)
{
    size_t length = strnlen(text, max_bytes);

    for (size_t i = 0; i <= UTF8_CONTINUATIONS && i <= length; i++)
        if (((uint8_t)text[length - i] & 0xc0) != 0x80)
            return g_strndup(text, length - i);
    return g_strndup(text, length);
}

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    return MIN(MIN(a, b), c);
}

/* Optimal string alignment: three rows of the table are enough. */
unsigned text_distance(const char *from, const char *to)
{
    const size_t width = strlen(to) + 1;
    g_autofree unsigned *table = g_new(unsigned, 3 * width);
    unsigned *older = table, *old = table + width, *row = table + 2 * width;

    for (unsigned column = 0; column < width; column++)
        old[column] = column;
    for (unsigned i = 1; from[i - 1] != '\0'; i++) {
        row[0] = i;
        for (size_t j = 1; j < width; j++) {
            row[j] = least(old[j] + 1, row[j - 1] + 1,
                           old[j - 1] + (from[i - 1] != to[j - 1]));
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] &&
                from[i - 2] == to[j - 1])
                row[j] = MIN(row[j], older[j - 2] + 1);
        }
        unsigned *const free_row = older;
        older = old;
        old = row;
        row = free_row;
    }
    return old[width - 1];
}
