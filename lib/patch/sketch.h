/* SPDX-License-Identifier: MIT */
/*
 * Chooses a few of the lines that a patch adds and removes, in such a way that
 * revisions of one patch mostly choose the same ones: those with the least hash
 * (bottom-k min-hash). Two patches that share such lines share a good part of
 * all lines.
 */
#pragma once

#include "patch/line.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PATCH_SKETCH_LINES = 4,
    PATCH_SKETCH_BITS = 24,
    PATCH_SKETCH_NONE = 0, /* no line's value */
};

typedef struct PatchSketch {
    uint64_t least[PATCH_SKETCH_LINES]; /* different ones, least first */
    unsigned count;
} PatchSketch;

/* Adds a changed line with its sign, without blanks. Short lines and those with
 * few letters occur in any patch and do not count. */
void patch_sketch_take(PatchSketch *sketch, const PatchLine *line);
/* Sets different values of PATCH_SKETCH_BITS, none of them PATCH_SKETCH_NONE.
 * Returns false if the patch is too small to be recognised. */
bool patch_sketch_values(const PatchSketch *sketch,
                         uint32_t values[PATCH_SKETCH_LINES]);
