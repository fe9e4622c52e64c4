/* SPDX-License-Identifier: MIT */
/*
 * Three stages over a ring of batches: one thread fills, several work, the
 * caller drains in the order of filling. Memory is what the batches hold,
 * however much flows through. Knows nothing of mail.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct PipelineStages {
    /* In a thread of its own. False: there is nothing more; the batch is then
     * drained too, so that it may carry what came last. */
    bool (*fill)(void *batch, void *context);
    /* In a worker; different batches at the same time, in any order. */
    void (*work)(void *batch, void *context);
    /* In the caller's thread, in order. False: no further batch is drained. */
    bool (*drain)(void *batch, void *context);
} PipelineStages;

/* batches: at least two, lent; each is used again once it was drained.
 * Returns when all threads have ended: true if drain never said stop. */
bool pipeline_run(const PipelineStages *stages, GPtrArray *batches,
                  unsigned workers, void *context);
