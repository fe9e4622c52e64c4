/* SPDX-License-Identifier: MIT */
/*
 * Reads the diffstat of a patch or cover, as git, quilt and diffstat(1) print
 * it, line by line. Rows without a total line are not a diffstat.
 */
#pragma once

#include "patch/line.h"

#include <glib.h>
#include <stdbool.h>

typedef struct PatchDiffstat {
    unsigned files;
    unsigned insertions;
    unsigned deletions;
    bool is_counted; /* from the diff itself, since there is no diffstat */
} PatchDiffstat;

typedef struct PatchDiffstatRow {
    PatchLine path;
    unsigned lines;
} PatchDiffstatRow;

typedef struct PatchDiffstatReader {
    PatchDiffstat stat;
    bool has_total;   /* a whole diffstat was read; later ones are ignored */
    GPtrArray *paths; /* char *, of its rows, renames as the new name */
    unsigned busiest; /* index in paths: where most lines change, of equals the
                         first
 */
    GArray *rows;     /* PatchDiffstatRow, kept until a total confirms them */
} PatchDiffstatReader;

void patch_diffstat_reader_init(PatchDiffstatReader *reader);
void patch_diffstat_reader_clear(PatchDiffstatReader *reader);
/* Reads a line. Returns true if it is part of a diffstat: a row, the total, a
 * mode line. */
bool patch_diffstat_reader_take(PatchDiffstatReader *reader,
                                const PatchLine *line);

/* Returns the path that a row names: "a/c/d" for "a/{b => c}/d", "x" for "x
 * (new)". Owned. */
char *patch_diffstat_path(const PatchLine *path);
