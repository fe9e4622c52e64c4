/* SPDX-License-Identifier: MIT */
#include "command/pipeline.h"

#include <pthread.h> /* not GMutex: the thread sanitizer knows these */

#include "base/banned.h"

typedef enum SlotState {
    SLOT_FREE,
    SLOT_FILLED,
    SLOT_TAKEN,
    SLOT_DONE,
} SlotState;

typedef struct Pipeline {
    const PipelineStages *stages;
    void *context;
    GPtrArray *batches;
    SlotState *slots; /* one a batch; number n lies in slot n % len */
    pthread_mutex_t lock;
    pthread_cond_t was_freed, was_filled, was_done;
    guint64 filled;  /* batches filled so far */
    guint64 taken;   /* ... taken by a worker */
    bool is_at_end;  /* the filler has filled its last */
    bool is_stopped; /* the drain wants no more */
} Pipeline;

static void *batch_of(const Pipeline *pipeline, guint64 number)
{
    return pipeline->batches->pdata[number % pipeline->batches->len];
}

static SlotState *slot_of(Pipeline *pipeline, guint64 number)
{
    return &pipeline->slots[number % pipeline->batches->len];
}

/* Waits for the slot of the next number; false when stopped. */
static bool wait_for_free(Pipeline *pipeline)
{
    pthread_mutex_lock(&pipeline->lock);
    while (!pipeline->is_stopped &&
           *slot_of(pipeline, pipeline->filled) != SLOT_FREE)
        pthread_cond_wait(&pipeline->was_freed, &pipeline->lock);
    const bool is_free = !pipeline->is_stopped;
    pthread_mutex_unlock(&pipeline->lock);
    return is_free;
}

static void set_filled(Pipeline *pipeline, bool is_last)
{
    pthread_mutex_lock(&pipeline->lock);
    *slot_of(pipeline, pipeline->filled) = SLOT_FILLED;
    pipeline->filled++;
    pipeline->is_at_end = is_last;
    pthread_cond_broadcast(&pipeline->was_filled);
    pthread_cond_broadcast(
        &pipeline->was_done); /* the end may be what was due */
    pthread_mutex_unlock(&pipeline->lock);
}

static void *run_filler(void *data)
{
    Pipeline *pipeline = data;
    bool is_more = true;

    while (is_more && wait_for_free(pipeline)) {
        is_more = pipeline->stages->fill(batch_of(pipeline, pipeline->filled),
                                         pipeline->context);
        set_filled(pipeline, !is_more);
    }
    return NULL;
}

/* The next batch to work on; false when there will be none. */
static bool take(Pipeline *pipeline, guint64 *number)
{
    pthread_mutex_lock(&pipeline->lock);
    while (!pipeline->is_stopped && !pipeline->is_at_end &&
           pipeline->taken == pipeline->filled)
        pthread_cond_wait(&pipeline->was_filled, &pipeline->lock);
    const bool is_some =
        !pipeline->is_stopped && pipeline->taken < pipeline->filled;
    if (is_some) {
        *number = pipeline->taken++;
        *slot_of(pipeline, *number) = SLOT_TAKEN;
    }
    pthread_mutex_unlock(&pipeline->lock);
    return is_some;
}

static void *run_worker(void *data)
{
    Pipeline *pipeline = data;
    guint64 number = 0;

    while (take(pipeline, &number)) {
        pipeline->stages->work(batch_of(pipeline, number), pipeline->context);
        pthread_mutex_lock(&pipeline->lock);
        *slot_of(pipeline, number) = SLOT_DONE;
        pthread_cond_broadcast(&pipeline->was_done);
        pthread_mutex_unlock(&pipeline->lock);
    }
    return NULL;
}

/* False when number will never come. */
static bool wait_for_done(Pipeline *pipeline, guint64 number)
{
    pthread_mutex_lock(&pipeline->lock);
    while (!(pipeline->is_at_end && number == pipeline->filled) &&
           *slot_of(pipeline, number) != SLOT_DONE)
        pthread_cond_wait(&pipeline->was_done, &pipeline->lock);
    const bool is_done = *slot_of(pipeline, number) == SLOT_DONE;
    pthread_mutex_unlock(&pipeline->lock);
    return is_done;
}

static void set_free(Pipeline *pipeline, guint64 number, bool is_stopped)
{
    pthread_mutex_lock(&pipeline->lock);
    *slot_of(pipeline, number) = SLOT_FREE;
    pipeline->is_stopped = is_stopped;
    pthread_cond_broadcast(&pipeline->was_freed);
    pthread_cond_broadcast(&pipeline->was_filled);
    pthread_mutex_unlock(&pipeline->lock);
}

static bool drain_all(Pipeline *pipeline)
{
    bool goes_on = true;

    for (guint64 number = 0; goes_on && wait_for_done(pipeline, number);
         number++) {
        goes_on = pipeline->stages->drain(batch_of(pipeline, number),
                                          pipeline->context);
        set_free(pipeline, number, !goes_on);
    }
    return goes_on;
}

bool pipeline_run(const PipelineStages *stages, GPtrArray *batches,
                  unsigned workers, void *context)
{
    g_assert(batches->len >= 2 && workers >= 1);

    g_autofree SlotState *slots = g_new0(SlotState, batches->len);
    g_autoptr(GPtrArray) threads = g_ptr_array_new();
    Pipeline pipeline = {
        .stages = stages,
        .context = context,
        .batches = batches,
        .slots = slots,
    };

    pthread_mutex_init(&pipeline.lock, NULL);
    pthread_cond_init(&pipeline.was_freed, NULL);
    pthread_cond_init(&pipeline.was_filled, NULL);
    pthread_cond_init(&pipeline.was_done, NULL);
    g_ptr_array_add(threads, g_thread_new("fill", run_filler, &pipeline));
    for (unsigned i = 0; i < workers; i++)
        g_ptr_array_add(threads, g_thread_new("work", run_worker, &pipeline));

    const bool is_whole = drain_all(&pipeline);

    for (unsigned i = 0; i < threads->len; i++)
        g_thread_join(threads->pdata[i]);
    pthread_cond_destroy(&pipeline.was_done);
    pthread_cond_destroy(&pipeline.was_filled);
    pthread_cond_destroy(&pipeline.was_freed);
    pthread_mutex_destroy(&pipeline.lock);
    return is_whole;
}
