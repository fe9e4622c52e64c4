/* SPDX-License-Identifier: MIT */
#include "patch/sketch.h"

#include <string.h>

#include <glib.h>

#include "base/banned.h"

enum {
    LENGTH_MIN = 15, /* bytes of a line, its sign included */
    LETTERS_MIN = 12,
    WORD_BYTES = 8,
};

static const uint64_t FACTOR = UINT64_C(0x9e3779b97f4a7c15);
static const uint64_t VALUE_MASK = (UINT64_C(1) << PATCH_SKETCH_BITS) - 1;

/* Stored: the same on every machine. */
static uint64_t read_word(const char *at, size_t length)
{
    uint64_t word = 0;

    memcpy(&word, at, length);
    return GUINT64_FROM_LE(word);
}

static uint64_t mix(uint64_t hash)
{
    hash = (hash ^ hash >> 32) * FACTOR;
    return hash ^ hash >> 29;
}

/* Nobody is kept from making lines of one hash, nor from copying lines: what
 * they win is that one patch of theirs is taken for another's revision. */
static uint64_t hash_line(const PatchLine *line)
{
    uint64_t hash = line->length * FACTOR;
    size_t at = 0;

    for (; line->length - at >= WORD_BYTES; at += WORD_BYTES)
        hash = mix(hash ^ read_word(line->at + at, WORD_BYTES));
    hash = mix(hash ^ read_word(line->at + at, line->length - at));
    return mix(hash);
}

static bool has_letters(const PatchLine *line)
{
    unsigned letters = 0;

    for (size_t i = 0; i < line->length && letters < LETTERS_MIN; i++)
        letters +=
            g_ascii_isalnum(line->at[i]) || (unsigned char)line->at[i] >= 0x80;
    return letters == LETTERS_MIN;
}

static bool is_least(const PatchSketch *sketch, uint64_t hash)
{
    return sketch->count < PATCH_SKETCH_LINES ||
           hash < sketch->least[PATCH_SKETCH_LINES - 1];
}

static void insert(PatchSketch *sketch, uint64_t hash)
{
    unsigned place = 0;

    while (place < sketch->count && sketch->least[place] < hash)
        place++;
    if (place < sketch->count && sketch->least[place] == hash)
        return;
    if (sketch->count < PATCH_SKETCH_LINES)
        sketch->count++;
    for (unsigned i = sketch->count - 1; i > place; i--)
        sketch->least[i] = sketch->least[i - 1];
    sketch->least[place] = hash;
}

void patch_sketch_take(PatchSketch *sketch, const PatchLine *line)
{
    uint64_t hash;

    if (line->length < LENGTH_MIN)
        return;
    hash = hash_line(line);
    if (is_least(sketch, hash) && has_letters(line))
        insert(sketch, hash);
}

static bool has_value(const uint32_t *values, unsigned count, uint32_t value)
{
    for (unsigned i = 0; i < count; i++) {
        if (values[i] == value)
            return true;
    }
    return false;
}

bool patch_sketch_values(const PatchSketch *sketch,
                         uint32_t values[PATCH_SKETCH_LINES])
{
    if (sketch->count < PATCH_SKETCH_LINES)
        return false;
    for (unsigned i = 0; i < PATCH_SKETCH_LINES; i++) {
        values[i] = (uint32_t)(sketch->least[i] & VALUE_MASK);
        if (values[i] == PATCH_SKETCH_NONE || has_value(values, i, values[i]))
            return false;
    }
    return true;
}
