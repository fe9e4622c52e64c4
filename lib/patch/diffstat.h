/* SPDX-License-Identifier: MIT */
/*
 * The diffstat of a patch or cover, as git, quilt and diffstat(1) print it,
 * fed line by line. Rows without a total line are a table like any other.
 */
#pragma once

#include "patch/line.h"

#include <glib.h>
#include <stdbool.h>

typedef struct PatchDiffstat {
    unsigned files;
    unsigned insertions;
    unsigned deletions;
    bool is_counted; /* from the diff itself, since no diffstat was there */
} PatchDiffstat;

typedef struct PatchDiffstatRow {
    PatchLine path;
    unsigned lines;
} PatchDiffstatRow;

typedef struct PatchDiffstatReader {
    PatchDiffstat stat;
    bool has_total;   /* one was read whole; later ones are passed over */
    GPtrArray *paths; /* char *, of its rows, renames as the new name */
    unsigned busiest; /* of paths: where most lines change, of equals the first
                       */
    GArray *rows;     /* PatchDiffstatRow, those that wait for a total */
} PatchDiffstatReader;

void patch_diffstat_reader_init(PatchDiffstatReader *reader);
void patch_diffstat_reader_clear(PatchDiffstatReader *reader);
/* True if the line is part of a diffstat: a row, the total, a mode line. */
bool patch_diffstat_reader_take(PatchDiffstatReader *reader,
                                const PatchLine *line);

/* "a/{b => c}/d" is "a/c/d", "x (new)" is "x". Owned. */
char *patch_diffstat_path(const PatchLine *path);
