/* SPDX-License-Identifier: MIT */
#include "digest/load.h"

#include "tests/support/unit.h"
#include "tests/unit/digest/weeks.h"

static void a_digest_has_what_was_asked_for(void **state)
{
    const DigestRequest request = { .sections = SECTION_ALL };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);
    const DigestSet *newest = digest->sets->pdata[0];

    assert_int_equal(digest->totals.posts, 6);
    assert_int_equal(digest->totals.patches, 3);
    assert_int_equal(digest->totals.patch_sets, 2);
    assert_int_equal(digest->sets->len, 2);
    assert_string_equal(newest->title, "kite: soar");
    assert_non_null(newest->text);
    assert_int_equal(digest->threads->len, 0);
    assert_string_equal(digest->list_id, WEEKS_LIST);
    assert_false(digest->has_previous);
}

static void what_was_not_asked_for_is_not_loaded(void **state)
{
    const DigestRequest request = { .sections = SECTION_TOTALS };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);

    assert_int_equal(digest->totals.posts, 6);
    assert_int_equal(digest->totals.patch_sets, 2);
    assert_int_equal(digest->sets->len, 0);
    assert_int_equal(digest->applied->len, 0);
    assert_int_equal(digest->contributors->len, 0);
}

static void the_interval_before_is_as_long(void **state)
{
    const DigestRequest request = { .sections = SECTION_TOTALS,
                                    .with_previous = true };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);

    assert_true(digest->has_previous);
    assert_int_equal(digest->previous.posts, 5);
    assert_int_equal(digest->previous.patches, 3);
}

static void a_notice_leads_to_what_it_applied(void **state)
{
    const DigestRequest request = { .sections = SECTION_APPLIED };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);
    const DigestSet *set;

    assert_int_equal(digest->applied->len, 1);
    set = digest->applied->pdata[0];
    assert_int_equal(set->version, 2);
    assert_string_equal(set->applied_by.name, "Bob Bobson");
}

static void without_redis_it_fails(void **state)
{
    const TestRedis *redis = *state;
    const IdentityFiles files = { 0 };
    const IntervalRequest interval = { 0 };
    g_autoptr(Identity) identity = identity_new(&files, NULL);
    g_autoptr(GError) error = NULL;
    ListSettings settings = { .id = (char[]){ WEEKS_LIST },
                              .timezone = (char[]){ "UTC" } };
    const DigestRequest request = { .list = WEEKS_LIST,
                                    .settings = &settings,
                                    .interval = &interval,
                                    .identity = identity,
                                    .sections = SECTION_ALL };
    bool was_running = false;

    assert_true(store_private_stop(redis->state, &was_running, NULL));
    assert_null(digest_load(redis->store, &request, &error));
    assert_int_equal(error->domain, STORE_ERROR);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, weeks_set_up, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_digest_has_what_was_asked_for),
        TEST(what_was_not_asked_for_is_not_loaded),
        TEST(the_interval_before_is_as_long),
        TEST(a_notice_leads_to_what_it_applied),
        TEST(without_redis_it_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
