/* SPDX-License-Identifier: MIT */
/*
 * Draws a progress bar: how much is done, how fast, and how much longer it
 * takes. Silent if standard error is not a terminal.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct ProgressState {
    const char *label;
    uint64_t done, total; /* in the archive's units; total 0: not known */
    uint64_t mails;       /* read in this run */
    double seconds;       /* of this run */
    uint64_t before;      /* units that were done before this run */
} ProgressState;

/* Returns a line of at most this many columns, without a line end; owned. Pure.
 */
char *progress_line(const ProgressState *state, unsigned columns);

typedef struct Progress {
    bool is_shown; /* standard error is a terminal */
    int64_t next;  /* monotonic microseconds; not drawn before */
} Progress;

void progress_init(Progress *progress);
void progress_draw(Progress *progress, const ProgressState *state);
/* Removes the bar, so that other lines may follow. */
void progress_clear(Progress *progress);
