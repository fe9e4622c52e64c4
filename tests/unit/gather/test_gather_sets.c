/* SPDX-License-Identifier: MIT */
#include "gather/gather_sets.h"

#include "sets/build.h"
#include "tests/support/mails.h"
#include "tests/support/redis.h"
#include "tests/support/unit.h"

static const char list[] = "birds.example.org";

static const char mails[] = "0 a alice - [PATCH] wren: sing\n"
                            "900 b alice - [PATCH v2] wren: sing\n"
                            "1800 c alice - [PATCH v3] wren: sing\n"
                            "1900 x bob - [PATCH] crow: caw\n";

static int start(void **state)
{
    if (test_redis_start(state) != 0)
        return -1;
    mails_count(((const TestRedis *)*state)->store, list, mails);
    return 0;
}

static void all_revisions_are_there_whichever_is_asked_for(void **state)
{
    const TestRedis *redis = *state;

    for (uint32_t post = 1; post <= 3; post++) {
        g_autoptr(People) people = people_new(NULL);
        g_autoptr(Gather) gather = gather_new(redis->store, list, NULL, people);

        gather_post(gather, post, GATHER_INSIDE, GATHER_UP | GATHER_KIN);
        assert_true(gather_run(gather, NULL));
        g_autoptr(Sets) sets = gather_sets(gather, GATHER_INSIDE, 0, NULL);
        assert_non_null(sets);
        assert_int_equal(sets->all->len, 3);
        assert_int_equal(sets_get(sets, 2)->older, 1);
        assert_int_equal(sets_get(sets, 1)->older, 0);
    }
}

/* Whoever is not asked for stays as it is. */
static void only_sets_with_the_label_want_more(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(Gather) gather = gather_new(redis->store, list, NULL, people);

    gather_post(gather, 1, GATHER_CONTEXT, 0);
    gather_post(gather, 4, GATHER_INSIDE, 0);
    assert_true(gather_run(gather, NULL));

    const GArray *records = gather_records(gather);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)records->data, records->len,
                   people, gather_subjects(gather));

    assert_true(gather_want_revisions(gather, sets, GATHER_INSIDE, 0));
    assert_int_equal(gather_wishes(gather, 4), GATHER_WHOLE);
    assert_int_equal(gather_wishes(gather, 1), 0);
    assert_false(gather_want_revisions(gather, sets, GATHER_INSIDE, 0));
    assert_false(gather_want_revisions(gather, sets, 0, GATHER_WHOLE));
    assert_true(gather_want_revisions(gather, sets, GATHER_CONTEXT, 0));
}

/* Which set revises which hangs on all that are tied, however indirectly. */
static void tied_sets_want_more_as_well(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(Gather) gather = gather_new(redis->store, list, NULL, people);

    gather_post(gather, 1, GATHER_INSIDE, 0);
    for (uint32_t post = 2; post <= 4; post++)
        gather_post(gather, post, GATHER_CONTEXT, 0);
    assert_true(gather_run(gather, NULL));

    const GArray *records = gather_records(gather);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)records->data, records->len,
                   people, gather_subjects(gather));

    assert_true(gather_want_revisions(gather, sets, GATHER_INSIDE, 0));
    for (uint32_t post = 1; post <= 3; post++)
        assert_int_equal(gather_wishes(gather, post), GATHER_WHOLE);
    assert_int_equal(gather_wishes(gather, 4), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_revisions_are_there_whichever_is_asked_for),
        TEST(only_sets_with_the_label_want_more),
        TEST(tied_sets_want_more_as_well),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
