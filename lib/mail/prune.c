/* SPDX-License-Identifier: MIT */
#include "mail/prune.h"

#include "mail/address.h"
#include "mail/capture.h"

#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

enum { BOUNDARIES_MAX = 64, BOUNDARY_MAX = 128 };

/* A header block starts at the entity, behind a boundary, and behind the
 * header block of an attached mail; it ends at an empty line. */
typedef struct Pruner {
    char *to;
    bool is_header, is_message; /* this block is one, and of a message/... */
    unsigned headers;
    size_t block, value;     /* bytes of the block and of the header so far */
    unsigned colons, commas; /* of the header */
    GPtrArray *boundaries;
    bool is_wild; /* boundaries that we cannot read: every "--" may be one */
} Pruner;

static void begin_block(Pruner *pruner)
{
    pruner->is_header = true;
    pruner->is_message = false;
    pruner->headers = 0;
    pruner->block = 0;
    pruner->value = 0;
    pruner->colons = 0;
    pruner->commas = 0;
}

static const char *find(const char *line, size_t length, const char *word)
{
    const size_t word_length = strlen(word);

    for (size_t i = 0; i + word_length <= length; i++) {
        if (g_ascii_strncasecmp(line + i, word, word_length) == 0)
            return line + i;
    }
    return NULL;
}

/* boundary=x, boundary="x"; anything else that begins so is beyond us. */
static void note_boundary(Pruner *pruner, const char *line, size_t length)
{
    static const char word[] = "boundary";
    const char *const stop = line + length;
    const char *at = find(line, length, word);

    if (at == NULL)
        return;
    at += strlen(word);
    while (at < stop && (*at == ' ' || *at == '\t'))
        at++;
    const bool is_plain = at < stop && *at == '=';
    if (is_plain)
        for (at++; at < stop && (*at == ' ' || *at == '\t' || *at == '"'); at++)
            ;
    size_t count = 0;
    while (is_plain && at + count < stop &&
           strchr("\"; \t\r", at[count]) == NULL)
        count++;
    if (count == 0 || count > BOUNDARY_MAX ||
        pruner->boundaries->len >= BOUNDARIES_MAX)
        pruner->is_wild = true;
    else
        g_ptr_array_add(pruner->boundaries, g_strndup(at, count));
}

static bool is_boundary(const Pruner *pruner, const char *line, size_t length)
{
    if (length < 2 || line[0] != '-' || line[1] != '-')
        return false;
    for (unsigned i = 0; i < pruner->boundaries->len; i++) {
        const char *boundary = pruner->boundaries->pdata[i];
        const size_t wanted = strlen(boundary);

        if (length - 2 >= wanted && memcmp(line + 2, boundary, wanted) == 0)
            return true;
    }
    return pruner->is_wild;
}

static void put(Pruner *pruner, const char *bytes, size_t length)
{
    memmove(pruner->to, bytes, length);
    pruner->to += length;
}

static void put_header_bytes(Pruner *pruner, const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        pruner->commas += line[i] == ',';
        if (pruner->commas > MAIL_ADDRESS_COMMAS_MAX)
            return;
        const bool is_colon = line[i] == ':';

        pruner->colons += is_colon;
        *pruner->to++ = is_colon && pruner->colons > MAIL_ADDRESS_COLONS_MAX
                            ? '.'
                            : line[i];
    }
}

/* A line of a header block, or what may stay of it; next: behind its end. */
static void put_header_line(Pruner *pruner, const char *line, size_t length,
                            const char *next)
{
    const bool is_folded = *line == ' ' || *line == '\t';

    if (!is_folded) {
        pruner->headers++;
        pruner->value = 0;
        pruner->colons = 0;
        pruner->commas = 0;
    }
    pruner->is_message =
        pruner->is_message || find(line, length, "message/") != NULL;
    note_boundary(pruner, line, length);
    const size_t room = pruner->value < MAIL_CAPTURE_HEADER_MAX
                            ? MAIL_CAPTURE_HEADER_MAX - pruner->value
                            : 0;
    pruner->value += length;
    if (room == 0 || pruner->headers > MAIL_CAPTURE_HEADERS_MAX ||
        pruner->block > MAIL_CAPTURE_BLOCK_MAX)
        return;
    const size_t kept = MIN(length, room);
    pruner->block += kept;
    put_header_bytes(pruner, line, kept);
    put(pruner, line + length, (size_t)(next - line) - length);
}

static void put_line(Pruner *pruner, const char *line, size_t length,
                     const char *next)
{
    const bool is_empty = length == 0 || (length == 1 && *line == '\r');

    if (is_boundary(pruner, line, length)) {
        begin_block(pruner);
        put(pruner, line, (size_t)(next - line));
    } else if (pruner->is_header && !is_empty) {
        put_header_line(pruner, line, length, next);
    } else {
        if (pruner->is_header && pruner->is_message)
            begin_block(pruner);
        else if (is_empty)
            pruner->is_header = false;
        put(pruner, line, (size_t)(next - line));
    }
}

void mail_prune_headers(GByteArray *entity)
{
    char *const start = (char *)entity->data;
    const char *const end = start + entity->len;
    Pruner pruner = { .to = start,
                      .boundaries = g_ptr_array_new_with_free_func(g_free) };

    begin_block(&pruner);
    for (const char *line = start; line < end;) {
        const char *line_end = memchr(line, '\n', (size_t)(end - line));
        const char *const stop = line_end != NULL ? line_end : end;
        const char *const next = line_end != NULL ? line_end + 1 : end;

        put_line(&pruner, line, (size_t)(stop - line), next);
        line = next;
    }
    g_ptr_array_unref(pruner.boundaries);
    g_byte_array_set_size(entity, (guint)(pruner.to - start));
}
