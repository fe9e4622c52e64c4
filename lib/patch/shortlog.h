/* SPDX-License-Identifier: MIT */
/*
 * git shortlog, as covers and pull requests hold it: "A U Thor (3):" and below
 * it, indented, the titles of that many patches, up to a blank line. Titles
 * that `git shortlog -w` or a mailer broke are put together.
 */
#pragma once

#include "patch/line.h"

enum { PATCH_LISTED_MAX = 256 }; /* titles that are kept of one mail */

/* A patch that a shortlog lists. */
typedef struct PatchListed {
    char *author; /* a name */
    char *title;
} PatchListed;

/* Begin with { 0 }. */
typedef struct PatchShortlog {
    GPtrArray *listed; /* PatchListed *, or NULL: nothing is kept; lent */
    PatchLine author;
    unsigned left; /* titles that the author still has */
    size_t indent; /* of the author's first title */
    bool is_open;
    bool has_kept; /* the title above is the last of listed */
} PatchShortlog;

/* Owned. */
GPtrArray *patch_listed_new(void);
/* Is this line one of a shortlog? What it lists is kept. Lines are given one
 * after the other, in a text that stays. */
bool patch_shortlog_take(PatchShortlog *shortlog, const PatchLine *line);
/* A blank line, or one that is no text of the mail's own, came. */
void patch_shortlog_end(PatchShortlog *shortlog);
