/* SPDX-License-Identifier: MIT */
#include "mail/flowed.h"

#include <string.h>

#include <glib.h>

#include "base/banned.h"

typedef struct Line {
    const char *text; /* behind the quote marks and the stuffed blank */
    size_t length;    /* without LF */
    unsigned depth;   /* of quoting */
} Line;

static bool starts_diff(const char *line)
{
    if (*line != 'd' && *line != '@' && *line != 'I')
        return false; /* as most lines */
    return g_str_has_prefix(line, "diff --git ") ||
           g_str_has_prefix(line, "@@ -") || g_str_has_prefix(line, "Index: ");
}

/* Where the unquoted diff starts; the end of the text if there is none. */
static const char *find_diff(const char *text)
{
    while (*text != '\0' && !starts_diff(text)) {
        const char *line_end = strchr(text, '\n');
        text = line_end != NULL ? line_end + 1 : text + strlen(text);
    }
    return text;
}

/* A stuffed diff has no line of one blank and then code: the blank of a
 * context line was doubled. */
static bool is_stuffed(const char *diff)
{
    for (const char *line = diff; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (line[0] == ' ' && line[1] != '\0' &&
            strchr(" >F\r\n", line[1]) == NULL)
            return false;
    }
    return true;
}

static Line read_line(const char *at, const char *stop, bool unstuffs)
{
    Line line = { .text = at };

    while (line.text < stop && *line.text == '>') {
        line.text++;
        line.depth++;
    }
    if (line.text < stop && *line.text == ' ' && (unstuffs || line.depth > 0))
        line.text++;
    line.length = (size_t)(stop - line.text);
    return line;
}

static bool is_signature(const Line *line)
{
    return line->length == 3 && memcmp(line->text, "-- ", 3) == 0;
}

static bool is_flowed(const Line *line)
{
    return line->length > 0 && line->text[line->length - 1] == ' ' &&
           !is_signature(line);
}

static void start_line(GString *out, const Line *line)
{
    for (unsigned i = 0; i < line->depth; i++)
        g_string_append_c(out, '>');
    if (line->depth > 0 && line->length > 0)
        g_string_append_c(out, ' ');
}

typedef struct Writer {
    GString *out;
    bool is_open;   /* the last line was flowed, */
    unsigned depth; /* at this depth */
} Writer;

static void end_paragraph(Writer *writer)
{
    if (writer->is_open)
        g_string_append_c(writer->out, '\n');
    writer->is_open = false;
}

static void write_line(Writer *writer, const Line *line, bool may_join,
                       bool deletes_space)
{
    const bool is_soft = may_join && is_flowed(line);
    const size_t length = line->length - (is_soft && deletes_space ? 1 : 0);

    if (line->depth != writer->depth || !may_join)
        end_paragraph(writer);
    if (!writer->is_open)
        start_line(writer->out, line);
    g_string_append_len(writer->out, line->text, (gssize)length);
    if (!is_soft)
        g_string_append_c(writer->out, '\n');
    writer->is_open = is_soft;
    writer->depth = line->depth;
}

char *mail_flowed_unwrap(const char *text, bool deletes_space)
{
    const char *const diff = find_diff(text);
    const bool unstuffs = is_stuffed(diff);
    const char *const end = text + strlen(text);
    Writer writer = { .out = g_string_sized_new((size_t)(end - text) + 1) };

    while (text < end) {
        const char *line_end = strchr(text, '\n');
        const char *stop = line_end != NULL ? line_end : end;
        const Line line = read_line(text, stop, unstuffs);
        const bool is_fixed = text >= diff && (!unstuffs || line.length == 1);
        const bool may_join = !is_fixed && !is_signature(&line);

        write_line(&writer, &line, may_join, deletes_space);
        text = line_end != NULL ? line_end + 1 : end;
    }
    end_paragraph(&writer);
    return g_string_free(writer.out, FALSE);
}
