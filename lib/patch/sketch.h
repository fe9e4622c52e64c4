/* SPDX-License-Identifier: MIT */
/*
 * A few of the lines that a patch adds and removes, so chosen that revisions
 * of one patch mostly choose the same ones: those of the least hash (bottom-k
 * min-hash). Two patches that share such lines share a good part of all.
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

/* A changed line with its sign, blanks left out. Short ones, and those of few
 * letters, stand in any patch: they do not count. */
void patch_sketch_take(PatchSketch *sketch, const PatchLine *line);
/* False if the patch is too small to be known again. values: different ones
 * of PATCH_SKETCH_BITS, none PATCH_SKETCH_NONE. */
bool patch_sketch_values(const PatchSketch *sketch,
                         uint32_t values[PATCH_SKETCH_LINES]);
