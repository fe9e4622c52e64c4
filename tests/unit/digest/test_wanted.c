/* SPDX-License-Identifier: MIT */
#include "digest/wanted.h"

#include "tests/support/unit.h"
#include "tests/unit/digest/weeks.h"

/* What waits since before the interval, as far back as is asked for. */
static void sets_that_wait_are_wanted_from_before(void **state)
{
    const DigestRequest inside = { .sections = SECTION_WAITING };
    const DigestRequest before = { .sections = SECTION_WAITING,
                                   .waiting_days = 20 };
    g_autoptr(Digest) of_week = weeks_digest(*state, &inside);
    g_autoptr(Digest) of_both = weeks_digest(*state, &before);
    const DigestSet *oldest;

    assert_int_equal(of_week->waiting->len, 0);
    assert_int_equal(of_both->waiting->len, 1);
    oldest = of_both->waiting->pdata[0];
    assert_string_equal(oldest->title, "wren: sing");
}

/* The older version and its review came before the interval. */
static void a_set_brings_its_older_revision(void **state)
{
    const DigestRequest request = { .sections = SECTION_PATCHES };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);
    const DigestSet *set = digest->sets->pdata[1];

    assert_string_equal(set->supersedes, "d@example.org");
    assert_int_equal(set->state, DIGEST_UPDATED);
    assert_int_equal(set->parts_seen, 2);
}

/* Where nothing but numbers is shown, parts are enough. */
static void numbers_want_parts_alone(void **state)
{
    const TestRedis *redis = *state;
    const DigestRequest asked = { .list = WEEKS_LIST,
                                  .sections = SECTION_TOTALS };
    ListSettings settings = { .id = (char[]){ WEEKS_LIST },
                              .prefix = (char[]){ "" } };
    DigestRequest request = asked;
    Loading loading = { .store = redis->store, .request = &request };
    unsigned parts = 0, others = 0;

    request.settings = &settings;
    loading.people = people_new(NULL);
    loading.span.until_ms = INT64_MAX;
    loading.span.rows =
        store_rows(redis->store, WEEKS_LIST, 0, INT64_MAX, NULL);
    assert_true(loading_learn_rows(&loading, loading.span.rows, NULL));
    assert_true(wanted_gather(&loading, NULL));
    for (uint32_t post = 1; post <= 11; post++) {
        const bool is_inside =
            (gather_labels(loading.gather, post) & GATHER_INSIDE) != 0;

        if (post == 4 || post == 5 || post >= 9)
            others += is_inside;
        else
            parts += is_inside;
    }
    assert_int_equal(parts, 6);
    assert_int_equal(others, 0);
    loading_clear(&loading);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, weeks_set_up, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sets_that_wait_are_wanted_from_before),
        TEST(a_set_brings_its_older_revision),
        TEST(numbers_want_parts_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
