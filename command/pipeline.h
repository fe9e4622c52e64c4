/* SPDX-License-Identifier: MIT */
/*
 * Three stages over a ring of batches: one thread fills, several work, the
 * caller drains in the order of filling. Memory is bounded by the batches,
 * however much flows through. Knows nothing about mail.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct PipelineStages {
    /* Runs in a thread of its own. Returns false if there is nothing more; the
     * batch is still drained, so that it may carry what came last. */
    bool (*fill)(void *batch, void *context);
    /* Runs in a worker; different batches at the same time, in any order. */
    void (*work)(void *batch, void *context);
    /* Runs in the caller's thread, in order. Returns false to stop: no further
     * batch is drained. */
    bool (*drain)(void *batch, void *context);
} PipelineStages;

/* batches: at least two, lent; each is reused once it was drained. Returns when
 * all threads have ended; true if drain never returned false. */
bool pipeline_run(const PipelineStages *stages, GPtrArray *batches,
                  unsigned workers, void *context);
