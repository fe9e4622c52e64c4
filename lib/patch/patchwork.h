/* SPDX-License-Identifier: MIT */
/*
 * Reads the mail that Patchwork sends to an author: for each patch its title,
 * its link, and its old and new state ("now: Accepted").
 */
#pragma once

#include "patch/line.h"

#include <glib.h>

/* A patch that the mail calls accepted, mainlined or queued. */
typedef struct PatchAccepted {
    char *title; /* with its groups, without the project's name */
    char *link;  /* or "" */
} PatchAccepted;

/* Returns PatchAccepted (owned) in the order of the mail; NULL if the text is
 * not such a mail. */
GPtrArray *patchwork_accepted(PatchText text);
