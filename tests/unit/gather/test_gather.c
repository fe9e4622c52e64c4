/* SPDX-License-Identifier: MIT */
#include "gather/gather.h"

#include <string.h>

#include "tests/support/mails.h"
#include "tests/support/redis.h"
#include "tests/support/unit.h"

static const char list[] = "birds.example.org";

static const char mails[] = "0 c alice - [PATCH 0/2] birds\n"           /* 1 */
                            "1 a alice c [PATCH 1/2] wren: sing\n"      /* 2 */
                            "2 b alice c [PATCH 2/2] owl: hoot\n"       /* 3 */
                            "9 r bob a Re: [PATCH 1/2] wren: sing\n"    /* 4 */
                            "10 s eve r Re: [PATCH 1/2] wren: sing\n"   /* 5 */
                            "900 d alice - [PATCH v2 0/2] birds\n"      /* 6 */
                            "901 e alice d [PATCH v2 1/2] wren: sing\n" /* 7 */
                            "902 f alice d [PATCH v2 2/2] kite: soar\n" /* 8 */
                            "950 x bob - [PATCH] crow: caw\n"           /* 9 */
                            "960 p carl - [PATCH 1/2] duck: swim\n"     /* 10 */
                            "961 q carl - [PATCH 2/2] duck: walk\n";    /* 11 */

static int start(void **state)
{
    if (test_redis_start(state) != 0)
        return -1;
    mails_count(((const TestRedis *)*state)->store, list, mails);
    return 0;
}

/* The numbers of all posts that are there, in order. */
static char *found_in(Gather *gather)
{
    GString *out = g_string_new(NULL);

    (void)gather_records(gather);
    for (uint32_t post = 1; post <= 11; post++) {
        const GArray *records = gather_records(gather);

        for (unsigned i = 0; i < records->len; i++)
            if (g_array_index(records, PostRecord, i).post == post)
                g_string_append_printf(out, "%s%u", out->len > 0 ? " " : "",
                                       post);
    }
    return g_string_free(out, FALSE);
}

typedef struct Case {
    uint32_t post;
    unsigned wishes;
    const char *found;
} Case;

static void a_wish_finds_what_it_says(void **state)
{
    static const Case cases[] = {
        { 5, 0, "5" },
        { 5, GATHER_UP, "1 2 4 5" },
        { 5, GATHER_NEAR, "2 4 5" },
        { 2, GATHER_UP, "1 2" },
        { 2, GATHER_REPLIES, "2 4" },
        { 1, GATHER_DOWN, "1 2 3 4 5" },
        { 9, GATHER_UP | GATHER_DOWN | GATHER_KIN | GATHER_SERIES, "9" },
        { 10, GATHER_UP, "10" },
        { 10, GATHER_SERIES, "10 11" },
        { 7, GATHER_TITLE, "2 7" },
        { 99, GATHER_UP, "" },
    };
    const TestRedis *redis = *state;

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(People) people = people_new(NULL);
        g_autoptr(Gather) gather = gather_new(redis->store, list, NULL, people);

        gather_post(gather, cases[i].post, 0, cases[i].wishes);
        assert_true(gather_run(gather, NULL));
        g_autofree char *found = found_in(gather);
        if (strcmp(found, cases[i].found) != 0)
            fail_msg("%u, %#x: %s, wanted %s", cases[i].post, cases[i].wishes,
                     found, cases[i].found);
    }
}

/* Whatever the post is, a set leads to its other revisions. */
static void revisions_lead_to_each_other(void **state)
{
    const TestRedis *redis = *state;
    static const uint32_t heads[][2] = { { 1, 6 }, { 6, 1 }, { 7, 2 } };

    for (unsigned i = 0; i < G_N_ELEMENTS(heads); i++) {
        g_autoptr(People) people = people_new(NULL);
        g_autoptr(Gather) gather = gather_new(redis->store, list, NULL, people);

        gather_post(gather, heads[i][0], GATHER_INSIDE, GATHER_WHOLE);
        assert_true(gather_run(gather, NULL));
        assert_int_equal(gather_labels(gather, heads[i][0]), GATHER_INSIDE);
        assert_int_not_equal(gather_wishes(gather, heads[i][1]), 0);
        assert_int_equal(gather_labels(gather, heads[i][1]), 0);
        assert_int_equal(gather_wishes(gather, 9), 0); /* not there */
    }
}

