/* SPDX-License-Identifier: MIT */
/*
 * Follows a diff of git, svn, cvs, hg, got, quilt or diff(1) in a text line by
 * line, and finds what it changes and its patch id. Inside a hunk nothing is a
 * header, a trailer or a signature, whatever it looks like: the counts of the
 * hunk say where it ends.
 */
#pragma once

#include "base/sha.h"
#include "patch/line.h"
#include "patch/sketch.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { PATCH_ID_BYTES = SHA1_BYTES, PATCH_OBJECT_ID_MAX = 64 };

typedef enum PatchDiffPlace {
    PATCH_DIFF_OUTSIDE,
    PATCH_DIFF_INDEX,  /* "Index: x" was read; a "diff" line may follow for the
                          same file */
    PATCH_DIFF_HEADER, /* of a file, before its first hunk */
    PATCH_DIFF_HUNK,
    PATCH_DIFF_BINARY,   /* base 85 data */
    PATCH_DIFF_OLD,      /* the "*** 1,3 ****" half of a context diff's hunk */
    PATCH_DIFF_NEW,      /* its "--- 1,3 ----" half */
    PATCH_DIFF_COMBINED, /* the hunk of a merge, which has no such counts */
} PatchDiffPlace;

/* The patch id, summed up file by file as `git patch-id --stable` does. */
typedef struct PatchDiffSum {
    GString *file;    /* what is summed so far for the current file; or NULL */
    bool is_finished; /* the text's first patch has ended */
    bool is_binary;
    bool has_names; /* "--- x" of the file was summed */
    size_t length;  /* of all that was summed */
    uint8_t bytes[PATCH_ID_BYTES];
    char old_object[PATCH_OBJECT_ID_MAX + 1];
    char new_object[PATCH_OBJECT_ID_MAX + 1];
} PatchDiffSum;

typedef struct PatchDiff {
    bool has_header; /* a header of any style, or a hunk */
    bool has_hunk;   /* a hunk or binary patch */
    unsigned insertions, deletions;
    GPtrArray *paths; /* char *, one a file, new names before old ones */
    unsigned busiest; /* index in paths: where most lines change, of equals the
                         first
 */
    unsigned busiest_lines, file_lines; /* changed lines of busiest, and of the
                                           current file */
    PatchDiffPlace place;
    unsigned old_left, new_left; /* lines that are left of the hunk */
    bool is_all_new;             /* the hunk has no old lines: the file is
                                    new */
    bool wants_name;             /* the next line is a file name that was
                                    wrapped
 */
    size_t line_length;          /* of the last line of the hunk that was
                                    read */
    PatchDiffSum sum;
    PatchSketch sketch; /* of the lines that are summed */
} PatchDiff;

void patch_diff_init(PatchDiff *diff);
void patch_diff_clear(PatchDiff *diff);
/* Reads a line. Returns true if it is part of a diff. */
bool patch_diff_take(PatchDiff *diff, PatchText text, const PatchLine *line);
/* Ends the reading and returns the patch id as 40 hex digits; NULL if there was
 * no hunk. Owned. */
char *patch_diff_id(PatchDiff *diff);
