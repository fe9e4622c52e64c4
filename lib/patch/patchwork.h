/* SPDX-License-Identifier: MIT */
/*
 * Patchwork's own mail to an author: for each patch its title, its link, and
 * the states that it had and has ("now: Accepted").
 */
#pragma once

#include "patch/line.h"

#include <glib.h>

/* A patch that the mail calls accepted, mainlined or queued. */
typedef struct PatchAccepted {
    char *title; /* with its groups, without the project's name */
    char *link;  /* or "" */
} PatchAccepted;

/* PatchAccepted (owned) in the order of the mail; NULL if this is no such
 * mail. */
GPtrArray *patchwork_accepted(PatchText text);