static void a_reader_looks_for_no_others(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(Gather) gather = gather_new(redis->store, list, NULL, people);
    g_autoptr(Gather) reader = gather_new_reader(gather);

    gather_post(reader, 5, GATHER_OLDER, GATHER_UP | GATHER_DOWN);
    assert_true(gather_run(reader, NULL));
    g_autofree char *found = found_in(reader);
    assert_string_equal(found, "5");
    assert_int_equal(gather_labels(reader, 5), GATHER_OLDER);
}

static void in_a_closed_window_no_threads_are_asked_for(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(Gather) gather = gather_new(redis->store, list, NULL, people);

    gather_post(gather, 1, GATHER_INSIDE, GATHER_DOWN);
    gather_post(gather, 3, GATHER_CONTEXT, 0);
    gather_close_window(gather);
    assert_true(gather_run(gather, NULL));
    g_autofree char *found = found_in(gather);
    assert_string_equal(found, "1 3");
}

static void wishes_and_labels_are_added(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(Gather) gather = gather_new(redis->store, list, NULL, people);

    gather_post(gather, 5, GATHER_CONTEXT, GATHER_REPLIES);
    assert_true(gather_run(gather, NULL));
    gather_post(gather, 5, GATHER_FIRST, GATHER_UP);
    assert_true(gather_run(gather, NULL));
    g_autofree char *found = found_in(gather);
    assert_string_equal(found, "1 2 4 5");
    assert_int_equal(gather_labels(gather, 5), GATHER_CONTEXT | GATHER_FIRST);
    assert_int_equal(gather_wishes(gather, 5), GATHER_REPLIES | GATHER_UP);
    assert_true(people_knows(people, 1)); /* who wrote them is known, too */
}

/* Whatever the order in which they are wanted, and asked for. */
static void records_are_in_order_of_arrival(void **state)
{
    static const uint32_t rounds[][3] = { { 9, 3, 5 },
                                          { 1, 4, 11 },
                                          { 2, 8, 10 } };
    const TestRedis *redis = *state;
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(Gather) gather = gather_new(redis->store, list, NULL, people);

    for (unsigned i = 0; i < G_N_ELEMENTS(rounds); i++) {
        for (unsigned j = 0; j < G_N_ELEMENTS(rounds[i]); j++)
            gather_post(gather, rounds[i][j], GATHER_INSIDE, 0);
        assert_true(gather_run(gather, NULL));

        const GArray *records = gather_records(gather);

        assert_int_equal(records->len, 3 * (i + 1));
        for (unsigned j = 1; j < records->len; j++)
            assert_true(
                record_compare(&g_array_index(records, PostRecord, j - 1),
                               &g_array_index(records, PostRecord, j)) < 0);
    }
    assert_true(gather_labels(gather, 4) == GATHER_INSIDE);
}

static void one_beside_takes_what_is_unpacked(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(People) others = people_new(NULL);
    g_autoptr(Gather) gather = gather_new(redis->store, list, NULL, people);
    g_autoptr(Gather) beside = gather_new_beside(gather, others);

    gather_post(gather, 5, 0, GATHER_UP);
    assert_true(gather_run(gather, NULL));
    g_autofree char *before =
        test_redis_cli(redis, "del lp:{birds.example.org}:posts:0");
    assert_string_equal(before, "1\n");
    gather_post(beside, 5, 0, GATHER_UP);
    assert_true(gather_run(beside, NULL));
    g_autofree char *found = found_in(beside);
    assert_string_equal(found, "1 2 4 5");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_wish_finds_what_it_says),
        TEST(records_are_in_order_of_arrival),
        TEST(one_beside_takes_what_is_unpacked),
        TEST(revisions_lead_to_each_other),
        TEST(a_reader_looks_for_no_others),
        TEST(in_a_closed_window_no_threads_are_asked_for),
        TEST(wishes_and_labels_are_added),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
