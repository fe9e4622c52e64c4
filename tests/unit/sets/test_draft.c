/* SPDX-License-Identifier: MIT */
/* Sets while they grow. */
#include "sets/draft.h"

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

enum { MS_PER_MINUTE = 60000 };

/* Two series, the second one a pull request with a patch, and a late part. */
static const char lines[] = "0 a ann - [PATCH v2 0/3] c\n"
                            "1 b ann a [PATCH v2 1/3] a\n"
                            "30 c ann - [PATCH v2 2/3] b | date=3\n"
                            "60 d ann - [PATCH v2 1/3] again\n"
                            "90 p bob - [PULL 0/1] all\n"
                            "2000 e ann a [PATCH v2 3/3] d | date=1990\n";

typedef struct Fixture {
    Posts *posts;
    Sets *sets;
    Series series;
} Fixture;

static int setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);

    fixture->posts = posts_new(lines, 0, NULL);
    fixture->sets = posts_members(fixture->posts); /* for their threads */
    for (unsigned i = 0; i < fixture->sets->count; i++)
        fixture->sets->set_of[i] = SETS_NONE;
    fixture->series =
        (Series){ fixture->sets, g_ptr_array_new_with_free_func(draft_free),
                  fixture->sets->set_of };
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    Fixture *fixture = *state;

    g_ptr_array_unref(fixture->series.drafts);
    sets_free(fixture->sets);
    posts_free(fixture->posts);
    g_free(fixture);
    return 0;
}

static void the_first_record_says_what_a_draft_is(void **state)
{
    Fixture *fixture = *state;
    Series *series = &fixture->series;
    const Draft *draft;

    draft_begin(series, 0);
    draft_add(series, 0, 1);
    draft = draft_at(series, 0);
    assert_int_equal(draft->version, 2);
    assert_int_equal(draft->total, 3);
    assert_true(draft->has_cover);
    assert_true(draft->is_numbered);
    assert_false(draft->is_pull);
    assert_int_equal(draft->cover, SETS_NONE); /* it has a number */
    assert_int_equal(draft_first(draft), 0);
    assert_int_equal(fixture->sets->set_of[0], 0);
    assert_int_equal(fixture->sets->set_of[1], 0);
    assert_int_equal(draft->last_ms - draft->first_ms, MS_PER_MINUTE);
}

static void numbers_are_taken_once(void **state)
{
    Fixture *fixture = *state;
    Series *series = &fixture->series;

    draft_begin(series, 0);
    draft_add(series, 0, 1);
    draft_begin(series, 2);
    draft_begin(series, 3);
    assert_true(draft_has_number(series, draft_at(series, 0), 1, 0));
    assert_false(draft_has_number(series, draft_at(series, 0), 2, 0));
    assert_false(draft_has_number(series, draft_at(series, 0), 1, 1));
    assert_true(
        draft_are_disjoint(series, draft_at(series, 0), draft_at(series, 1)));
    assert_false(
        draft_are_disjoint(series, draft_at(series, 0), draft_at(series, 2)));
}

/* By arrival 29 minutes, by Date 2. */
static void drafts_are_as_near_as_they_were_written(void **state)
{
    Fixture *fixture = *state;
    Series *series = &fixture->series;
    Draft *late;

    draft_begin(series, 0);
    draft_add(series, 0, 1);
    draft_begin(series, 2);
    draft_begin(series, 3);
    draft_begin(series, 5);
    late = draft_at(series, 1);
    assert_int_equal(draft_time_between(draft_at(series, 0), late),
                     2 * MS_PER_MINUTE);
    assert_int_equal(draft_time_between(late, draft_at(series, 0)),
                     2 * MS_PER_MINUTE);
    assert_true(draft_are_near(series, draft_at(series, 0), late));
    late->has_dates = false;
    assert_int_equal(draft_time_between(draft_at(series, 0), late),
                     29 * MS_PER_MINUTE);
    assert_false(draft_are_near(series, draft_at(series, 0), late));
    assert_false(
        draft_are_near(series, draft_at(series, 0), draft_at(series, 2)));
    /* in one thread a day may lie between, but no more */
    assert_false(
        draft_are_near(series, draft_at(series, 0), draft_at(series, 3)));
    draft_at(series, 3)->first_date -= 1000 * 60;
    assert_true(
        draft_are_near(series, draft_at(series, 0), draft_at(series, 3)));
}

static void covers_and_pulls_are_told_apart(void **state)
{
    Fixture *fixture = *state;
    Series *series = &fixture->series;

    draft_begin(series, 0);
    draft_begin(series, 4);
    assert_true(draft_is_cover(series, 0));
    assert_false(draft_is_cover(series, 1));
    assert_false(draft_is_cover_of(series, draft_at(series, 0), 1));
    draft_at(series, 0)->cover = 1;
    assert_true(draft_is_cover_of(series, draft_at(series, 0), 1));
    assert_true(draft_at(series, 1)->is_pull);
    assert_true(draft_is_pull(series, 4));
    assert_false(draft_is_pull(series, 0));
}

static void what_is_merged_is_dead(void **state)
{
    Fixture *fixture = *state;
    Series *series = &fixture->series;

    draft_begin(series, 2);
    draft_begin(series, 0);
    draft_add(series, 1, 1);
    draft_merge(series, 0, 1);
    assert_true(draft_at(series, 1)->is_dead);
    assert_int_equal(draft_at(series, 1)->records->len, 0);
    assert_false(draft_at(series, 0)->is_dead);
    assert_int_equal(draft_at(series, 0)->records->len, 3);
    assert_int_equal(draft_first(draft_at(series, 0)), 2);
    assert_true(draft_at(series, 0)->has_cover);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(fixture->sets->set_of[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_record_says_what_a_draft_is,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(numbers_are_taken_once, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(drafts_are_as_near_as_they_were_written,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(covers_and_pulls_are_told_apart, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(what_is_merged_is_dead, setup,
                                        teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
