/* SPDX-License-Identifier: MIT */
#include "digest/newcomers.h"

#include "tests/support/unit.h"
#include "tests/unit/digest/weeks.h"

/* Alice, Bob and Carl wrote before. */
static void who_never_wrote_before_is_a_newcomer(void **state)
{
    const DigestRequest request = { .sections =
                                        SECTION_NEWCOMERS | SECTION_TOTALS };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);
    const DigestNewcomer *zoe;

    assert_int_equal(digest->totals.new_people, 1);
    assert_int_equal(digest->newcomers->len, 1);
    zoe = digest->newcomers->pdata[0];
    assert_string_equal(zoe->who.email, "zoe@example.org");
    assert_string_equal(zoe->subject, "[PATCH] kite: soar");
    assert_true(zoe->is_patch);
    assert_true(zoe->was_answered);
    assert_false(zoe->is_quiet);
}

static void they_are_counted_where_they_are_not_told(void **state)
{
    const DigestRequest request = { .sections = SECTION_TOTALS };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);

    assert_int_equal(digest->totals.new_people, 1);
    assert_int_equal(digest->newcomers->len, 0);
}

/* A set by a newcomer says so. */
static void their_sets_are_marked(void **state)
{
    const DigestRequest request = { .sections = SECTION_ALL };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);

    assert_int_equal(digest->sets->len, 2);
    assert_true(((const DigestSet *)digest->sets->pdata[0])->is_by_newcomer);
    assert_false(((const DigestSet *)digest->sets->pdata[1])->is_by_newcomer);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, weeks_set_up, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_never_wrote_before_is_a_newcomer),
        TEST(they_are_counted_where_they_are_not_told),
        TEST(their_sets_are_marked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
