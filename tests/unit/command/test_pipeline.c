/* SPDX-License-Identifier: MIT */
#include "command/pipeline.h"

#include "tests/support/unit.h"

enum { BATCHES = 4, SIZE = 8 };

typedef struct Batch {
    unsigned count;
    unsigned values[SIZE];
} Batch;

typedef struct Flow {
    unsigned limit;      /* values to fill */
    unsigned next;       /* the next to fill */
    unsigned drained;    /* the next to drain */
    unsigned stop_after; /* 0: never */
    bool is_in_order;
} Flow;

static bool fill(void *data, void *context)
{
    Batch *batch = data;
    Flow *flow = context;

    for (batch->count = 0; batch->count < SIZE && flow->next < flow->limit;
         batch->count++)
        batch->values[batch->count] = flow->next++;
    return flow->next < flow->limit;
}

/* The first batch is the slowest, so that later ones overtake it. */
static void work(void *data, void *context)
{
    Batch *batch = data;

    (void)context;
    if (batch->count > 0 && batch->values[0] % 64 == 0)
        g_usleep(2000);
    for (unsigned i = 0; i < batch->count; i++)
        batch->values[i] *= 3;
}

static bool drain(void *data, void *context)
{
    const Batch *batch = data;
    Flow *flow = context;

    for (unsigned i = 0; i < batch->count; i++) {
        if (batch->values[i] != flow->drained * 3)
            flow->is_in_order = false;
        flow->drained++;
    }
    return flow->stop_after == 0 || flow->drained < flow->stop_after;
}

static bool run(Flow *flow, unsigned workers)
{
    static const PipelineStages stages = { fill, work, drain };
    Batch room[BATCHES] = { { .count = 0 } };
    g_autoptr(GPtrArray) batches = g_ptr_array_new();

    for (unsigned i = 0; i < BATCHES; i++)
        g_ptr_array_add(batches, &room[i]);
    flow->is_in_order = true;
    return pipeline_run(&stages, batches, workers, flow);
}

static void everything_is_drained_once_and_in_order(void **state)
{
    (void)state;
    for (unsigned workers = 1; workers <= 5; workers++) {
        Flow flow = { .limit = 1001 };

        assert_true(run(&flow, workers));
        assert_true(flow.is_in_order);
        assert_int_equal(flow.drained, 1001);
    }
}

static void a_source_with_nothing_in_it_ends_well(void **state)
{
    Flow flow = { .limit = 0 };

    (void)state;
    assert_true(run(&flow, 2));
    assert_int_equal(flow.drained, 0);
}

static void a_source_that_fills_its_last_batch_ends_well(void **state)
{
    Flow flow = { .limit = SIZE * BATCHES };

    (void)state;
    assert_true(run(&flow, 2));
    assert_int_equal(flow.drained, SIZE * BATCHES);
}

static void a_drain_that_stops_gets_no_further_batch(void **state)
{
    (void)state;
    for (unsigned workers = 1; workers <= 3; workers++) {
        Flow flow = { .limit = 100000, .stop_after = 100 };

        assert_false(run(&flow, workers));
        assert_true(flow.is_in_order);
        assert_in_range(flow.drained, 100, 100 + SIZE);
        /* What was read ahead is bounded by the ring. */
        assert_in_range(flow.next, 100, flow.drained + SIZE * (BATCHES + 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_drained_once_and_in_order),
        cmocka_unit_test(a_source_with_nothing_in_it_ends_well),
        cmocka_unit_test(a_source_that_fills_its_last_batch_ends_well),
        cmocka_unit_test(a_drain_that_stops_gets_no_further_batch),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
