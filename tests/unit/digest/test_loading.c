/* SPDX-License-Identifier: MIT */
#include "digest/loading.h"

#include "tests/support/unit.h"
#include "tests/unit/digest/weeks.h"

static void a_request_says_what_is_shown(void **state)
{
    const DigestFilter filter = { 0 };
    const ListSettings *const several[] = { NULL };
    ListSettings settings = { .prefix = (char[]){ "" } };
    DigestRequest request = { .settings = &settings,
                              .sections = SECTION_DAYS | SECTION_APPLIED };
    const Loading loading = { .request = &request };

    (void)state;
    assert_true(loading_shows(&loading, SECTION_DAYS | SECTION_TOTALS));
    assert_false(loading_shows(&loading, SECTION_TOTALS));
    assert_null(loading_prefix(&loading));
    settings.prefix = (char[]){ "[birds]" };
    assert_string_equal(loading_prefix(&loading), "[birds]");
    assert_false(loading_needs_all(&loading));
    request.filter = &filter;
    assert_true(loading_is_filtered(&loading));
    assert_true(loading_needs_all(&loading));
    request.filter = NULL;
    request.several = several;
    assert_true(loading_is_of_several(&loading));
    assert_true(loading_needs_all(&loading));
}

/* A filter may have taken the first post out of the rows. */
static void the_first_arrival_is_that_of_all_rows(void **state)
{
    const PostRow early = { .post = 1, .arrival_ms = 5 };
    const PostRow late = { .post = 2, .arrival_ms = 9 };
    Loading loading = { .request = NULL };

    (void)state;
    loading.span.rows = g_array_new(FALSE, FALSE, sizeof(PostRow));
    assert_int_equal(loading_first_arrival(&loading), 0);
    g_array_append_val(loading.span.rows, late);
    assert_int_equal(loading_first_arrival(&loading), 9);
    loading.all_rows = g_array_new(FALSE, FALSE, sizeof(PostRow));
    g_array_append_val(loading.all_rows, early);
    g_array_append_val(loading.all_rows, late);
    assert_int_equal(loading_first_arrival(&loading), 5);
    loading_clear(&loading);
}

static void rows_and_records_are_known_by_their_people(void **state)
{
    const TestRedis *redis = *state;
    const DigestRequest request = { .list = WEEKS_LIST };
    Loading loading = { .store = redis->store, .request = &request };
    const GArray *records;

    loading.people = people_new(NULL);
    loading.span.rows =
        store_rows(redis->store, WEEKS_LIST, 0, INT64_MAX, NULL);
    assert_true(loading_learn_rows(&loading, loading.span.rows, NULL));
    assert_true(people_knows(loading.people, 1));
    assert_int_equal(
        loading_kind_of(&loading, &loading_rows(loading.span.rows)[0]),
        POST_PATCH);
    assert_int_equal(
        loading_kind_of(&loading, &loading_rows(loading.span.rows)[3]),
        POST_REPLY);

    loading.gather = gather_new(redis->store, WEEKS_LIST, NULL, loading.people);
    gather_post(loading.gather, 1, GATHER_INSIDE, 0);
    gather_post(loading.gather, 2, GATHER_CONTEXT, 0);
    assert_true(gather_run(loading.gather, NULL));
    records = loading_one_of_each(&loading, loading.gather, GATHER_INSIDE,
                                  &loading.copies);
    assert_int_equal(records->len, 2);

    g_autofree bool *is_inside =
        loading_labelled(loading.gather, records, GATHER_INSIDE);

    assert_true(is_inside[0]);
    assert_false(is_inside[1]);
    loading_clear(&loading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_says_what_is_shown),
        cmocka_unit_test(the_first_arrival_is_that_of_all_rows),
        cmocka_unit_test_setup_teardown(
            rows_and_records_are_known_by_their_people, weeks_set_up,
            test_redis_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
