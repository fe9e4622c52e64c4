/* SPDX-License-Identifier: MIT */
/*
 * Reads the output of git shortlog in covers and pull requests: "A U Thor (3):"
 * and below it, indented, the titles of that many patches, up to a blank line.
 * Titles that `git shortlog -w` or a mailer wrapped are joined.
 */
#pragma once

#include "patch/line.h"

enum { PATCH_LISTED_MAX = 256 }; /* titles kept per mail */

/* A patch that a shortlog lists. */
typedef struct PatchListed {
    char *author; /* a name */
    char *title;
} PatchListed;

/* Begin with { 0 }. */
typedef struct PatchShortlog {
    GPtrArray *listed; /* PatchListed *, or NULL: nothing is kept; lent */
    PatchLine author;
    unsigned left; /* titles that are left of the author's */
    size_t indent; /* of the author's first title */
    bool is_open;
    bool has_kept; /* the title above is the last of listed */
} PatchShortlog;

/* Owned. */
GPtrArray *patch_listed_new(void);
/* Reads the next line of a text, which must outlive the shortlog. Returns true
 * if the line is part of a shortlog, and keeps the title that it lists. */
bool patch_shortlog_take(PatchShortlog *shortlog, const PatchLine *line);
/* Ends a shortlog at a blank line, or at one that is not the mail's own text.
 */
void patch_shortlog_end(PatchShortlog *shortlog);
