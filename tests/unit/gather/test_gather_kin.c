/* SPDX-License-Identifier: MIT */
/* Revisions that only a guess ties to a set, from either side. */
#include "gather/gather.h"

#include "tests/support/mails.h"
#include "tests/support/redis.h"
#include "tests/support/unit.h"

static const char list[] = "birds.example.org";

/* 1 and 2 are one work worded anew; 3 and 4 change the same lines under other
 * titles; 5 works on the first file, but on something else; 6 stands alone. 7
 * and 8 change the same lines, for another purpose long after; so do 10, below
 * a cover with a version of its own, and 11. */
static const char mails[] =
    "0 a alice - [PATCH] wren: sing a song louder at dawn | file=wren.c\n"
    "900 b alice - [PATCH v2] wren: sing a song softer at dawn | file=wren.c\n"
    "0 c bob - [PATCH] owl: hoot | file=owl.c lines=one,two,three,four\n"
    "900 d bob - [PATCH v2] kite: soar | file=kite.c lines=one,two,five,six\n"
    "950 e alice - [PATCH v2] build: find the compiler | file=wren.c\n"
    "960 f carl - [PATCH v2] crow: caw | file=crow.c\n"
    "970 g dora - [PATCH] dove: coo | lines=six,seven,eight,nine\n"
    "120000 h dora - [PATCH v2] lark: rise | lines=six,seven,ten,eleven\n"
    "980 i erin - [PATCH v2 0/2] birds of a pond\n"
    "981 j erin i [PATCH 1/2] heron: wade | lines=twelve,last,first,next\n"
    "130000 k erin - [PATCH v3] stork: stand | lines=twelve,last,in,out\n";

static int start(void **state)
{
    if (test_redis_start(state) != 0)
        return -1;
    mails_count(((const TestRedis *)*state)->store, list, mails);
    return 0;
}

static bool leads(const TestRedis *redis, uint32_t from, uint32_t to)
{
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(Gather) gather = gather_new(redis->store, list, NULL, people);

    gather_post(gather, from, GATHER_INSIDE, GATHER_WHOLE);
    assert_true(gather_run(gather, NULL));
    /* it is only whole if it may be a revision */
    return (gather_wishes(gather, to) & GATHER_WHOLE) != 0;
}

static void a_set_worded_anew_leads_to_the_other(void **state)
{
    assert_true(leads(*state, 1, 2));
    assert_true(leads(*state, 2, 1));
}

static void common_lines_lead_to_the_other(void **state)
{
    assert_true(leads(*state, 3, 4));
    assert_true(leads(*state, 4, 3));
}

static void other_work_on_a_file_leads_nowhere(void **state)
{
    for (uint32_t post = 1; post <= 4; post++) {
        assert_false(leads(*state, 5, post));
        assert_false(leads(*state, 6, post));
    }
    assert_false(leads(*state, 1, 5));
}

static void lines_of_another_purpose_lead_nowhere(void **state)
{
    assert_false(leads(*state, 7, 8));
    assert_false(leads(*state, 8, 7));
    assert_false(leads(*state, 10, 11));
    assert_false(leads(*state, 11, 9));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_set_worded_anew_leads_to_the_other),
        TEST(common_lines_lead_to_the_other),
        TEST(other_work_on_a_file_leads_nowhere),
        TEST(lines_of_another_purpose_lead_nowhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
