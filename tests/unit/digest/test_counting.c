/* SPDX-License-Identifier: MIT */
#include "digest/counting.h"

#include "tests/support/unit.h"
#include "tests/unit/digest/weeks.h"

static void each_day_of_the_interval_is_counted(void **state)
{
    const DigestRequest request = { .sections = SECTION_DAYS };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);
    const DigestDay *first;
    uint64_t hours = 0;

    assert_int_equal(digest->days->len, 7);
    first = digest->days->pdata[0];
    assert_string_equal(first->day, "2025-03-08");
    assert_int_equal(first->posts, 6);
    assert_int_equal(first->patches, 3);
    for (unsigned i = 0; i < 24; i++)
        hours += digest->hours[i];
    assert_int_equal(hours, 6);
}

static void top_lists_are_those_of_the_interval(void **state)
{
    const DigestRequest request = { .sections = SECTION_CONTRIBUTORS |
                                                SECTION_POSTERS |
                                                SECTION_DOMAINS };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);
    const DigestCount *first = digest->contributors->pdata[0];

    assert_int_equal(digest->contributors->len, 2);
    assert_string_equal(first->who.name, "Alice Aliceson");
    assert_int_equal(first->count, 2);
    assert_int_equal(digest->posters->len, 4);
    assert_int_equal(digest->domains->len, 1);
    assert_int_equal(digest->organisations->len, 0); /* not asked for */
}

static void parts_are_patches_covers_and_pulls(void **state)
{
    const TestRedis *redis = *state;
    const DigestRequest request = { .list = WEEKS_LIST };
    Loading loading = { .store = redis->store, .request = &request };

    loading.people = people_new(NULL);
    loading.span.rows =
        store_rows(redis->store, WEEKS_LIST, 0, INT64_MAX, NULL);
    assert_true(loading_learn_rows(&loading, loading.span.rows, NULL));
    assert_int_equal(counting_parts(&loading), 6);
    loading_clear(&loading);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, weeks_set_up, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_day_of_the_interval_is_counted),
        TEST(top_lists_are_those_of_the_interval),
        TEST(parts_are_patches_covers_and_pulls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
